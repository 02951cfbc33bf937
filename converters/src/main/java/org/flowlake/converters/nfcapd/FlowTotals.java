package org.flowlake.converters.nfcapd;

import java.util.function.IntFunction;
import org.flowlake.converters.flow.FlowStatistics;
import org.flowlake.converters.flow.FlowStatistics.Totals;
import org.flowlake.converters.io.LittleEndian;

/** Sums over the flows of a file, kept so that both ways to count can be told afterwards. */
final class FlowTotals {
  private static final int ICMP = 1;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int ICMPV6 = 58;
  private static final int TCP_ROW = 0;
  private static final int UDP_ROW = 1;
  private static final int ICMP_ROW = 2;
  private static final int OTHER_ROW = 3;
  private static final int ICMPV6_ROW = 4;
  private static final int ROWS = 5;

  private final int generic;
  private final int counters;
  private final int nsel;
  private final int natEvent;

  private final long[] records = new long[ROWS];
  private final long[] flows = new long[ROWS];
  private final long[] inPackets = new long[ROWS];
  private final long[] outPackets = new long[ROWS];
  private final long[] inBytes = new long[ROWS];
  private final long[] outBytes = new long[ROWS];
  private long first = Long.MAX_VALUE;
  private long last;

  FlowTotals(FlowRows rows) {
    generic = rows.want(NfcapdExtension.GENERIC_FLOW);
    counters = rows.want(NfcapdExtension.COUNTERS);
    nsel = rows.want(NfcapdExtension.NSEL);
    natEvent = rows.want(NfcapdExtension.NAT_EVENT);
  }

  void add(FlowRows rows) {
    byte[] bytes = rows.bytes();
    for (int row = 0; row < rows.size(); row++) {
      int at = rows.position(row, generic);
      if (at == 0) {
        // Writers do not count a record without packets, bytes and times.
        continue;
      }
      int protocol = protocolRow(LittleEndian.u8(bytes, at + 44));
      records[protocol]++;
      inPackets[protocol] += LittleEndian.i64(bytes, at + 24);
      inBytes[protocol] += LittleEndian.i64(bytes, at + 32);
      int out = rows.position(row, counters);
      long aggregated = out == 0 ? 0 : LittleEndian.i64(bytes, out);
      flows[protocol] += aggregated == 0 ? 1 : aggregated;
      if (out != 0) {
        outPackets[protocol] += LittleEndian.i64(bytes, out + 8);
        outBytes[protocol] += LittleEndian.i64(bytes, out + 16);
      }
      long start =
          ColumnDecoder.firstSeenMillis(
              bytes, at, rows.position(row, nsel), rows.position(row, natEvent));
      first = Math.min(first, start);
      last = Math.max(last, LittleEndian.i64(bytes, at + 8));
    }
  }

  /** As {@code nfdump -w} counts: both directions, and a record as the flows it was made of. */
  FlowStatistics both() {
    return statistics(this::both);
  }

  /** As collectors count: packets and bytes of the forward direction, and every record as one. */
  FlowStatistics forward() {
    return statistics(this::forward);
  }

  /** The part of {@link #both()} that is ICMPv6. */
  Totals bothIcmpv6() {
    return both(ICMPV6_ROW);
  }

  /** The part of {@link #forward()} that is ICMPv6. */
  Totals forwardIcmpv6() {
    return forward(ICMPV6_ROW);
  }

  private Totals both(int row) {
    return new Totals(flows[row], inPackets[row] + outPackets[row], inBytes[row] + outBytes[row]);
  }

  private Totals forward(int row) {
    return new Totals(records[row], inPackets[row], inBytes[row]);
  }

  private FlowStatistics statistics(IntFunction<Totals> row) {
    Totals tcp = row.apply(TCP_ROW);
    Totals udp = row.apply(UDP_ROW);
    Totals icmp = row.apply(ICMP_ROW).plus(row.apply(ICMPV6_ROW));
    Totals other = row.apply(OTHER_ROW);
    return new FlowStatistics(
        tcp.plus(udp).plus(icmp).plus(other),
        tcp,
        udp,
        icmp,
        other,
        first == Long.MAX_VALUE ? 0 : first,
        last,
        0);
  }

  private static int protocolRow(int protocol) {
    return switch (protocol) {
      case TCP -> TCP_ROW;
      case UDP -> UDP_ROW;
      case ICMP -> ICMP_ROW;
      case ICMPV6 -> ICMPV6_ROW;
      default -> OTHER_ROW;
    };
  }
}
