package org.flowlake.converters.nfcapd;

import java.io.Serializable;
import org.flowlake.converters.flow.FlowStatistics;
import org.flowlake.converters.flow.FlowStatistics.Totals;

/**
 * Totals of flows as {@code nfdump -w} counts them: both directions, and a record as the flows that
 * it was made of. Mutable, not for several threads.
 */
public final class WrittenTotals implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int TCP = 0;
  private static final int UDP = 1;
  private static final int ICMP = 2;
  private static final int OTHER = 3;
  private static final int ROWS = 4;

  private final long[] flows = new long[ROWS];
  private final long[] packets = new long[ROWS];
  private final long[] bytes = new long[ROWS];
  private long first = Long.MAX_VALUE;
  private long last;
  private long cutTexts;

  WrittenTotals() {}

  void add(int protocol, long moreFlows, long morePackets, long moreBytes) {
    int row =
        switch (protocol) {
          case 6 -> TCP;
          case 17 -> UDP;
          case 1, 58 -> ICMP;
          default -> OTHER;
        };
    flows[row] += moreFlows == 0 ? 1 : moreFlows;
    packets[row] += morePackets;
    bytes[row] += moreBytes;
  }

  /** Times of one flow, milliseconds since 1970-01-01 UTC. */
  void seen(long firstMillis, long lastMillis) {
    first = Math.min(first, firstMillis);
    last = Math.max(last, lastMillis);
  }

  void add(WrittenTotals more) {
    for (int row = 0; row < ROWS; row++) {
      flows[row] += more.flows[row];
      packets[row] += more.packets[row];
      bytes[row] += more.bytes[row];
    }
    seen(more.first, more.last);
    cutTexts += more.cutTexts;
  }

  void cutText() {
    cutTexts++;
  }

  /** How many texts were longer than their place in a record. */
  long cutTexts() {
    return cutTexts;
  }

  FlowStatistics toStatistics() {
    Totals all = row(TCP).plus(row(UDP)).plus(row(ICMP)).plus(row(OTHER));
    return new FlowStatistics(
        all,
        row(TCP),
        row(UDP),
        row(ICMP),
        row(OTHER),
        first == Long.MAX_VALUE ? 0 : first,
        last,
        0);
  }

  private Totals row(int row) {
    return new Totals(flows[row], packets[row], bytes[row]);
  }
}
