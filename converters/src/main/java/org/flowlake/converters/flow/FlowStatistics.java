package org.flowlake.converters.flow;

import java.io.Serializable;

/**
 * Totals of a set of flows as an nfcapd statistics record holds them (nfdump 1.7.8, stat record
 * V2).
 *
 * <p>Bytes and packets are counters of both directions together. Times are milliseconds since
 * 1970-01-01 UTC, 0 where there is no flow. Protocol rows: TCP 6, UDP 17, ICMP 1 and 58, other.
 *
 * @param flows number of flows
 * @param sequenceFailures gaps in the exporters' sequence numbers that the collector noticed
 */
public record FlowStatistics(
    Totals all,
    Totals tcp,
    Totals udp,
    Totals icmp,
    Totals other,
    long firstSeenMillis,
    long lastSeenMillis,
    long sequenceFailures)
    implements Serializable {

  /** Flows, packets and bytes, each a count. */
  public record Totals(long flows, long packets, long bytes) implements Serializable {
    public Totals plus(Totals more) {
      return new Totals(flows + more.flows, packets + more.packets, bytes + more.bytes);
    }
  }

  public static final FlowStatistics NONE =
      new FlowStatistics(
          new Totals(0, 0, 0),
          new Totals(0, 0, 0),
          new Totals(0, 0, 0),
          new Totals(0, 0, 0),
          new Totals(0, 0, 0),
          0,
          0,
          0);

  /** The sums of both, over the time that spans both; a side without flows adds no time. */
  public FlowStatistics plus(FlowStatistics more) {
    return new FlowStatistics(
        all.plus(more.all),
        tcp.plus(more.tcp),
        udp.plus(more.udp),
        icmp.plus(more.icmp),
        other.plus(more.other),
        earlier(firstSeenMillis, more.firstSeenMillis),
        Math.max(lastSeenMillis, more.lastSeenMillis),
        sequenceFailures + more.sequenceFailures);
  }

  private static long earlier(long a, long b) {
    if (a == 0 || b == 0) {
      return Math.max(a, b);
    }
    return Math.min(a, b);
  }
}
