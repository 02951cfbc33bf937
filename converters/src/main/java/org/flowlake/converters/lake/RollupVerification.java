package org.flowlake.converters.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.rollup.Rollup;
import org.flowlake.converters.rollup.RollupPeriod;
import org.flowlake.converters.rollup.RollupSnapshot;
import org.flowlake.converters.rollup.RollupTable;

/**
 * Whether the rollups hold what the flows do: records, packets and bytes of each day, counted in
 * both. Of days whose flows were dropped for their age the number of flows was kept, and the sums
 * must not be of fewer.
 */
final class RollupVerification {
  private static final List<FlowField> COUNTERS =
      List.of(FlowField.IN_PACKETS, FlowField.IN_BYTES, FlowField.OUT_PACKETS, FlowField.OUT_BYTES);
  private static final String DATE = RollupTable.DATE;

  private final FlowLake lake;
  private final RemovedDays removed;

  RollupVerification(FlowLake lake, RemovedDays removed) {
    this.lake = lake;
    this.removed = removed;
  }

  /**
   * What was compared.
   *
   * @param days that the rollups hold
   * @param outliving days among them whose flows were dropped
   */
  record Outcome(int days, int outliving) {}

  /** Compares them where rollups are in use, and adds a sentence for each difference. */
  Outcome run(List<String> differences) {
    OptionalLong flows = lake.flowsSnapshot();
    Optional<RollupSnapshot> rollups =
        flows.isEmpty() ? Optional.empty() : lake.rollupsOf(flows.getAsLong());
    if (rollups.isEmpty() || !rollups.get().complete().contains(Rollup.PROTOCOL)) {
      return new Outcome(0, 0);
    }
    Map<String, List<Object>> summed = byDay(summed(rollups.get()));
    Map<String, List<Object>> counted = byDay(counted(flows.getAsLong()));
    String since = lake.flowsKeptSince().map(LocalDate::toString).orElse("");
    int outliving = 0;
    Set<String> days = new HashSet<>(summed.keySet());
    days.addAll(counted.keySet());
    Map<LocalDate, Long> dropped = removed.flows();
    for (String day : days.stream().sorted().toList()) {
      if (!day.isEmpty() && day.compareTo(since) < 0) {
        outliving++;
        long had = dropped.getOrDefault(LocalDate.parse(day), 0L);
        long has = summed.containsKey(day) ? (Long) summed.get(day).get(0) : 0;
        if (has < had) {
          differences.add(
              day + ": " + had + " flows were dropped, the rollups are of " + has + " flows");
        }
      } else if (!counted.getOrDefault(day, List.of()).equals(summed.get(day))) {
        differences.add(
            (day.isEmpty() ? "flows without time" : day)
                + ": flows, packets and bytes in and out are "
                + counted.get(day)
                + ", in the rollups "
                + summed.get(day));
      }
    }
    return new Outcome(days.size(), outliving);
  }

  private Dataset<Row> counted(long snapshot) {
    Dataset<Row> flows = lake.flows(snapshot);
    List<String> present = Arrays.asList(flows.columns());
    return flows
        .groupBy(to_date(col(FlowField.FIRST_SEEN.column())).as(DATE))
        .agg(count(lit(1)), sums(present));
  }

  private Dataset<Row> summed(RollupSnapshot rollups) {
    Dataset<Row> rows =
        lake.storedRollups(rollups)
            .filter(
                col(RollupTable.ROLLUP)
                    .equalTo(RollupTable.name(Rollup.PROTOCOL, RollupPeriod.DAY)));
    return rows.groupBy(col(DATE))
        .agg(sum(RollupTable.RECORDS), sums(Arrays.asList(rows.columns())));
  }

  /** A column that no converted file has carried yet is absent from the table. */
  private static Column[] sums(List<String> present) {
    return COUNTERS.stream()
        .map(FlowField::column)
        .map(
            name ->
                present.contains(name)
                    ? coalesce(sum(coalesce(col(name), lit(0L))), lit(0L))
                    : lit(0L))
        .toArray(Column[]::new);
  }

  /** The figures of each day; "" is for flows without time. */
  private static Map<String, List<Object>> byDay(Dataset<Row> days) {
    Map<String, List<Object>> figures = new TreeMap<>();
    for (Row day : days.collectAsList()) {
      List<Object> counters = new ArrayList<>();
      for (int i = 1; i < day.size(); i++) {
        counters.add(day.get(i));
      }
      figures.put(day.isNullAt(0) ? "" : day.getDate(0).toString(), counters);
    }
    return figures;
  }
}
