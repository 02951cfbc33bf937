package org.flowlake.jobs.scan;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.parquet.AddressColumn;
import org.flowlake.converters.parquet.NumberColumn;
import org.flowlake.converters.parquet.RowGroupReader;
import org.flowlake.converters.parquet.StoredColumn;
import org.flowlake.jobs.groups.PackedGroups;
import org.flowlake.jobs.groups.RunPacker;
import org.flowlake.jobs.question.FlowCounters;
import org.flowlake.jobs.rows.CounterColumns;
import org.flowlake.jobs.rows.TotalCounters;

/**
 * Flows that are first seen after all groups that are shown: some belong to these groups, all are
 * in the totals. So the counters of whole row groups are summed, whatever groups they are of, and
 * only flows at places of the groups are looked at one by one. The order of a file does not matter.
 * Not for several threads.
 */
final class LateFlows {
  private final Configuration hadoop;
  private final FlowRuns.Shared shared;
  private final PackedGroups known;
  private final KnownPlaces places;

  /** What the filter is tested with. */
  private final List<StoredColumn> tested = new ArrayList<>();

  /** What is read of all flows that pass beside these. */
  private final List<StoredColumn> summed;

  /** Both. */
  private final List<StoredColumn> testedAndSummed;

  /** What is read too where flows may be of known groups. */
  private final List<StoredColumn> shown;

  private final StoredRow stored;
  private final StoredCounters amounts;
  private final NumberColumn lastSeen;
  private final RunPacker packer;
  private boolean[] changed = {};
  private boolean[] passes = {};
  private int[] found = {};
  private final long[] sums = new long[CounterColumns.COUNT];
  private final TotalCounters totals = new TotalCounters();

  /** Microseconds since 1970-01-01 UTC; the least number where no flow passed. */
  private long last = Long.MIN_VALUE;

  /**
   * What some of the flows are.
   *
   * @param groups these that were known, in their order, each with the counters of its flows here
   *     alone, and the first and last seen of all
   * @param totals of which first seen is not later than it is, but later than that of the groups
   */
  record Sums(List<UnsafeRow> groups, FlowCounters totals) implements Serializable {}

  private LateFlows(
      RunPlan plan, MergedFiles.Keys keys, List<UnsafeRow> groups, Configuration hadoop) {
    this.hadoop = hadoop;
    shared = new FlowRuns.Shared(plan, keys);
    Map<String, StoredColumn> columns = new LinkedHashMap<>();
    plan.tested().forEach(column -> columns.put(column.name(), RunPlan.stored(column)));
    tested.addAll(columns.values());
    stored = new StoredRow(tested);
    AddressColumn destination = (AddressColumn) columns.get(FlowField.DST_ADDR.column());
    AddressColumn source =
        keys.srcColumn() < 0
            ? null
            : (AddressColumn)
                columns.computeIfAbsent(FlowField.SRC_ADDR.column(), AddressColumn::new);
    amounts = new StoredCounters(StoredCounters.Kind.AMOUNTS, columns);
    testedAndSummed = List.copyOf(columns.values());
    summed = new ArrayList<>(testedAndSummed);
    summed.removeAll(tested);
    lastSeen =
        (NumberColumn) columns.computeIfAbsent(FlowField.LAST_SEEN.column(), NumberColumn::ofTimes);
    plan.shown()
        .forEach(column -> columns.computeIfAbsent(column.name(), name -> RunPlan.stored(column)));
    shown = new ArrayList<>(columns.values());
    shown.removeAll(testedAndSummed);
    places = new KnownPlaces(groups, keys, destination, source);
    packer = plan.packer(keys, columns).orElseThrow();
    known = new PackedGroups(keys.layout(), Integer.MAX_VALUE);
    for (UnsafeRow group : groups) {
      UnsafeRow uncounted = group.copy();
      for (int counter = 0; counter < CounterColumns.FIRST; counter++) {
        uncounted.setLong(counter, 0);
      }
      known.add(uncounted);
    }
  }

  /**
   * Sums flows.
   *
   * @param files whose flows are all first seen after the groups were
   * @param plan that {@link RunPlan#isPacked}
   * @param groups that are known
   */
  static Sums of(
      List<FileGroups> files,
      RunPlan plan,
      MergedFiles.Keys keys,
      List<UnsafeRow> groups,
      Configuration hadoop)
      throws IOException {
    LateFlows flows = new LateFlows(plan, keys, groups, hadoop);
    List<FileGroups> lastFirst = new ArrayList<>(files);
    // Once the end of the last one is known, that of the others need not be read.
    lastFirst.sort(Comparator.comparingLong(FileGroups::latest).reversed());
    for (FileGroups file : lastFirst) {
      flows.add(file);
    }
    return flows.sums();
  }

  private Sums sums() {
    return new Sums(known.rows(), totals.toCounters());
  }

  private void add(FileGroups file) throws IOException {
    try (RowGroupReader reader = RowGroupReader.open(file.path(), hadoop)) {
      for (StoredGroup group : file.groups()) {
        add(reader, group);
      }
    }
  }

  private void add(RowGroupReader file, StoredGroup group) throws IOException {
    int rows = file.rows(group.index());
    if (changed.length < rows) {
      changed = new boolean[rows];
      passes = new boolean[rows];
    }
    int end = group.passes() ? readAll(file, group) : readPassing(file, group);
    int count = findKnown(end);
    boolean mayBeLast = group.latest() > last;
    if (count > 0) {
      file.read(group.index(), shown, end);
    } else if (mayBeLast && shown.contains(lastSeen)) {
      file.read(group.index(), List.of(lastSeen), end);
    }
    for (int row = 0; row < end; row++) {
      if (passes[row]) {
        int first = row;
        while (row < end && passes[row]) {
          row++;
        }
        sum(first, row, group.earliest(), mayBeLast);
      }
    }
    addToKnown(count, group.earliest());
  }

  private int readAll(RowGroupReader file, StoredGroup group) throws IOException {
    file.read(group.index(), testedAndSummed);
    int rows = file.rows(group.index());
    Arrays.fill(passes, 0, rows, true);
    return rows;
  }

  /** Gives the row after the last one that passes, 0 for none. */
  private int readPassing(RowGroupReader file, StoredGroup group) throws IOException {
    file.read(group.index(), tested);
    int rows = file.rows(group.index());
    Arrays.fill(changed, 0, rows, false);
    Arrays.fill(passes, 0, rows, false);
    tested.forEach(column -> column.markChanges(changed));
    int end = shared.test(false, stored, changed, 0, rows, passes);
    if (end > 0) {
      file.read(group.index(), summed, end);
    }
    return end;
  }

  private int findKnown(int end) {
    if (found.length < end) {
      found = new int[end];
    }
    int count = 0;
    for (int row = 0; row < end; row++) {
      if (passes[row] && places.have(row)) {
        found[count++] = row;
      }
    }
    return count;
  }

  private void sum(int from, int to, long earliest, boolean mayBeLast) {
    amounts.sum(from, to, sums);
    sums[CounterColumns.FIRST] = earliest;
    sums[CounterColumns.LAST] = 0;
    if (mayBeLast) {
      sums[CounterColumns.LAST] = lastSeen.greatest(from, to);
      last = Math.max(last, sums[CounterColumns.LAST]);
    }
    totals.add(sums);
  }

  private void addToKnown(int count, long earliest) {
    for (int i = 0; i < count; i++) {
      int row = found[i];
      amounts.sum(row, row + 1, sums);
      sums[CounterColumns.FIRST] = earliest;
      sums[CounterColumns.LAST] = lastSeen.value(row);
      known.addToKnown(packer, row, sums);
    }
  }
}
