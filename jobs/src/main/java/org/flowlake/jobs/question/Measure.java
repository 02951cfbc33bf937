package org.flowlake.jobs.question;

import org.flowlake.udfs.flow.FlowRates;

/** What flows and groups of flows are ranked by, computed as nfdump 1.7.8 does: whole numbers. */
public enum Measure {
  FLOWS,
  PACKETS,
  BYTES,
  /** Packets per second. */
  PACKETS_PER_SECOND,
  /** Bits per second. */
  BITS_PER_SECOND,
  BYTES_PER_PACKET,
  FIRST_SEEN,
  LAST_SEEN,
  DURATION,
  /** A column of its own, under the order's name; counters do not tell it. */
  EXTRA;

  /** The value that ranks these counters; rates of a duration of 0 are 0. */
  public long of(FlowCounters counters, CounterSide side) {
    return switch (this) {
      case FLOWS -> counters.flows();
      case PACKETS -> counters.packets(side);
      case BYTES -> counters.bytes(side);
      case PACKETS_PER_SECOND ->
          FlowRates.packetsPerSecond(counters.packets(side), duration(counters));
      case BITS_PER_SECOND -> FlowRates.bitsPerSecond(counters.bytes(side), duration(counters));
      case BYTES_PER_PACKET ->
          FlowRates.bytesPerPacket(counters.bytes(side), counters.packets(side));
      case FIRST_SEEN -> counters.firstMillis();
      case LAST_SEEN -> counters.lastMillis();
      case DURATION -> counters.lastMillis() - counters.firstMillis();
      case EXTRA -> throw new IllegalStateException("Counters do not have this figure");
    };
  }

  private static long duration(FlowCounters counters) {
    return counters.lastMillis() == 0 ? 0 : counters.lastMillis() - counters.firstMillis();
  }
}
