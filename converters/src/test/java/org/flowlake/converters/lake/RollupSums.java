package org.flowlake.converters.lake;

import static org.apache.spark.sql.functions.bit_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.rollup.Rollup;
import org.flowlake.converters.rollup.RollupPeriod;
import org.flowlake.converters.rollup.RollupTable;

/** Rows of rollups beside Spark's own sums over the flows. */
final class RollupSums {
  private RollupSums() {}

  static void assertThatRowsAreSums(FlowLake lake, Set<Rollup> rollups) {
    for (Rollup rollup : rollups) {
      for (RollupPeriod period : RollupPeriod.values()) {
        Dataset<Row> rows =
            lake.rollups().filter(col("rollup").equalTo(RollupTable.name(rollup, period)));
        assertThat(ofRollup(rows, rollup))
            .as("%s per %s", rollup, period)
            .isEqualTo(ofFlows(lake.flows(), rollup, period));
      }
    }
  }

  private static List<String> ofFlows(Dataset<Row> flows, Rollup rollup, RollupPeriod period) {
    Column first = date_trunc(period.name(), col("first_seen"));
    List<Column> keys = new ArrayList<>();
    keys.add(first.cast("date").as("date"));
    rollup.keys().forEach(field -> keys.add(col(field.column())));
    keys.add(date_trunc(period.name(), col("last_seen")).as("last_period"));
    keys.add(first.equalTo(col("first_seen")).as("at_start"));
    return lines(
        flows
            .groupBy(keys.toArray(Column[]::new))
            .agg(
                count(lit(1)),
                sum(coalesce(nullif(counter(flows, FlowField.FLOWS), lit(0L)), lit(1L))),
                sum(counter(flows, FlowField.IN_PACKETS)),
                sum(counter(flows, FlowField.IN_BYTES)),
                sum(counter(flows, FlowField.OUT_PACKETS)),
                sum(counter(flows, FlowField.OUT_BYTES)),
                min("first_seen"),
                max("last_seen"),
                bit_or(col("tcp_flags")))
            .drop("last_period", "at_start"));
  }

  private static List<String> lines(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(RollupSums::line).sorted().toList();
  }

  private static String line(Row row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      Object value = row.get(i);
      line.append(value instanceof byte[] bytes ? Arrays.toString(bytes) : value).append(' ');
    }
    return line.toString();
  }

  private static Column counter(Dataset<Row> flows, FlowField field) {
    return Arrays.asList(flows.columns()).contains(field.column())
        ? coalesce(col(field.column()), lit(0L))
        : lit(0L);
  }

  private static List<String> ofRollup(Dataset<Row> rows, Rollup rollup) {
    // Batches add rows of their own: only the readers' sum is the sum.
    List<Column> keys = new ArrayList<>();
    keys.add(col("date"));
    rollup.keys().forEach(field -> keys.add(col(field.column())));
    String period = rows.isEmpty() ? "day" : rows.head().<String>getAs("rollup");
    period = period.substring(period.lastIndexOf('_') + 1);
    keys.add(date_trunc(period, col("last_seen")).as("last_period"));
    keys.add(date_trunc(period, col("first_seen")).equalTo(col("first_seen")).as("at_start"));
    return lines(
        rows.groupBy(keys.toArray(Column[]::new))
            .agg(
                sum("records"),
                sum("flows"),
                sum("in_packets"),
                sum("in_bytes"),
                sum("out_packets"),
                sum("out_bytes"),
                min("first_seen"),
                max("last_seen"),
                bit_or(col("tcp_flags")))
            .drop("last_period", "at_start"));
  }
}
