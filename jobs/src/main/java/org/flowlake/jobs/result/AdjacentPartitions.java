package org.flowlake.jobs.result;

import java.io.Serializable;
import org.apache.spark.Partition;
import org.apache.spark.rdd.PartitionCoalescer;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import scala.Option;

/**
 * Joins partitions that follow one another, so that a sorted table stays sorted in fewer files.
 * Spark's own way takes a partition first that lies near, where the others lie nowhere in
 * particular: on a cluster rows would change their order.
 */
final class AdjacentPartitions implements PartitionCoalescer, Serializable {
  private static final long serialVersionUID = 1L;

  private AdjacentPartitions() {}

  /**
   * The same rows in the same order.
   *
   * @param most partitions
   */
  static Dataset<Row> of(Dataset<Row> rows, int most) {
    return ((SparkSession) rows.sparkSession())
        .internalCreateDataFrame(
            joined(rows.queryExecution().toRdd(), most), rows.schema(), rows.isStreaming());
  }

  static <T> RDD<T> joined(RDD<T> rows, int most) {
    return rows.coalesce(most, false, Option.apply(new AdjacentPartitions()), null);
  }

  @Override
  public PartitionGroup[] coalesce(int most, RDD<?> parent) {
    Partition[] partitions = parent.partitions();
    PartitionGroup[] groups = new PartitionGroup[Math.min(most, partitions.length)];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = new PartitionGroup(Option.empty());
      int from = (int) ((long) i * partitions.length / groups.length);
      int to = (int) ((i + 1L) * partitions.length / groups.length);
      for (int at = from; at < to; at++) {
        groups[i].partitions().addOne(partitions[at]);
      }
    }
    return groups;
  }
}
