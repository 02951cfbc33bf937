package org.flowlake.jobs.scan;

import java.util.Arrays;

/**
 * The times of the groups that were first seen earliest, as many as a table shows: a group that is
 * first seen later than all of them will not be shown. Not for several threads.
 */
final class EarliestFirst {
  private static final long MICROS_PER_MILLI = 1000;

  /** More than anybody reads; below it times take less memory than the groups. */
  private static final int MOST = 1 << 16;

  /** Milliseconds, as ranks are compared; a heap whose first one is the latest. */
  private final long[] times;

  private int count;

  /**
   * No times yet.
   *
   * @param shown how many groups the table shows; 0, or very many, where none is ever too late
   */
  EarliestFirst(int shown) {
    times = new long[shown > MOST ? 0 : shown];
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
    return count > 0 && count == times.length && firstMicros / MICROS_PER_MILLI > times[0];
  }
}
