package org.flowlake.jobs.groups;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.apache.spark.MapOutputStatistics;
import org.apache.spark.Partitioner;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.SparkException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.rdd.ShuffledRDD;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.util.ThreadUtils;
import org.flowlake.jobs.rows.GroupColumn;
import scala.Product2;
import scala.Tuple2;
import scala.concurrent.duration.Duration;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Groups of rows in any order and number: tasks merge what they can, hand chunks of packed rows on
 * by key through Spark's shuffle, and merge those. No task holds more groups than its memory has
 * room for; the others wait on disk.
 */
public final class HashedGroups {
  /** As many as Spark's shuffle writes side by side, without a sort. */
  private static final int PARTITIONS = 200;

  /** Bytes of a shuffle for one task; packed rows are compressed to about a third. */
  private static final long TASK_BYTES = 24L << 20;

  private HashedGroups() {}

  /**
   * The groups. Reads all rows at once, in this call; the groups are made when they are asked for.
   *
   * @param rows begin with counters
   * @param merged all other columns
   */
  public static Dataset<Row> of(Dataset<Row> rows, List<GroupColumn> merged) {
    GroupLayout layout = GroupLayout.of(merged);
    SparkSession session = (SparkSession) rows.sparkSession();
    JavaRDD<InternalRow> source = rows.queryExecution().toRdd().toJavaRDD();
    JavaRDD<InternalRow> groups =
        source.getNumPartitions() == 0
            ? JavaSparkContext.fromSparkContext(session.sparkContext()).emptyRDD()
            : groups(source, layout);
    return session.internalCreateDataFrame(groups.rdd(), rows.schema(), false);
  }

  private static JavaRDD<InternalRow> groups(JavaRDD<InternalRow> rows, GroupLayout layout) {
    ClassTag<Integer> partition = ClassTag$.MODULE$.apply(Integer.class);
    ClassTag<byte[]> chunk = ClassTag$.MODULE$.apply(byte[].class);
    JavaPairRDD<Integer, byte[]> partial =
        rows.mapPartitionsToPair(part -> new PartialGroups(part, layout, PARTITIONS));
    ShuffledRDD<Integer, byte[], byte[]> shuffled =
        new ShuffledRDD<>(asProducts(partial.rdd()), new ByPartition(), partition, chunk, chunk);
    shuffled.setSerializer(new KryoSerializer(rows.context().conf()));
    int tasks = tasks(rows, shuffled);
    return shuffled
        .toJavaRDD()
        .map(Tuple2::_2)
        .coalesce(tasks)
        .mapPartitions(chunks -> finalGroups(chunks, layout));
  }

  @SuppressWarnings("unchecked") // a pair is such a product
  private static RDD<Product2<Integer, byte[]>> asProducts(RDD<Tuple2<Integer, byte[]>> pairs) {
    return (RDD<Product2<Integer, byte[]>>) (RDD<?>) pairs;
  }

  private static Iterator<InternalRow> finalGroups(Iterator<byte[]> chunks, GroupLayout layout) {
    TaskContext task = TaskContext.get();
    return new FinalGroups(chunks, layout, task, new TaskMemory(task));
  }

  /** Runs the first pass, and looks how much it made. */
  private static int tasks(
      JavaRDD<InternalRow> rows, ShuffledRDD<Integer, byte[], byte[]> shuffled) {
    @SuppressWarnings("unchecked") // what a shuffled RDD depends on
    ShuffleDependency<Integer, byte[], byte[]> dependency =
        (ShuffleDependency<Integer, byte[], byte[]>) (Object) shuffled.dependencies().head();
    MapOutputStatistics made;
    try {
      made = ThreadUtils.awaitResult(rows.context().submitMapStage(dependency), Duration.Inf());
    } catch (SparkException e) {
      // Spark's jobs throw the same, which Java's compiler is not told of there.
      throw new CompletionException(e);
    }
    long bytes = Arrays.stream(made.bytesByPartitionId()).sum();
    long full = bytes / TASK_BYTES + 1;
    long cores = bytes < TASK_BYTES / 16 ? 1 : rows.context().defaultParallelism();
    return (int) Math.min(PARTITIONS, Math.max(full, cores));
  }

  /** Chunks say themselves where they go. */
  private static final class ByPartition extends Partitioner {
    private static final long serialVersionUID = 1L;

    @Override
    public int numPartitions() {
      return PARTITIONS;
    }

    @Override
    public int getPartition(Object key) {
      return (Integer) key;
    }
  }
}
