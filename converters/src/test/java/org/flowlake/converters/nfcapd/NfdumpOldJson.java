package org.flowlake.converters.nfcapd;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowField;

/**
 * The members of {@code nfdump -o json} of version 1.6.25, as far as nfdump 1.7.8 keeps their
 * values on reading a layout 1 file.
 */
final class NfdumpOldJson {
  /**
   * Flags, which 1.7.8 drops; the wall clock of the collector; values that 1.6.25 takes from where
   * 1.7.8 does not look.
   */
  private static final Set<String> NOT_COMPARED =
      Set.of(
          "type", "sampled", "t_received", "received", "nat_pool_id", "engine_type", "engine_id");

  /** Left out by 1.7.8 where all of them are 0. */
  private static final Set<String> ZERO_IS_ABSENT =
      Set.of(
          "out_packets",
          "out_bytes",
          "aggr_flows",
          "input_snmp",
          "output_snmp",
          "src_mask",
          "dst_mask",
          "direction",
          "dst_tos");

  private NfdumpOldJson() {}

  static List<String> of(FlowBatch flows) {
    List<Map<String, String>> records = new ArrayList<>();
    for (int row = 0; row < flows.size(); row++) {
      FlowView flow = new FlowView(flows, row);
      Map<String, String> members = new TreeMap<>(NfdumpJson.of(flow));
      members.put("t_first", members.remove("first"));
      members.put("t_last", members.remove("last"));
      // 1.6.25 prints these of ICMP flows too.
      members.put("tcp_flags", flow.tcpFlags());
      members.put("fwd_status", String.valueOf(flow.number(FlowField.FWD_STATUS)));
      records.add(members);
    }
    return of(records);
  }

  static List<String> of(List<Map<String, String>> records) {
    List<String> texts = new ArrayList<>();
    for (Map<String, String> record : records) {
      Map<String, String> members = new TreeMap<>(record);
      members.keySet().removeAll(NOT_COMPARED);
      if (members.containsKey("connect_id")) {
        // 1.7.8 replaces the port by the ICMP field of the firewall event, be it 0.
        members.keySet().removeAll(Set.of("dst_port", "icmp_type", "icmp_code"));
      }
      if (members.containsKey("nat_event_id")) {
        // 1.6.25 shows the NAT event as one of the firewall too.
        members.keySet().removeAll(Set.of("t_event", "event_id"));
      }
      members.entrySet().removeIf(NfdumpOldJson::isLeftOut);
      texts.add(members.toString());
    }
    return texts;
  }

  private static boolean isLeftOut(Map.Entry<String, String> member) {
    return (ZERO_IS_ABSENT.contains(member.getKey()) && member.getValue().equals("0"))
        || (member.getKey().endsWith("_mac") && member.getValue().equals("00:00:00:00:00:00"));
  }
}
