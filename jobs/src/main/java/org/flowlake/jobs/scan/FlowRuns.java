package org.flowlake.jobs.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.BasePredicate;
import org.apache.spark.sql.catalyst.expressions.Predicate$;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection$;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.parquet.AddressColumn;
import org.flowlake.converters.parquet.RowGroupReader;
import org.flowlake.converters.parquet.StoredColumn;
import org.flowlake.jobs.groups.PackedGroups;
import org.flowlake.jobs.rows.CounterColumns;

/**
 * The runs of flows of one file that pass a filter, in file order, see {@link RunPlan}. A run has a
 * row only where it makes a group.
 */
final class FlowRuns extends SortedStream {
  private final RowGroupReader file;
  private final int[] groups;
  private final AddressRange range;
  private final Shared shared;
  private final AddressColumn destination;

  /** Null where flows are only taken by destination. */
  private final AddressColumn source;

  private final List<StoredColumn> tested = new ArrayList<>();
  private final List<StoredColumn> others = new ArrayList<>();
  private final List<StoredColumn> shown = new ArrayList<>();

  /** What filter and rows are made from. */
  private final List<StoredColumn> keys = new ArrayList<>();

  private final StoredCounters counters;
  private final StoredRow stored;

  /** Whether a flow is of another run than the one before it. */
  private boolean[] changed = {};

  private boolean[] passes = {};
  private int nextGroup;
  private int rows;
  private int from;
  private int next;

  /** What the files of one task have in common. Not for several threads. */
  static final class Shared {
    private final RunPlan plan;
    private final MergedFiles.Keys keys;
    private final BasePredicate filter;
    private final UnsafeProjection made;
    private final RunGroup last = new RunGroup();
    private final long[] sums = new long[CounterColumns.COUNT];

    Shared(RunPlan plan, MergedFiles.Keys keys) {
      this.plan = plan;
      this.keys = keys;
      this.filter =
          plan.filter() == null ? null : Predicate$.MODULE$.create(plan.filter(), plan.columns());
      if (filter != null) {
        filter.initialize(0);
      }
      this.made = UnsafeProjection$.MODULE$.create(plan.made(), plan.columns());
      made.initialize(0);
    }
  }

  /**
   * Stands before the first run.
   *
   * @param groups the row groups to read, ascending
   * @param range of destination addresses; other flows do not pass
   */
  FlowRuns(RowGroupReader file, int[] groups, AddressRange range, Shared shared) {
    this.file = file;
    this.groups = groups;
    this.range = range;
    this.shared = shared;
    Map<String, StoredColumn> columns = new LinkedHashMap<>();
    shared.plan.tested().forEach(column -> columns.put(column.name(), RunPlan.stored(column)));
    tested.addAll(columns.values());
    shared.plan.shown().forEach(column -> columns.put(column.name(), RunPlan.stored(column)));
    keys.addAll(columns.values());
    shown.addAll(keys.subList(tested.size(), keys.size()));
    destination = (AddressColumn) columns.get(FlowField.DST_ADDR.column());
    source =
        shared.keys.srcColumn() < 0
            ? null
            : (AddressColumn) columns.get(FlowField.SRC_ADDR.column());
    counters = new StoredCounters(columns);
    others.addAll(columns.values());
    others.removeAll(tested);
    stored = new StoredRow(keys);
  }

  @Override
  boolean advance() {
    if (!findNext()) {
      return false;
    }
    from = next++;
    while (next < rows && !changed[next]) {
      next++;
    }
    long high = destination.high(from);
    long low = destination.low(from);
    long sourceHigh = source == null ? 0 : source.high(from);
    long sourceLow = source == null ? 0 : source.low(from);
    if (high == 0 && low >>> Integer.SIZE == 0) {
      // An address of ::/96 may stand for an IPv4 address, which then lies elsewhere.
      UnsafeRow row = row();
      int key = shared.keys.dstColumn();
      high = word(row, key, 0);
      low = word(row, key, 1);
      if (!range.holds(row.isNullAt(key) ? null : row.getBinary(key))) {
        return outOfOrder();
      }
    }
    return moveTo(high, low, sourceHigh, sourceLow);
  }

  @Override
  boolean addTo(PackedGroups to) {
    counters.sum(from, next, shared.sums);
    if (shared.last.add(keys, from, to, shared.sums)) {
      return true;
    }
    UnsafeRow row = row();
    if (!isKey(row, shared.keys.dstColumn(), dstHigh, dstLow)
        || source != null && !isKey(row, shared.keys.srcColumn(), srcHigh, srcLow)) {
      return outOfOrder();
    }
    for (int i = 0; i < shared.sums.length; i++) {
      row.setLong(i, shared.sums[i]);
    }
    int before = to.size();
    boolean added = to.add(row);
    shared.last.note(keys, from, to, before);
    return added;
  }

  private static boolean isKey(UnsafeRow row, int column, long high, long low) {
    return word(row, column, 0) == high && word(row, column, 1) == low;
  }

  /** The row of the current run with zeros for counters, overwritten by the next. */
  private UnsafeRow row() {
    return shared.made.apply(stored.at(from));
  }

  /** Goes to the first flow of the next run; false where there is none. */
  private boolean findNext() {
    while (true) {
      while (next < rows && !passes[next]) {
        next++;
      }
      if (next < rows) {
        return true;
      }
      if (nextGroup == groups.length) {
        return false;
      }
      try {
        load(groups[nextGroup++]);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void load(int group) throws IOException {
    next = 0;
    rows = file.rows(group);
    if (changed.length < rows) {
      changed = new boolean[rows];
      passes = new boolean[rows];
    }
    Arrays.fill(changed, 0, rows, false);
    file.read(group, tested);
    tested.forEach(column -> column.markChanges(changed));
    if (!test()) {
      rows = 0;
      return;
    }
    file.read(group, others);
    shown.forEach(column -> column.markChanges(changed));
  }

  /** Whether some flows are in the range and pass the filter. */
  private boolean test() {
    // In a file that is in order all others lie between these; one that is not is noticed later.
    boolean isInside = rows > 0 && isInRange(0) && isInRange(rows - 1);
    if (isInside && shared.filter == null) {
      Arrays.fill(passes, 0, rows, true);
      return true;
    }
    boolean some = false;
    boolean passed = false;
    for (int row = 0; row < rows; row++) {
      if (row == 0 || changed[row]) {
        passed =
            (isInside || isInRange(row))
                && (shared.filter == null || shared.filter.eval(stored.at(row)));
        some |= passed;
      }
      passes[row] = passed;
    }
    return some;
  }

  private boolean isInRange(int row) {
    return destination.isAbsent(row)
        ? range.holds(null)
        : range.holds(destination.high(row), destination.low(row));
  }
}
