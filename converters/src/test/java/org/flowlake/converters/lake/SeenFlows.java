package org.flowlake.converters.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.converters.rollup.Rollup;
import org.flowlake.converters.rollup.RollupPeriod;
import org.flowlake.converters.rollup.RollupSnapshot;
import org.flowlake.converters.rollup.RollupTable;

/** What a reader has seen of flows, or of rows that sum them, by protocol. */
record SeenFlows(Map<String, NfdumpTotals> byProtocol) {
  private static final Column PACKETS = sum(coalesce(col("in_packets"), lit(0L)));
  private static final Column BYTES = sum(coalesce(col("in_bytes"), lit(0L)));

  static SeenFlows of(Dataset<Row> flows) {
    return of(flows.groupBy("proto").agg(count(lit(1)), PACKETS, BYTES).collectAsList());
  }

  private static SeenFlows of(List<Row> rows) {
    Map<String, NfdumpTotals> totals = new TreeMap<>();
    for (Row row : rows) {
      totals.put(
          String.valueOf(row.get(0)),
          new NfdumpTotals(row.getLong(1), row.getLong(2), row.getLong(3)));
    }
    return new SeenFlows(totals);
  }

  NfdumpTotals all() {
    return byProtocol.values().stream().reduce(NfdumpTotals.NONE, NfdumpTotals::plus);
  }

  /** Every rollup that stands for the flows has their totals; all of them keep protocols apart. */
  void assertThatRollupsSayTheSame(FlowLake lake, RollupSnapshot state) {
    Map<String, List<Row>> stored = new TreeMap<>();
    for (Row row :
        lake.storedRollups(state)
            .groupBy("proto", RollupTable.ROLLUP)
            .agg(sum(RollupTable.RECORDS).as("n"), PACKETS.as("p"), BYTES.as("b"))
            .select("proto", "n", "p", "b", RollupTable.ROLLUP)
            .collectAsList()) {
      stored.computeIfAbsent(row.getString(4), name -> new ArrayList<>()).add(row);
    }
    for (Rollup rollup : state.complete()) {
      for (RollupPeriod period : RollupPeriod.values()) {
        String name = RollupTable.name(rollup, period);
        assertThat(of(stored.getOrDefault(name, List.of()))).as(name).isEqualTo(this);
      }
    }
  }
}
