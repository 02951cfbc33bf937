package org.flowlake.jobs.scan;

import java.util.Map;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.parquet.NumberColumn;
import org.flowlake.converters.parquet.StoredColumn;
import org.flowlake.jobs.rows.CounterColumns;

/** Sums the counters of flows that follow each other, as {@link CounterColumns} counts each. */
final class StoredCounters {
  private final NumberColumn flows;
  private final NumberColumn inPackets;
  private final NumberColumn inBytes;
  private final NumberColumn outPackets;
  private final NumberColumn outBytes;
  private final NumberColumn first;
  private final NumberColumn last;

  /** The counters among columns by name; columns that are missing are added. */
  StoredCounters(Map<String, StoredColumn> columns) {
    flows = number(columns, FlowField.FLOWS);
    inPackets = number(columns, FlowField.IN_PACKETS);
    inBytes = number(columns, FlowField.IN_BYTES);
    outPackets = number(columns, FlowField.OUT_PACKETS);
    outBytes = number(columns, FlowField.OUT_BYTES);
    first = time(columns, FlowField.FIRST_SEEN);
    last = time(columns, FlowField.LAST_SEEN);
  }

  private static NumberColumn number(Map<String, StoredColumn> columns, FlowField field) {
    return (NumberColumn) columns.computeIfAbsent(field.column(), NumberColumn::ofNumbers);
  }

  private static NumberColumn time(Map<String, StoredColumn> columns, FlowField field) {
    return (NumberColumn) columns.computeIfAbsent(field.column(), NumberColumn::ofTimes);
  }

  /** Adds the columns that are summed and missing. */
  static void addTo(Map<String, StoredColumn> columns) {
    new StoredCounters(columns);
  }

  /** Sums the counters of the flows from one to before another. */
  void sum(int from, int to, long[] sums) {
    sums[CounterColumns.RECORDS] = to - from;
    sums[CounterColumns.FLOWS] = flows.sumOfOnes(from, to);
    sums[CounterColumns.IN_PACKETS] = inPackets.sum(from, to);
    sums[CounterColumns.IN_BYTES] = inBytes.sum(from, to);
    sums[CounterColumns.OUT_PACKETS] = outPackets.sum(from, to);
    sums[CounterColumns.OUT_BYTES] = outBytes.sum(from, to);
    sums[CounterColumns.FIRST] = first.least(from, to);
    sums[CounterColumns.LAST] = last.greatest(from, to);
  }
}
