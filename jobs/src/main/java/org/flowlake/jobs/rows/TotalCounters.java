package org.flowlake.jobs.rows;

import org.apache.spark.sql.catalyst.InternalRow;
import org.flowlake.jobs.question.FlowCounters;

/** Sums the counters of rows without an object per row. Not for several threads. */
public final class TotalCounters {
  private static final long MICROS_PER_MILLI = 1000;

  private final long[] sums = new long[CounterColumns.FIRST];
  private long firstMillis = Long.MAX_VALUE;
  private long lastMillis;

  void add(InternalRow row) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += row.getLong(i);
    }
    firstMillis = Math.min(firstMillis, row.getLong(CounterColumns.FIRST) / MICROS_PER_MILLI);
    lastMillis = Math.max(lastMillis, row.getLong(CounterColumns.LAST) / MICROS_PER_MILLI);
  }

  /** Adds counters in the order of {@link CounterColumns}, times in microseconds. */
  public void add(long[] counters) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += counters[i];
    }
    firstMillis = Math.min(firstMillis, counters[CounterColumns.FIRST] / MICROS_PER_MILLI);
    lastMillis = Math.max(lastMillis, counters[CounterColumns.LAST] / MICROS_PER_MILLI);
  }

  /** The sums of all that was added; {@link FlowCounters#NONE} of nothing. */
  public FlowCounters toCounters() {
    return new FlowCounters(
        sums[CounterColumns.RECORDS],
        sums[CounterColumns.FLOWS],
        sums[CounterColumns.IN_PACKETS],
        sums[CounterColumns.IN_BYTES],
        sums[CounterColumns.OUT_PACKETS],
        sums[CounterColumns.OUT_BYTES],
        firstMillis,
        lastMillis);
  }
}
