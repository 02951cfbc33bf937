package org.flowlake.jobs;

import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.shiftleft;
import static org.apache.spark.sql.functions.spark_partition_id;

import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.jobs.filter.FlowFilter;

/**
 * Counts the flows of raw files in their order, which is that of the scan's partitions: one pass
 * counts each partition, without decoding a field, and the answer's own pass adds the flows before.
 */
final class RunningNumbers {
  /** Spark puts the partition's number above these bits of an increasing id. */
  private static final int PARTITION_SHIFT = 33;

  private RunningNumbers() {}

  static Dataset<Row> add(Dataset<Row> flows) {
    TreeMap<Integer, Long> counts = new TreeMap<>();
    flows
        .groupBy(spark_partition_id().as("partition"))
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.getInt(0), row.getLong(1)));
    long[] before = new long[counts.isEmpty() ? 1 : counts.lastKey() + 1];
    for (int i = 1; i < before.length; i++) {
      before[i] = before[i - 1] + counts.getOrDefault(i - 1, 0L);
    }
    Column partition = spark_partition_id();
    Column inPartition =
        monotonically_increasing_id().minus(shiftleft(partition.cast("long"), PARTITION_SHIFT));
    return flows.withColumn(
        FlowFilter.RUNNING_NUMBER,
        element_at(lit(before), partition.plus(1)).plus(inPartition).plus(1L));
  }
}
