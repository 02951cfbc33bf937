package org.flowlake.converters.nfcapd;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowField;

/** The ten columns of {@code nfdump -o csv} of version 1.7.8. */
final class NfdumpCsv {
  private NfdumpCsv() {}

  /** Without the heading. */
  static List<String> rows(List<String> listing) {
    return listing.stream().filter(line -> Character.isDigit(line.charAt(0))).toList();
  }

  static List<String> of(FlowBatch flows) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < flows.size(); i++) {
      FlowView flow = new FlowView(flows, i);
      if (flow.has(FlowField.TUN_SRC_ADDR)) {
        // A flow in a tunnel has a line of its outer addresses before its own.
        rows.add(
            row(
                flow,
                flow.number(FlowField.TUN_PROTO),
                flow.address(FlowField.TUN_SRC_ADDR),
                flow.address(FlowField.TUN_DST_ADDR),
                1));
      }
      boolean address = flow.has(FlowField.SRC_ADDR);
      long aggregated = flow.number(FlowField.FLOWS);
      rows.add(
          row(
              flow,
              flow.number(FlowField.PROTO),
              address ? flow.flowAddress(FlowField.SRC_ADDR) : "0.0.0.0",
              address ? flow.flowAddress(FlowField.DST_ADDR) : "0.0.0.0",
              aggregated == 0 ? 1 : aggregated));
    }
    return rows;
  }

  private static String row(
      FlowView flow, long protocol, String source, String target, long flows) {
    long millis = (flow.number(FlowField.LAST_SEEN) - flow.number(FlowField.FIRST_SEEN)) / 1000;
    long port = flow.number(FlowField.DST_PORT);
    boolean icmp = protocol == 1 || protocol == 58;
    return String.join(
        ",",
        flow.time(FlowField.FIRST_SEEN, "uuuu-MM-dd HH:mm:ss.SSS"),
        String.format(Locale.ROOT, "%.3f", millis / 1000.0),
        String.valueOf(protocol),
        source,
        String.valueOf(flow.number(FlowField.SRC_PORT)),
        target,
        icmp ? (port >> 8) + "." + (port & 0xFF) : String.valueOf(port),
        String.valueOf(flow.number(FlowField.IN_PACKETS)),
        String.valueOf(flow.number(FlowField.IN_BYTES)),
        String.valueOf(flows));
  }
}
