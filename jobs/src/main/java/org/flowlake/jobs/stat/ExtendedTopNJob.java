package org.flowlake.jobs.stat;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.flowlake.jobs.extra.Binning;
import org.flowlake.jobs.extra.DistinctCount;
import org.flowlake.jobs.extra.GroupExtras;
import org.flowlake.jobs.question.FlowCounters;
import org.flowlake.jobs.question.Measure;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.rows.CounterColumns;
import org.flowlake.jobs.rows.ExtraColumn;
import org.flowlake.jobs.rows.FlowColumns;
import org.flowlake.jobs.rows.TopRows;

/**
 * Statistics with what nfdump lacks: a table per bin of time, orders by the number of distinct
 * values, and tests on the entries. The entries are those of {@link TopNJob}; they wait on the
 * executors' disks, since the totals and every table are made of them, and Spark ranks them.
 */
public final class ExtendedTopNJob {
  private final List<TopNStatistic> statistics;
  private final GroupExtras extras;
  private final TopNJob plain;

  /**
   * At least one statistic.
   *
   * @param extras their measures are left out: those of statistics follow from their orders
   */
  public ExtendedTopNJob(List<TopNStatistic> statistics, GroupExtras extras) {
    this.statistics = List.copyOf(statistics);
    this.plain = new TopNJob(statistics, Optional.empty());
    Set<DistinctCount> counts = new LinkedHashSet<>();
    for (TopNStatistic statistic : statistics) {
      statistic.orders().forEach(order -> count(order, extras).ifPresent(counts::add));
    }
    this.extras = extras.withMeasures(List.copyOf(counts));
  }

  /** Whether a statistic is ranked by more than the counters of its entries. */
  public static boolean isAsked(List<TopNStatistic> statistics) {
    return statistics.stream()
        .flatMap(statistic -> statistic.orders().stream())
        .anyMatch(order -> order.measure() == Measure.EXTRA);
  }

  private static Optional<DistinctCount> count(RankOrder order, GroupExtras extras) {
    return order.measure() == Measure.EXTRA
        ? Optional.of(new DistinctCount(DistinctCount.Values.of(order.name()), extras.counting()))
        : Optional.empty();
  }

  /** One row per statistic, entry and bin: the counters, the key, the extras. */
  public Dataset<Row> groups(Dataset<Row> flows) {
    Dataset<Row> binned = extras.binned(flows);
    FlowColumns columns = new FlowColumns(binned.schema());
    List<Column> more = new ArrayList<>();
    extras.binning().ifPresent(bins -> more.add(col(Binning.COLUMN.rowName())));
    extras.measures().forEach(count -> more.add(count.input(columns).as(count.column().rowName())));
    Dataset<Row> entries = plain.perEntry(plain.entryRows(binned, more));

    List<String> keys = new ArrayList<>(TopNJob.KEY_NAMES);
    extras.binning().ifPresent(bins -> keys.add(Binning.COLUMN.rowName()));
    List<Column> results = new ArrayList<>(CounterColumns.ofGroups());
    extras
        .measures()
        .forEach(
            count -> {
              String name = count.column().rowName();
              // Values are counted for the statistics that are ranked by them only.
              Column counted = when(isCounting(count.column().name()), col(name));
              results.add(count.result(counted).as(name));
            });
    List<String> names = new ArrayList<>(CounterColumns.names());
    names.addAll(TopNJob.KEY_NAMES);
    extras.columns().forEach(extra -> names.add(extra.rowName()));
    return entries
        .groupBy(columns(keys))
        .agg(results.get(0), results.subList(1, results.size()).toArray(Column[]::new))
        .select(columns(names));
  }

  private Column isCounting(String name) {
    List<Object> indices = new ArrayList<>();
    for (int i = 0; i < statistics.size(); i++) {
      if (statistics.get(i).orders().stream().anyMatch(order -> order.name().equals(name))) {
        indices.add(i);
      }
    }
    return col(TopNJob.KEY_NAMES.get(0)).isin(indices.toArray());
  }

  private static Column[] columns(List<String> names) {
    return names.stream().map(name -> col(name)).toArray(Column[]::new);
  }

  /**
   * Runs the statistics.
   *
   * @param groups of {@link #groups}
   * @param executed rows whose plan has the scan of the flows
   * @param limit rows per table, and per bin where there are bins; 0 for all
   */
  public StatAnswer run(Dataset<Row> groups, Dataset<Row> executed, int limit) {
    Dataset<Row> kept = groups.persist(StorageLevel.DISK_ONLY());
    FlowCounters totals =
        TopRows.totals(kept, row -> row.getInt(TopNJob.STATISTIC) == 0)
            .dividedBy(statistics.get(0).element().fields().size());
    List<StatTable> tables = new ArrayList<>();
    for (int i = 0; i < statistics.size(); i++) {
      Dataset<Row> entries = kept.filter(plain.isEntryOf(i));
      for (RankOrder order : statistics.get(i).orders()) {
        List<ExtraColumn> shown = new ArrayList<>();
        List<Integer> ordinals = new ArrayList<>();
        for (int extra = 0; extra < extras.columns().size(); extra++) {
          ExtraColumn column = extras.columns().get(extra);
          if (column.equals(Binning.COLUMN) || column.name().equals(order.name())) {
            shown.add(column);
            ordinals.add(TopNJob.PROTO + 1 + extra);
          }
        }
        Dataset<Row> rows = extras.arranged(entries, Optional.of(order), TopNJob.KEY_NAMES, limit);
        tables.add(
            new StatTable(
                statistics.get(i),
                order,
                new StatTable.Extras(shown, ordinals),
                new RankedRows.Sorted(rows, totals)));
      }
    }
    return new StatAnswer(List.of(), tables, limit, totals, Optional.of(executed), kept::unpersist);
  }
}
