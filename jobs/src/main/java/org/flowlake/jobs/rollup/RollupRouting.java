package org.flowlake.jobs.rollup;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.lake.FlowLake;
import org.flowlake.converters.rollup.Rollup;
import org.flowlake.converters.rollup.RollupPeriod;
import org.flowlake.converters.rollup.RollupScan;
import org.flowlake.converters.rollup.RollupSnapshot;
import org.flowlake.converters.rollup.RollupTable;
import org.flowlake.jobs.filter.FlowFilter;
import org.flowlake.jobs.list.TimeWindow;
import org.flowlake.jobs.rows.CounterColumns;
import org.flowlake.jobs.rows.FlowColumns;
import org.flowlake.jobs.stat.ElementKind;
import org.flowlake.jobs.stat.TopNStatistic;

/**
 * Finds the smallest rollup that has all columns of a question, and gives its rows in the shape of
 * flows; what the window leaves over at its ends comes from the flows of the same snapshot.
 */
public final class RollupRouting {
  private static final String RECORDS = CounterColumns.names().get(CounterColumns.RECORDS);

  private final FlowLake lake;
  private final long flowsSnapshot;
  private final RollupSnapshot rollups;
  private final Optional<FlowFilter> filter;
  private final RollupCover cover;
  private final List<TopNStatistic> statistics;
  private final Map<FlowField, Rollup> chosen;

  private RollupRouting(
      FlowLake lake,
      long flowsSnapshot,
      RollupSnapshot rollups,
      Optional<FlowFilter> filter,
      RollupCover cover,
      List<TopNStatistic> statistics,
      Map<FlowField, Rollup> chosen) {
    this.lake = lake;
    this.flowsSnapshot = flowsSnapshot;
    this.rollups = rollups;
    this.filter = filter;
    this.cover = cover;
    this.statistics = statistics;
    this.chosen = chosen;
  }

  /** Empty where the flows themselves have to be asked. */
  public static Optional<RollupRouting> of(
      FlowLake lake,
      List<TopNStatistic> statistics,
      Optional<FlowFilter> filter,
      Optional<TimeWindow> window) {
    Optional<Set<FlowField>> filtered =
        filter.isEmpty() ? Optional.of(Set.of()) : filter.get().storedFields();
    Optional<RollupCover> cover = RollupCover.of(window);
    OptionalLong flowsSnapshot = lake.flowsSnapshot();
    if (filtered.isEmpty() || cover.isEmpty() || flowsSnapshot.isEmpty()) {
      return Optional.empty();
    }
    long snapshot = flowsSnapshot.getAsLong();
    return lake.rollupsOf(snapshot)
        .flatMap(
            rollups ->
                chosen(rollups, statistics, filtered.get())
                    .map(
                        chosen ->
                            new RollupRouting(
                                lake, snapshot, rollups, filter, cover.get(), statistics, chosen)));
  }

  /** For each field that is counted the rollup that answers; empty if one has none. */
  private static Optional<Map<FlowField, Rollup>> chosen(
      RollupSnapshot rollups, List<TopNStatistic> statistics, Set<FlowField> filtered) {
    Map<FlowField, Rollup> chosen = new EnumMap<>(FlowField.class);
    for (TopNStatistic statistic : statistics) {
      ElementKind kind = statistic.element().kind();
      if (kind != ElementKind.ADDRESS && kind != ElementKind.NUMBER) {
        return Optional.empty();
      }
      for (FlowField field : statistic.element().fields()) {
        Set<FlowField> needed = EnumSet.of(field, FlowField.PROTO);
        needed.addAll(filtered);
        Optional<Rollup> rollup = smallest(rollups, needed);
        if (rollup.isEmpty()) {
          return Optional.empty();
        }
        chosen.put(field, rollup.get());
      }
    }
    return Optional.of(chosen);
  }

  /** They are declared in the order of their size. */
  private static Optional<Rollup> smallest(RollupSnapshot rollups, Set<FlowField> needed) {
    for (Rollup rollup : Rollup.values()) {
      if (rollups.complete().contains(rollup) && rollup.keys().containsAll(needed)) {
        return Optional.of(rollup);
      }
    }
    return Optional.empty();
  }

  /** The rollups that answer. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    chosen.values().forEach(rollup -> names.add(rollup.word()));
    return names;
  }

  /** Rows that stand for the flows that the statistics count, for each field that is counted. */
  public Map<FlowField, Dataset<Row>> sides() {
    Map<FlowField, Dataset<Row>> sides = new EnumMap<>(FlowField.class);
    chosen.forEach((field, rollup) -> sides.put(field, rows(rollup)));
    return sides;
  }

  /**
   * The groups of the statistics, summed in this JVM, in parts for as many threads; empty where
   * that is too much for its memory, or where flows have a part in them.
   *
   * @param entries rows per table; 0 for all
   */
  public Optional<List<Iterator<InternalRow>>> groups(int entries) {
    if (cover.flows().isPresent()) {
      return Optional.empty();
    }
    Map<FlowField, List<SummedEntries.Files>> sides = new EnumMap<>(FlowField.class);
    for (Map.Entry<FlowField, Rollup> side : chosen.entrySet()) {
      List<SummedEntries.Files> files = new ArrayList<>();
      boolean all =
          add(files, side.getValue(), RollupPeriod.YEAR, cover.years())
              && add(files, side.getValue(), RollupPeriod.DAY, cover.days());
      if (!all) {
        return Optional.empty();
      }
      sides.put(side.getKey(), files);
    }
    SummedEntries summed = new SummedEntries(sides, filter, lake.readers());
    return summed.fit(statistics, entries)
        ? Optional.of(summed.groups(statistics))
        : Optional.empty();
  }

  /** Adds the files of a period; false if they cannot be read in this JVM. */
  private boolean add(
      List<SummedEntries.Files> files,
      Rollup rollup,
      RollupPeriod period,
      Optional<PeriodRows> rows) {
    if (rows.isEmpty()) {
      return true;
    }
    // Flows that end before a day also begin before it.
    Optional<RollupScan> scan =
        lake.rollupScan(rollups, rollup, period, rows.get().fromDay(), rows.get().endDay());
    scan.ifPresent(found -> files.add(new SummedEntries.Files(found, rows.get())));
    return scan.isPresent();
  }

  private Dataset<Row> rows(Rollup rollup) {
    Column wanted = lit(false);
    if (cover.years().isPresent()) {
      wanted = wanted.or(isOf(rollup, RollupPeriod.YEAR).and(cover.years().get().condition()));
    }
    if (cover.days().isPresent()) {
      wanted = wanted.or(isOf(rollup, RollupPeriod.DAY).and(cover.days().get().condition()));
    }
    Dataset<Row> summed = RollupTable.asFlows(lake.storedRollups(rollups).filter(wanted));
    Dataset<Row> rows =
        matching(summed).select(columns(rollup, new FlowColumns(summed.schema()), true));
    if (cover.flows().isEmpty()) {
      return rows;
    }
    Dataset<Row> flows = lake.flows(flowsSnapshot).filter(cover.flows().get());
    return rows.union(
        matching(flows).select(columns(rollup, new FlowColumns(flows.schema()), false)));
  }

  private static Column isOf(Rollup rollup, RollupPeriod period) {
    return col(RollupTable.ROLLUP).equalTo(RollupTable.name(rollup, period));
  }

  private Dataset<Row> matching(Dataset<Row> rows) {
    return filter.isEmpty() ? rows : rows.filter(filter.get().column(rows.schema()));
  }

  private static Column[] columns(Rollup rollup, FlowColumns present, boolean summed) {
    List<FlowField> fields = new ArrayList<>(rollup.keys());
    fields.addAll(RollupTable.VALUES);
    fields.add(FlowField.FIRST_SEEN);
    fields.add(FlowField.LAST_SEEN);
    List<Column> columns = new ArrayList<>();
    columns.add((summed ? col(RollupTable.RECORDS) : lit(1L)).as(RECORDS));
    fields.forEach(field -> columns.add(present.of(field).as(field.column())));
    return columns.toArray(Column[]::new);
  }
}
