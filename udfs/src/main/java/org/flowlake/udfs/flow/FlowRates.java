package org.flowlake.udfs.flow;

/**
 * Rates as nfdump computes them: truncated, and 0 where the duration (or the number of packets) is
 * 0. Counters are unsigned 64-bit numbers and wrap as nfdump's do.
 *
 * <p>nfdump divides in two ways that differ in the last digit at times. Lines of flows, filters and
 * every order divide integers by milliseconds; lines of a statistic, the summary and CSV lines
 * divide by seconds in floating point. The second kind is named {@code ...OfSeconds} here.
 */
public final class FlowRates {
  private static final double TWO_TO_63 = 0x1p63;

  private FlowRates() {}

  /** Packets per second: {@code 1000 * packets / durationMillis}. */
  public static long packetsPerSecond(long packets, long durationMillis) {
    return durationMillis == 0 ? 0 : Long.divideUnsigned(1000 * packets, durationMillis);
  }

  /** Bits per second: {@code 8000 * bytes / durationMillis}. */
  public static long bitsPerSecond(long bytes, long durationMillis) {
    return durationMillis == 0 ? 0 : Long.divideUnsigned(8000 * bytes, durationMillis);
  }

  /** Bytes per packet: {@code bytes / packets}. */
  public static long bytesPerPacket(long bytes, long packets) {
    return packets == 0 ? 0 : Long.divideUnsigned(bytes, packets);
  }

  /** Packets per second where nfdump divides by seconds: statistics, the summary, CSV. */
  public static long packetsPerSecondOfSeconds(long packets, long durationMillis) {
    return dividedBySeconds(packets, durationMillis);
  }

  /** Bits per second where nfdump divides by seconds: statistics, the summary, CSV. */
  public static long bitsPerSecondOfSeconds(long bytes, long durationMillis) {
    return dividedBySeconds(8 * bytes, durationMillis);
  }

  private static long dividedBySeconds(long count, long durationMillis) {
    if (durationMillis == 0) {
      return 0;
    }
    double dividend = count >= 0 ? count : (double) (count >>> 1 | count & 1) * 2;
    double rate = dividend / (durationMillis / 1000.0);
    return rate < TWO_TO_63 ? (long) rate : (long) (rate - TWO_TO_63) ^ Long.MIN_VALUE;
  }
}
