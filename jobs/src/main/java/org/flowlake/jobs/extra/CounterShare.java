package org.flowlake.jobs.extra;

import java.math.BigInteger;

/**
 * The part of a flow's counter that falls into one bin, if the flow's traffic is spread evenly over
 * its duration. The counter up to a moment is rounded down, and a bin has the difference of its two
 * ends (cumulative rounding): so the parts of a flow always add up to its counter.
 */
public final class CounterShare {
  private CounterShare() {}

  /**
   * The part between two moments of the flow.
   *
   * @param counter of the whole flow
   * @param from microseconds since the flow's first seen
   * @param to the same of the end, not before {@code from}
   * @param duration of the flow, microseconds; where it is 0 the part is the whole
   */
  public static long of(long counter, long from, long to, long duration) {
    return duration == 0 ? counter : until(counter, to, duration) - until(counter, from, duration);
  }

  private static long until(long counter, long moment, long duration) {
    long low = counter * moment;
    if (Math.multiplyHigh(counter, moment) == low >> 63) {
      return Math.floorDiv(low, duration);
    }
    return BigInteger.valueOf(counter)
        .multiply(BigInteger.valueOf(moment))
        .divide(BigInteger.valueOf(duration))
        .longValueExact();
  }
}
