package org.flowlake.jobs.rows;

import org.apache.spark.sql.catalyst.InternalRow;
import org.flowlake.jobs.question.FlowCounters;

/** Sums the counters of rows without an object per row. Not for several threads. */
final class TotalCounters {
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

  FlowCounters toCounters() {
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
