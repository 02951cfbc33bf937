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
import org.flowlake.jobs.groups.RunPacker;
import org.flowlake.jobs.rows.CounterColumns;

/**
 * The runs of flows of one file that pass a filter, in file order, see {@link RunPlan}. A run has a
 * row only where it makes a group.
 */
final class FlowRuns extends SortedStream {
  private final RowGroupReader file;
  private final List<StoredGroup> groups;
  private final PlaceRange range;
  private final Shared shared;
  private final AddressColumn destination;

  /** Null where flows are only taken by destination. */
  private final AddressColumn source;

  /** Whether flows of one destination may lie inside and outside the range. */
  private final boolean parted;

  private final List<StoredColumn> tested = new ArrayList<>();

  /** What range and filter are tested with. */
  private final List<StoredColumn> early;

  private final List<StoredColumn> late = new ArrayList<>();
  private final List<StoredColumn> shown = new ArrayList<>();

  /** What filter and rows are made from. */
  private final List<StoredColumn> keys = new ArrayList<>();

  private final StoredCounters counters;
  private final StoredRow stored;

  /** Null where a column of the groups is computed for most flows. */
  private final RunPacker packer;

  /** Whether a flow is of another run than the one before it. */
  private boolean[] changed = {};

  private boolean[] passes = {};
  private final SummedRuns summed;
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
    private final boolean isOneGroupPerPlace;

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
      isOneGroupPerPlace = plan.isOneGroup(keys.dstColumn());
    }

    /**
     * Tests the flows of some rows; gives the row after the last one that passes, 0 for none.
     *
     * @param allPass whether there is nothing to test
     * @param changed whether a flow differs from the one before it in a column of the filter
     * @param passes is set for each flow that passes
     */
    int test(
        boolean allPass, StoredRow stored, boolean[] changed, int from, int to, boolean[] passes) {
      if (allPass || filter == null) {
        Arrays.fill(passes, from, to, true);
        return from < to ? to : 0;
      }
      int end = 0;
      int row = from;
      while (row < to) {
        int first = row++;
        while (row < to && !changed[row]) {
          row++;
        }
        if (filter.eval(stored.at(first))) {
          Arrays.fill(passes, first, row, true);
          end = row;
        }
      }
      return end;
    }
  }

  /**
   * Stands before the first run.
   *
   * @param groups the row groups to read, ascending
   * @param range of places; other flows do not pass
   */
  FlowRuns(RowGroupReader file, List<StoredGroup> groups, PlaceRange range, Shared shared) {
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
    counters = new StoredCounters(shared.plan.counted(), columns);
    summed = new SummedRuns(destination, source, counters);
    parted = range.partsDestinations();
    early = new ArrayList<>(tested);
    if (parted && !early.contains(source)) {
      early.add(source);
    }
    late.addAll(columns.values());
    late.removeAll(early);
    stored = new StoredRow(keys);
    packer = shared.plan.packer(shared.keys, columns).orElse(null);
  }

  @Override
  boolean advance() {
    if (!findNext()) {
      return false;
    }
    boolean known = !summed.isEmpty();
    long high = known ? summed.place(0) : destination.high(from);
    long low = known ? summed.place(1) : destination.low(from);
    long sourceHigh = known ? summed.place(2) : source == null ? 0 : source.high(from);
    long sourceLow = known ? summed.place(3) : source == null ? 0 : source.low(from);
    if (Place.isEmbedded(high, low) && !isPacked()) {
      UnsafeRow row = row();
      int key = shared.keys.dstColumn();
      high = word(row, key, 0);
      low = word(row, key, 1);
      if (!range.holds(new Place(high, low, sourceHigh, sourceLow))) {
        return outOfOrder();
      }
    }
    return moveTo(high, low, sourceHigh, sourceLow);
  }

  @Override
  boolean addTo(PackedGroups to) {
    sum();
    // Absent addresses lie where :: does, and are another group.
    if (shared.isOneGroupPerPlace && to.size() == 1 && (dstHigh != 0 || dstLow != 0)) {
      to.addCounters(0, shared.sums);
      return true;
    }
    if (isPacked()) {
      return to.add(packer, from, shared.sums);
    }
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

  /** The counters of the current flows, overwritten by the next ones of the task. */
  long[] counters() {
    sum();
    return shared.sums;
  }

  /** Whether the current flows make a group without a row of Spark's. */
  private boolean isPacked() {
    return packer != null && packer.packs(from);
  }

  private void sum() {
    if (summed.isEmpty()) {
      counters.sum(from, next, shared.sums);
    } else {
      summed.copyTo(shared.sums);
    }
  }

  private int endOfRun(int first) {
    int end = first + 1;
    while (end < rows && !changed[end]) {
      end++;
    }
    return end;
  }

  private static boolean isKey(UnsafeRow row, int column, long high, long low) {
    return word(row, column, 0) == high && word(row, column, 1) == low;
  }

  /** The row of the current run with zeros for counters, overwritten by the next. */
  private UnsafeRow row() {
    return shared.made.apply(stored.at(from));
  }

  /** Goes to the next run; false where there is none. */
  private boolean findNext() {
    while (!findNextLoaded()) {
      if (nextGroup == groups.size()) {
        return false;
      }
      try {
        if (!load(groups.get(nextGroup++))) {
          return outOfOrder();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return true;
  }

  /** The same in the row group that was read last. */
  private boolean findNextLoaded() {
    if (!summed.isEmpty()) {
      if (summed.advance()) {
        from = summed.from();
        next = summed.to();
        return true;
      }
      return false;
    }
    while (next < rows && !passes[next]) {
      next++;
    }
    if (next == rows) {
      return false;
    }
    from = next;
    next = endOfRun(from);
    return true;
  }

  /** Takes the flows of a row group; false where some are not where it should have them. */
  private boolean load(StoredGroup group) throws IOException {
    next = 0;
    summed.clear();
    rows = file.rows(group.index());
    if (changed.length < rows) {
      changed = new boolean[rows];
      passes = new boolean[rows];
    }
    Arrays.fill(changed, 0, rows, false);
    Arrays.fill(passes, 0, rows, false);
    file.read(group.index(), early);
    if (rows == 0) {
      return true;
    }
    // What lies elsewhere between these will be noticed when its turn comes.
    StoredGroup told = parted ? group : group.ofDestinations();
    if (!told.holds(placeOf(0)) || !told.holds(placeOf(rows - 1))) {
      return false;
    }
    int inside = 0;
    int outside = rows;
    if (!isInRange(0) || !isInRange(rows - 1)) {
      if (!isAscending()) {
        return false;
      }
      inside = firstFrom(range.from());
      outside = range.below() == null ? rows : firstFrom(range.below());
    }
    tested.forEach(column -> column.markChanges(changed));
    rows = shared.test(group.passes(), stored, changed, inside, outside, passes);
    if (rows > 0) {
      file.read(group.index(), late, rows);
      shown.forEach(column -> column.markChanges(changed));
    }
    sumRuns();
    return true;
  }

  /** While the columns are in the processor's cache, where runs are long enough to pay for it. */
  private void sumRuns() {
    int runs = 0;
    for (int row = 0; row < rows; row++) {
      runs += passes[row] && (row == 0 || changed[row] || !passes[row - 1]) ? 1 : 0;
    }
    if (runs * (long) SummedRuns.LEAST_FLOWS > rows) {
      return;
    }
    summed.begin();
    int row = 0;
    while (row < rows) {
      if (passes[row]) {
        int end = endOfRun(row);
        summed.add(row, end);
        row = end;
      } else {
        row++;
      }
    }
  }

  private boolean isInRange(int row) {
    return range.holds(placeOf(row));
  }

  /** The place of a flow; its lowest one where ranges do not part destinations. */
  private Place placeOf(int row) {
    return new Place(
        destination.high(row),
        destination.low(row),
        parted ? source.high(row) : 0,
        parted ? source.low(row) : 0);
  }

  private boolean isAscending() {
    for (int row = 1; row < rows; row++) {
      int order =
          compare(
              destination.high(row - 1),
              destination.low(row - 1),
              destination.high(row),
              destination.low(row));
      boolean isBelow =
          order == 0
              && parted
              && compare(
                      source.high(row - 1), source.low(row - 1), source.high(row), source.low(row))
                  > 0;
      if (order > 0 || isBelow) {
        return false;
      }
    }
    return true;
  }

  /** The first flow that lies at a place or behind it, or the end. */
  private int firstFrom(Place place) {
    int low = 0;
    int high = rows;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (placeOf(middle).compareTo(place) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
