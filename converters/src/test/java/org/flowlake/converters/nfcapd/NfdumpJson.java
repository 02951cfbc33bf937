package org.flowlake.converters.nfcapd;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.flowlake.converters.flow.FlowField;

/** The members that {@code nfdump -o json} prints of a flow: of a listing, and of our columns. */
final class NfdumpJson {
  /** Not of the record: row numbers, look-ups, parsed payloads, names of codes. */
  private static final Set<String> NOT_COMPARED =
      Set.of(
          "cnt",
          "ident",
          "src4_geo",
          "dst4_geo",
          "src6_geo",
          "dst6_geo",
          "src_net",
          "dst_net",
          "in_tls",
          "in_ja3 hash",
          "in_ja4 hash",
          "in_sni",
          "out_tls",
          "out_ja3 hash",
          "out_ja4 hash",
          "out_sni",
          "event",
          "nat_event",
          "label",
          "sgt_id");

  private static final String TIME = "uuuu-MM-dd'T'HH:mm:ss.SSS";

  private final Map<String, String> members = new TreeMap<>();
  private final FlowView flow;

  private NfdumpJson(FlowView flow) {
    this.flow = flow;
  }

  /** The objects of a listing; its lines are simple, but not always JSON. */
  static List<Map<String, String>> parse(List<String> lines) {
    List<Map<String, String>> records = new ArrayList<>();
    for (String line : lines) {
      String text = line.strip();
      if (text.equals("{")) {
        records.add(new TreeMap<>());
      } else if (text.startsWith("\"")) {
        int end = text.indexOf('"', 1);
        String key = text.substring(1, end);
        String value = text.substring(text.indexOf(':', end) + 1).strip();
        value = value.endsWith(",") ? value.substring(0, value.length() - 1) : value;
        if (!NOT_COMPARED.contains(key)) {
          records.get(records.size() - 1).put(key, value.replace("\"", ""));
        }
      }
    }
    records.forEach(NfdumpJson::straighten);
    return records;
  }

  private static void straighten(Map<String, String> members) {
    // nfdump 1.7.8 ends the text of these flags without a zero byte: garbage may follow.
    members.computeIfPresent("ip_fragment", (key, flags) -> flags.replaceAll("[^A-Z-].*", ""));
    // The table has one column for both families: the IPv4 form goes first, as it does in nfdump's
    // line formats, and an IPv4-mapped IPv6 next hop cannot be told from it.
    for (String hop : List.of("bgp%s_next_hop", "ip%s_next_hop", "ip%s_router")) {
      String v4 = String.format(hop, "4");
      String v6 = members.remove(String.format(hop, "6"));
      if (v6 != null && v6.startsWith("::ffff:") && v6.contains(".")) {
        members.putIfAbsent(v4, v6.substring("::ffff:".length()));
      } else if (v6 != null && !members.containsKey(v4)) {
        members.put(String.format(hop, "6"), v6);
      }
    }
    members.computeIfPresent(
        "t_event", (key, time) -> time.replace("<unknown>", "1970-01-01T00:00:00"));
  }

  /** What nfdump 1.7.8 prints of this flow. */
  static Map<String, String> of(FlowView flow) {
    NfdumpJson json = new NfdumpJson(flow);
    json.core();
    json.routing();
    json.link();
    json.events();
    return json.members;
  }

  private void core() {
    boolean event = (flow.number(FlowField.RECORD_FLAGS) & 1) != 0;
    members.put("type", event ? "EVENT" : "FLOW");
    members.put("sampled", (flow.number(FlowField.RECORD_FLAGS) & 2) != 0 ? "1" : "0");
    number("export_sysid", FlowField.EXPORTER_ID);
    if (flow.has(FlowField.PROTO)) {
      generic();
    }
    if (flow.has(FlowField.SRC_ADDR)) {
      String family = flow.number(FlowField.IP_VERSION) == 4 ? "4" : "6";
      members.put("src" + family + "_addr", flow.flowAddress(FlowField.SRC_ADDR));
      members.put("dst" + family + "_addr", flow.flowAddress(FlowField.DST_ADDR));
    }
    number("input_snmp", FlowField.INPUT_IF);
    number("output_snmp", FlowField.OUTPUT_IF);
    number("src_mask", FlowField.SRC_MASK);
    number("dst_mask", FlowField.DST_MASK);
    number("direction", FlowField.DIRECTION);
    number("dst_tos", FlowField.DST_TOS);
    number("out_packets", FlowField.OUT_PACKETS);
    number("out_bytes", FlowField.OUT_BYTES);
    number("aggr_flows", FlowField.FLOWS);
  }

  private void generic() {
    members.put("first", flow.time(FlowField.FIRST_SEEN, TIME));
    members.put("last", flow.time(FlowField.LAST_SEEN, TIME));
    members.put("received", flow.time(FlowField.RECEIVED, TIME));
    number("in_packets", FlowField.IN_PACKETS);
    number("in_bytes", FlowField.IN_BYTES);
    number("proto", FlowField.PROTO);
    number("src_tos", FlowField.SRC_TOS);
    long protocol = flow.number(FlowField.PROTO);
    if (protocol == 1 || protocol == 58) {
      members.put("icmp_type", String.valueOf(flow.number(FlowField.DST_PORT) >> 8));
      members.put("icmp_code", String.valueOf(flow.number(FlowField.DST_PORT) & 0xFF));
    } else {
      members.put("tcp_flags", flow.tcpFlags());
      number("src_port", FlowField.SRC_PORT);
      number("dst_port", FlowField.DST_PORT);
      number("fwd_status", FlowField.FWD_STATUS);
    }
  }

  private void routing() {
    number("src_vlan", FlowField.SRC_VLAN);
    number("dst_vlan", FlowField.DST_VLAN);
    number("src_as", FlowField.SRC_AS);
    number("dst_as", FlowField.DST_AS);
    number("next_as", FlowField.NEXT_AS);
    number("prev_as", FlowField.PREV_AS);
    address("bgp%s_next_hop", FlowField.BGP_NEXT_HOP);
    address("ip%s_next_hop", FlowField.NEXT_HOP);
    address("ip%s_router", FlowField.EXPORTER_ADDR);
    for (int i = 1; i <= 10; i++) {
      FlowField field = FlowField.valueOf("MPLS_" + i);
      if (flow.has(field)) {
        long label = flow.number(field);
        members.put("mpls_" + i, (label >> 4) + "-" + (label >> 1 & 7) + "-" + (label & 1));
      }
    }
  }

  private void link() {
    mac("in_src_mac", FlowField.IN_SRC_MAC);
    mac("out_dst_mac", FlowField.OUT_DST_MAC);
    mac("in_dst_mac", FlowField.IN_DST_MAC);
    mac("out_src_mac", FlowField.OUT_SRC_MAC);
    millis("cli_latency", FlowField.CLIENT_LATENCY);
    millis("srv_latency", FlowField.SERVER_LATENCY);
    millis("app_latency", FlowField.APP_LATENCY);
    number("vlanID", FlowField.VLAN_ID);
    number("cust_vlanID", FlowField.CUSTOMER_VLAN_ID);
    number("post_vlanID", FlowField.POST_VLAN_ID);
    number("post_cust_vlanID", FlowField.POST_CUSTOMER_VLAN_ID);
    number("phys_ingress", FlowField.PHYS_INPUT_IF);
    number("phys_egress", FlowField.PHYS_OUTPUT_IF);
    number("ethertype", FlowField.ETHERTYPE);
    number("ip_version", FlowField.LAYER2_IP_VERSION);
    long fragment = flow.number(FlowField.FRAGMENT_FLAGS);
    if (fragment != 0) {
      String flags = ((fragment & 0x40) != 0 ? "DF" : "--") + ((fragment & 0x20) != 0 ? "MF" : "");
      members.put("ip_fragment", flags);
    }
    if (flow.number(FlowField.MIN_TTL) + flow.number(FlowField.MAX_TTL) > 0) {
      number("ip_minttl", FlowField.MIN_TTL);
      number("ip_maxttl", FlowField.MAX_TTL);
    }
    if (flow.has(FlowField.OBSERVATION_POINT_ID)) {
      // nfdump 1.7.8 prints the lower half of it.
      long point = flow.number(FlowField.OBSERVATION_POINT_ID) & 0xFFFF_FFFFL;
      members.put("observationPointID", String.valueOf(point));
      number("observationDomainID", FlowField.OBSERVATION_DOMAIN_ID);
    }
    number("flowID", FlowField.FLOW_ID);
    number("tun_proto", FlowField.TUN_PROTO);
    address("src%s_tun_ip", FlowField.TUN_SRC_ADDR);
    address("dst%s_tun_ip", FlowField.TUN_DST_ADDR);
  }

  private void events() {
    if (flow.has(FlowField.EVENT_TIME)) {
      number("connect_id", FlowField.CONN_ID);
      number("event_id", FlowField.FW_EVENT);
      number("xevent_id", FlowField.FW_XEVENT);
      eventTime(FlowField.EVENT_TIME);
    }
    address("src%s_xlt_ip", FlowField.NAT_SRC_ADDR);
    address("dst%s_xlt_ip", FlowField.NAT_DST_ADDR);
    number("src_xlt_port", FlowField.NAT_SRC_PORT);
    number("dst_xlt_port", FlowField.NAT_DST_PORT);
    acl("ingress_acl", FlowField.INGRESS_ACL, FlowField.INGRESS_ACE, FlowField.INGRESS_XACE);
    acl("egress_acl", FlowField.EGRESS_ACL, FlowField.EGRESS_ACE, FlowField.EGRESS_XACE);
    if (flow.has(FlowField.USER_NAME)) {
      byte[] bytes = flow.batch().column(FlowField.USER_NAME).bytesAt(flow.row());
      String name = new String(bytes, StandardCharsets.UTF_8);
      members.put("user_name", name.isEmpty() ? "<empty>" : name);
    }
    if (flow.has(FlowField.NAT_EVENT)) {
      number("nat_event_id", FlowField.NAT_EVENT);
      number("nat_pool_id", FlowField.NAT_POOL_ID);
      eventTime(FlowField.NAT_EVENT_TIME);
    }
    number("ingress_vrf", FlowField.INGRESS_VRF);
    number("egress_vrf", FlowField.EGRESS_VRF);
  }

  /** nfdump 1.7.8 prints the milliseconds of events without leading zeros. */
  private void eventTime(FlowField field) {
    members.put(
        "t_event", flow.time(field, "uuuu-MM-dd'T'HH:mm:ss.") + flow.number(field) / 1000 % 1000);
  }

  private void acl(String key, FlowField acl, FlowField ace, FlowField xace) {
    if (flow.has(acl)) {
      members.put(
          key,
          String.format("0x%x/0x%x/0x%x", flow.number(acl), flow.number(ace), flow.number(xace)));
    }
  }

  private void number(String key, FlowField field) {
    if (flow.has(field)) {
      members.put(key, Long.toUnsignedString(flow.number(field)));
    }
  }

  private void mac(String key, FlowField field) {
    if (flow.has(field)) {
      members.put(key, flow.mac(field));
    }
  }

  private void millis(String key, FlowField field) {
    if (flow.has(field)) {
      members.put(key, String.format(Locale.ROOT, "%f", flow.number(field) / 1000.0));
    }
  }

  private void address(String keyOfFamily, FlowField field) {
    if (flow.has(field)) {
      String text = flow.address(field);
      members.put(String.format(keyOfFamily, text.contains(":") ? "6" : "4"), text);
    }
  }
}
