package org.flowlake.jobs.scan;

import java.util.Arrays;
import org.flowlake.jobs.rows.CounterColumns;

/**
 * The counters of the runs of a row group, summed when it is read. Row groups of all days are read
 * side by side, and their columns together are in no near cache when a run has its turn.
 */
final class SummedRuns {
  /** Of shorter runs there is little less to keep than there was to sum. */
  static final int LEAST_FLOWS = 3;

  private static final int STRIDE = CounterColumns.COUNT + 1;

  /** For each run its end, then the counters. */
  private long[] runs = {};

  private int count;

  /** The run that {@link #next} comes to. */
  private int following;

  /** No runs. */
  void clear() {
    count = 0;
    following = 0;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /**
   * Adds the next run.
   *
   * @param end the flow after its last one
   */
  void add(int end, long[] sums) {
    int at = count * STRIDE;
    if (at + STRIDE > runs.length) {
      runs = Arrays.copyOf(runs, Math.max(2 * runs.length, STRIDE << 10));
    }
    runs[at] = end;
    System.arraycopy(sums, 0, runs, at + 1, CounterColumns.COUNT);
    count++;
  }

  /** Goes to the next run; gives its end. */
  int next() {
    return (int) runs[following++ * STRIDE];
  }

  /** Writes the counters of the run that {@link #next} came to. */
  void copyTo(long[] sums) {
    System.arraycopy(runs, (following - 1) * STRIDE + 1, sums, 0, CounterColumns.COUNT);
  }
}
