package org.flowlake.jobs.rows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.classic.SparkSession;
import scala.Function1;

/**
 * The first rows of a dataset in the order of its partitions, however many they are. Spark's own
 * limit takes any rows when it shuffles, and all of them into one task.
 */
public final class FirstRows {
  private FirstRows() {}

  /** How many rows a partition has. */
  private record Count(long rows) implements PartitionStream.Part, Serializable {
    @Override
    public long bytes() {
      return Long.BYTES;
    }
  }

  /**
   * Counts the rows of one partition after the other up to the limit, in a pass that this call
   * runs; the dataset then reads those partitions only.
   *
   * @param rows whose partitions hold the same rows whenever they are read
   */
  public static Dataset<Row> of(Dataset<Row> rows, long limit) {
    RDD<InternalRow> all = rows.queryExecution().toRdd();
    List<Long> taken = counts(all.toJavaRDD(), limit);
    int partitions = taken.size();
    RDD<InternalRow> first =
        PartitionPruningRDD.create(
                all, (Function1<Object, Object> & Serializable) index -> (int) index < partitions)
            .toJavaRDD()
            .mapPartitionsWithIndex(
                (index, part) -> (Iterator<InternalRow>) new Head(part, taken.get(index)), true)
            .rdd();
    return ((SparkSession) rows.sparkSession())
        .internalCreateDataFrame(first, rows.schema(), false);
  }

  /** Rows to take from each of the first partitions. */
  private static List<Long> counts(JavaRDD<InternalRow> rows, long limit) {
    List<Long> taken = new ArrayList<>();
    long left = limit;
    try (PartitionStream<Count> counts =
        new PartitionStream<>(
            rows.mapPartitions(part -> List.of(count(part, limit)).iterator()),
            PartitionStream.Start.ONE_PARTITION)) {
      while (left > 0 && counts.hasNext()) {
        long some = Math.min(left, counts.next().rows());
        taken.add(some);
        left -= some;
      }
    }
    return taken;
  }

  private static Count count(Iterator<InternalRow> rows, long limit) {
    long count = 0;
    while (count < limit && rows.hasNext()) {
      rows.next();
      count++;
    }
    return new Count(count);
  }

  /** So many rows of a partition. */
  private static final class Head implements Iterator<InternalRow> {
    private final Iterator<InternalRow> rows;
    private long left;

    Head(Iterator<InternalRow> rows, long left) {
      this.rows = rows;
      this.left = left;
    }

    @Override
    public boolean hasNext() {
      return left > 0 && rows.hasNext();
    }

    @Override
    public InternalRow next() {
      left--;
      return rows.next();
    }
  }
}
