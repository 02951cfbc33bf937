package org.flowlake.jobs.scan;

import java.util.Map;
import java.util.stream.IntStream;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.parquet.NumberColumn;
import org.flowlake.converters.parquet.StoredColumn;
import org.flowlake.jobs.rows.CounterColumns;

/** Sums the counters of flows that follow each other, as {@link CounterColumns} counts each. */
final class StoredCounters {
  /** Which counters are read; the others are 0. */
  enum Kind {
    ALL,
    /** First and last seen alone. */
    TIMES,
    /** All but first and last seen, the widest columns of a file. */
    AMOUNTS,
    /** How many flow records there are, for which no column is read. */
    RECORDS
  }

  /** By counter; null where it is not read. */
  private final NumberColumn[] columns = new NumberColumn[CounterColumns.COUNT];

  /** The counters among columns by name; columns that are read and missing are added. */
  StoredCounters(Kind kind, Map<String, StoredColumn> named) {
    if (kind == Kind.ALL || kind == Kind.AMOUNTS) {
      columns[CounterColumns.FLOWS] = number(named, FlowField.FLOWS);
      columns[CounterColumns.IN_PACKETS] = number(named, FlowField.IN_PACKETS);
      columns[CounterColumns.IN_BYTES] = number(named, FlowField.IN_BYTES);
      columns[CounterColumns.OUT_PACKETS] = number(named, FlowField.OUT_PACKETS);
      columns[CounterColumns.OUT_BYTES] = number(named, FlowField.OUT_BYTES);
    }
    if (kind == Kind.ALL || kind == Kind.TIMES) {
      columns[CounterColumns.FIRST] = time(named, FlowField.FIRST_SEEN);
      columns[CounterColumns.LAST] = time(named, FlowField.LAST_SEEN);
    }
  }

  private static NumberColumn number(Map<String, StoredColumn> columns, FlowField field) {
    return (NumberColumn) columns.computeIfAbsent(field.column(), NumberColumn::ofNumbers);
  }

  private static NumberColumn time(Map<String, StoredColumn> columns, FlowField field) {
    return (NumberColumn) columns.computeIfAbsent(field.column(), NumberColumn::ofTimes);
  }

  /** Adds the columns that are summed and missing. */
  static void addTo(Kind kind, Map<String, StoredColumn> columns) {
    new StoredCounters(kind, columns);
  }

  /** The counters that are not alike in all flows of the row group. */
  int[] varying() {
    return IntStream.range(0, columns.length)
        .filter(counter -> columns[counter] != null && !columns[counter].isConstant())
        .toArray();
  }

  /**
   * What each counter is for every flow, where it is no {@link #varying} one; 0 where it is not
   * read.
   */
  long[] alike() {
    long[] alike = new long[columns.length];
    alike[CounterColumns.RECORDS] = 1;
    for (int counter = CounterColumns.FLOWS; counter < alike.length; counter++) {
      if (columns[counter] != null && columns[counter].isConstant()) {
        alike[counter] = sum(counter, 0, 1);
      }
    }
    return alike;
  }

  /** Sums the counters of the flows from one to before another. */
  void sum(int from, int to, long[] sums) {
    sums[CounterColumns.RECORDS] = to - from;
    for (int counter = CounterColumns.FLOWS; counter < CounterColumns.COUNT; counter++) {
      sums[counter] = columns[counter] == null ? 0 : sum(counter, from, to);
    }
  }

  /** The sum of one counter that is read. */
  long sum(int counter, int from, int to) {
    NumberColumn column = columns[counter];
    return switch (counter) {
      case CounterColumns.FLOWS -> column.sumOfOnes(from, to);
      case CounterColumns.FIRST -> column.least(from, to);
      case CounterColumns.LAST -> column.greatest(from, to);
      default -> column.sum(from, to);
    };
  }
}
