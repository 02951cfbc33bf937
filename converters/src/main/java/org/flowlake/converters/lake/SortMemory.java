package org.flowlake.converters.lake;

import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.flow.FlowField;

/** How many flows a task may hold for sorting. */
final class SortMemory {
  /** At about 25 bytes a flow this fills the lake's target file size. */
  private static final long MOST_FLOWS = 10_000_000;

  /** Part of the heap that all sorting tasks of a process may take together. */
  private static final double HEAP_SHARE = 0.4;

  private static final int SORT_INDEX_BYTES = 16;

  private SortMemory() {}

  static long flowsPerTask(SparkSession spark, List<FlowField> fields) {
    SparkConf conf = spark.sparkContext().getConf();
    boolean local = spark.sparkContext().isLocal();
    // On a cluster the executors hold the flows: their size is in the configuration.
    long heap =
        local
            ? Runtime.getRuntime().maxMemory()
            : conf.getSizeAsBytes("spark.executor.memory", "1g");
    int cores =
        local ? spark.sparkContext().defaultParallelism() : conf.getInt("spark.executor.cores", 1);
    long perFlow = fields.stream().mapToLong(SortMemory::bytesPerValue).sum() + SORT_INDEX_BYTES;
    return Math.min(MOST_FLOWS, Math.max(1, (long) (heap * HEAP_SHARE / cores / perFlow)));
  }

  /** With the null mark; text and payloads by a guess at their usual length. */
  private static long bytesPerValue(FlowField field) {
    return switch (field.type()) {
      case INT -> Integer.BYTES + 1;
      case LONG, TIMESTAMP -> Long.BYTES + 1;
      case ADDRESS -> 16 + 1;
      case TEXT, BYTES -> 64;
    };
  }
}
