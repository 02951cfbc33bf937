package org.flowlake.jobs.groups;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.spark.HashPartitioner;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.planning.PhysicalOperation$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.datasources.v2.BatchScanExec;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2ScanRelation;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.source.FlowScan;
import org.flowlake.jobs.rows.GroupColumn;
import scala.Option;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * Groups of flows by hash: every task groups what it reads, the groups are exchanged by parts of
 * the hash, and a task per part merges them. Spark schedules and moves blocks of packed rows, and
 * knows nothing of them; rows of groups that memory does not hold wait on disk.
 *
 * <p>The tasks that read run at once, as these are called: the sizes of the parts then tell how
 * many tasks are worth while to merge them.
 */
public final class HashedGroups {
  private static final int LEAST_PARTS = 128;

  /** A task that merges less is not worth its start. */
  private static final long MERGED_TASK_BYTES = 4L << 20;

  /** Small enough that the most common groups stay in the processor's cache. */
  private static final int PARTIAL_BYTES = 64 << 20;

  private static final int MERGED_BYTES = 128 << 20;

  private HashedGroups() {}

  /**
   * Groups of rows that Spark makes.
   *
   * @param rows begin with counters
   * @param merged all other columns
   */
  public static Dataset<Row> of(Dataset<Row> rows, List<GroupColumn> merged) {
    GroupLayout layout = GroupLayout.of(merged);
    return groups(
        (SparkSession) rows.sparkSession(),
        rows.queryExecution().toRdd(),
        List.of(new RowForm.OfRows(layout)),
        layout,
        rows.schema());
  }

  /**
   * Groups of flows from raw files, from their decoded columns.
   *
   * @param forms each makes rows of counters and the columns {@code merged} of the flows
   * @return empty where the flows come from elsewhere, the files' scan does not take the whole
   *     filter, or rows are made by more than columns: then {@link #of} may group them
   */
  public static Optional<FlowGroups> ofFlows(
      Dataset<Row> flows, List<UnaryOperator<Dataset<Row>>> forms, List<GroupColumn> merged) {
    SparkSession session = (SparkSession) flows.sparkSession();
    Dataset<Row> none =
        session.internalCreateDataFrame(
            session.sparkContext().emptyRDD(ClassTag$.MODULE$.apply(InternalRow.class)),
            flows.schema(),
            false);
    List<FlowForm> made = new ArrayList<>();
    Set<String> read = new LinkedHashSet<>();
    for (FlowField counter : FlowPacker.counters()) {
      read.add(counter.column());
    }
    StructType schema = null;
    for (UnaryOperator<Dataset<Row>> form : forms) {
      Dataset<Row> rows = form.apply(none);
      schema = rows.schema();
      Optional<FlowForm> one = FlowForm.of(rows, merged);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      made.add(one.get());
      read.addAll(one.get().columnsRead());
    }
    read.retainAll(Arrays.asList(flows.schema().fieldNames()));
    Dataset<Row> scanned =
        flows.select(read.stream().map(name -> flows.col(name)).toArray(Column[]::new));
    Optional<BatchScanExec> scan = scan(scanned);
    if (scan.isEmpty()) {
      return Optional.empty();
    }
    List<String> names =
        CollectionConverters.asJava(scan.get().output()).stream().map(Attribute::name).toList();
    Dataset<Row> groups =
        groups(
            session,
            scan.get().inputRDD(),
            made.stream().<RowForm>map(form -> form.over(names)).toList(),
            GroupLayout.of(merged),
            // What one form has in every row may be null in those of another.
            schema.asNullable());
    return Optional.of(new FlowGroups(groups, scanned));
  }

  /** The scan of raw files, if the rows are its own. */
  private static Optional<BatchScanExec> scan(Dataset<Row> rows) {
    org.apache.spark.sql.classic.Dataset<Row> planned =
        (org.apache.spark.sql.classic.Dataset<Row>) rows;
    Option<Tuple3<Seq<NamedExpression>, Seq<Expression>, LogicalPlan>> parts =
        PhysicalOperation$.MODULE$.unapply(planned.queryExecution().optimizedPlan());
    boolean isPlain =
        parts.isDefined()
            && parts.get()._2().isEmpty()
            && parts.get()._3() instanceof DataSourceV2ScanRelation relation
            && relation.scan() instanceof FlowScan
            && CollectionConverters.asJava(parts.get()._1()).stream()
                .allMatch(Attribute.class::isInstance);
    if (!isPlain) {
      return Optional.empty();
    }
    SparkPlan leaf = planned.queryExecution().executedPlan().collectLeaves().head();
    return leaf instanceof BatchScanExec scan ? Optional.of(scan) : Optional.empty();
  }

  private static Dataset<Row> groups(
      SparkSession session,
      RDD<InternalRow> rows,
      List<RowForm> forms,
      GroupLayout layout,
      StructType schema) {
    SparkContext spark = session.sparkContext();
    if (rows.getNumPartitions() == 0) {
      // A scan that opens no file: Spark has no stage for it.
      return session.internalCreateDataFrame(
          spark.emptyRDD(ClassTag$.MODULE$.apply(InternalRow.class)), schema, false);
    }
    int parts =
        Math.max(LEAST_PARTS, Integer.highestOneBit(Math.max(1, 4 * spark.defaultParallelism())));
    JavaPairRDD<Integer, byte[]> exchanged =
        JavaRDD.fromRDD(rows, rows.elementClassTag())
            .mapPartitionsToPair(
                read -> {
                  TaskContext task = TaskContext.get();
                  return new PartialGroups(
                      read,
                      forms,
                      layout,
                      parts,
                      GroupMemory.of(task, PARTIAL_BYTES).bytes(),
                      task.taskMetrics().inputMetrics()::incRecordsRead);
                })
            .partitionBy(new HashPartitioner(parts));
    long bytes = bytesExchanged(spark, exchanged);
    int tasks = (int) Math.max(1, Math.min(parts, bytes / MERGED_TASK_BYTES));
    RDD<InternalRow> groups =
        exchanged
            .values()
            .mapPartitions(blocks -> merged(blocks, layout), true)
            .coalesce(tasks)
            .rdd();
    return session.internalCreateDataFrame(groups, schema, false);
  }

  /** Runs the tasks that read. */
  private static long bytesExchanged(SparkContext spark, JavaPairRDD<Integer, byte[]> exchanged) {
    @SuppressWarnings("unchecked") // of the type that partitionBy has just made
    ShuffleDependency<Integer, byte[], byte[]> exchange =
        (ShuffleDependency<Integer, byte[], byte[]>) exchanged.rdd().dependencies().head();
    try {
      return Arrays.stream(spark.submitMapStage(exchange).get().bytesByPartitionId()).sum();
    } catch (SparkException e) {
      throw asOfAnAction(e.getCause() == null ? e : e.getCause());
    }
  }

  /** Spark's actions throw such exceptions undeclared, and so do callers expect them. */
  @SuppressWarnings("unchecked") // nothing is cast: the type is inferred to be unchecked
  private static <E extends Throwable> E asOfAnAction(Throwable failure) throws E {
    throw (E) failure;
  }

  private static Iterator<InternalRow> merged(Iterator<byte[]> blocks, GroupLayout layout) {
    TaskContext task = TaskContext.get();
    GroupMemory memory = GroupMemory.of(task, MERGED_BYTES);
    MergedPart part = new MergedPart(blocks, layout, memory.bytes(), HashedGroups::file);
    task.addTaskCompletionListener(
        (TaskCompletionListener)
            ended -> {
              part.close();
              ended.taskMetrics().incDiskBytesSpilled(part.spilledBytes());
            });
    // One task may merge several parts, one after the other.
    return new Ending<>(part, memory::release);
  }

  /** Tells that there is no next one. */
  private record Ending<T>(Iterator<T> all, Runnable ended) implements Iterator<T> {
    @Override
    public boolean hasNext() {
      if (all.hasNext()) {
        return true;
      }
      ended.run();
      return false;
    }

    @Override
    public T next() {
      return all.next();
    }
  }

  /** A file of the executor that Spark deletes with its folders at the latest. */
  private static File file() {
    return SparkEnv.get().blockManager().diskBlockManager().createTempLocalBlock()._2();
  }
}
