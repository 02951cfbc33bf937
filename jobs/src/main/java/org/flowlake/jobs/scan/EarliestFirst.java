package org.flowlake.jobs.scan;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The times of the groups that were first seen earliest, as many as a table shows: a group that is
 * first seen later than all of them will not be shown. Not for several threads.
 */
final class EarliestFirst {
  private static final long MICROS_PER_MILLI = 1000;

  /** More than anybody reads; below it times take less memory than the groups. */
  private static final int MOST = 1 << 16;

  private final long latest;

  /** Milliseconds, as ranks are compared; a heap whose first one is the latest. */
  private final long[] times;

  private int count;

  /**
   * What a table shows.
   *
   * @param shown how many groups, those first seen first; 0 where it is another table
   * @param latest so many groups are first seen by this time, or before, milliseconds since
   *     1970-01-01 UTC; {@link Long#MAX_VALUE} where that is not known
   */
  record Asked(int shown, long latest) implements Serializable {
    /** All groups may be shown. */
    static final Asked ALL = new Asked(0, Long.MAX_VALUE);

    /** So many groups, those first seen first. */
    static Asked first(int shown) {
      return new Asked(shown, Long.MAX_VALUE);
    }

    Asked by(long micros) {
      return new Asked(shown, micros / MICROS_PER_MILLI);
    }
  }

  /** No times yet. */
  EarliestFirst(Asked asked) {
    times = new long[asked.shown() > MOST ? 0 : asked.shown()];
    latest = asked.latest();
  }

  /** Notes a group. */
  void add(long firstMicros) {
    long time = firstMicros / MICROS_PER_MILLI;
    if (count < times.length) {
      times[count++] = time;
      if (count == times.length) {
        // Descending order is such a heap.
        Arrays.sort(times);
        for (int i = 0; i < count / 2; i++) {
          long other = times[i];
          times[i] = times[count - 1 - i];
          times[count - 1 - i] = other;
        }
      }
    } else if (count > 0 && time < times[0]) {
      replaceLatest(time);
    }
  }

  private void replaceLatest(long time) {
    int at = 0;
    while (2 * at + 1 < count) {
      int later = 2 * at + 1;
      if (later + 1 < count && times[later + 1] > times[later]) {
        later++;
      }
      if (times[later] <= time) {
        break;
      }
      times[at] = times[later];
      at = later;
    }
    times[at] = time;
  }

  /** Whether groups that are first seen at this time, or later, will not be shown. */
  boolean isTooLate(long firstMicros) {
    long time = firstMicros / MICROS_PER_MILLI;
    return time > latest || count > 0 && count == times.length && time > times[0];
  }
}
