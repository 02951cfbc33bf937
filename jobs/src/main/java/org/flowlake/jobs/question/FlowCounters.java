package org.flowlake.jobs.question;

import java.io.Serializable;

/**
 * The sums that every answer carries: of one flow, one group of flows, or all flows that passed.
 *
 * <p>Additive: {@link #plus} of two disjoint sets of flows is that of their union.
 *
 * @param records flow records that passed the filter
 * @param flows flows they stand for; a record without an own count is one flow
 * @param inPackets packets from source to destination
 * @param inBytes bytes from source to destination
 * @param outPackets packets from destination to source
 * @param outBytes bytes from destination to source
 * @param firstMillis earliest first seen, milliseconds since 1970-01-01 UTC; {@link Long#MAX_VALUE}
 *     where there is no record
 * @param lastMillis latest last seen, milliseconds since 1970-01-01 UTC; 0 where there is no record
 */
public record FlowCounters(
    long records,
    long flows,
    long inPackets,
    long inBytes,
    long outPackets,
    long outBytes,
    long firstMillis,
    long lastMillis)
    implements Serializable {

  /** The counters of no flow at all. */
  public static final FlowCounters NONE = new FlowCounters(0, 0, 0, 0, 0, 0, Long.MAX_VALUE, 0);

  public FlowCounters plus(FlowCounters more) {
    return new FlowCounters(
        records + more.records,
        flows + more.flows,
        inPackets + more.inPackets,
        inBytes + more.inBytes,
        outPackets + more.outPackets,
        outBytes + more.outBytes,
        Math.min(firstMillis, more.firstMillis),
        Math.max(lastMillis, more.lastMillis));
  }

  /** The same with other times, milliseconds since 1970-01-01 UTC. */
  public FlowCounters seen(long first, long last) {
    return new FlowCounters(records, flows, inPackets, inBytes, outPackets, outBytes, first, last);
  }

  /** The share of one side where every record was counted {@code times} times. */
  public FlowCounters dividedBy(int times) {
    return new FlowCounters(
        records / times,
        flows / times,
        inPackets / times,
        inBytes / times,
        outPackets / times,
        outBytes / times,
        firstMillis,
        lastMillis);
  }

  public long packets(CounterSide side) {
    return switch (side) {
      case IN -> inPackets;
      case OUT -> outPackets;
      case BOTH -> inPackets + outPackets;
    };
  }

  public long bytes(CounterSide side) {
    return switch (side) {
      case IN -> inBytes;
      case OUT -> outBytes;
      case BOTH -> inBytes + outBytes;
    };
  }

  /** From first to last, milliseconds; 0 where either is unknown. */
  public long durationMillis() {
    return firstMillis == 0 || lastMillis == 0 ? 0 : lastMillis - firstMillis;
  }
}
