package org.flowlake.jobs.rows;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.flowlake.jobs.question.FlowCounters;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.question.SortDirection;

/**
 * The rows of a list in print order, read once, and the totals of all rows that passed. What lies
 * behind is given back by {@link #close}. Rows may be kept: none is overwritten by a later one.
 */
public final class AnswerRows implements Iterator<InternalRow>, AutoCloseable {
  private final RowBatches batches;
  private final TotalCounters counted = new TotalCounters();
  private final FlowCounters known;
  private final Runnable release;
  private long remaining;
  private Iterator<InternalRow> batch = List.<InternalRow>of().iterator();

  private AnswerRows(RowBatches batches, FlowCounters known, Runnable release, long limit) {
    this.batches = batches;
    this.known = known;
    this.release = release;
    this.remaining = limit;
  }

  /**
   * Rows as they come: partition after partition, so in file order for raw files.
   *
   * @param limit how many at the most
   */
  public static AnswerRows streamed(Dataset<Row> rows, long limit) {
    RowBatches batches =
        LocalRows.of(rows).map(RowBatches::of).orElseGet(() -> stream(rows, limit));
    return new AnswerRows(batches, null, () -> {}, limit);
  }

  /**
   * The best rows of an order.
   *
   * @param limit how many
   */
  public static AnswerRows top(Dataset<Row> rows, RankOrder order, int limit, TopRows.Ties ties) {
    TopRows top = TopRows.of(rows, List.of(Ranking.ofAll(order)), limit, ties, row -> true);
    return collected(top.tables().get(0), top.totals());
  }

  /** Rows that are in the driver already. */
  public static AnswerRows collected(List<InternalRow> rows, FlowCounters totals) {
    return new AnswerRows(RowBatches.of(rows), totals, () -> {}, Long.MAX_VALUE);
  }

  /**
   * Rows in the order that they have.
   *
   * @param totals of all rows that passed, of which these are some
   * @param release gives back what lies behind
   */
  public static AnswerRows arranged(Dataset<Row> rows, FlowCounters totals, Runnable release) {
    return new AnswerRows(stream(rows, Long.MAX_VALUE), totals, release, Long.MAX_VALUE);
  }

  /**
   * All rows of an order. A global sort samples its input before it shuffles it, which would scan
   * the flows twice; so the rows wait on the executors' disks between the two.
   *
   * @param ties the columns that decide between rows of equal rank
   */
  public static AnswerRows sorted(Dataset<Row> rows, RankOrder order, List<String> ties) {
    Dataset<Row> kept = rows.persist(StorageLevel.DISK_ONLY());
    return new AnswerRows(
        stream(ordered(kept, order, ties), Long.MAX_VALUE), null, kept::unpersist, Long.MAX_VALUE);
  }

  /**
   * The same rows in an order.
   *
   * @param ties the columns that decide between rows of equal rank
   */
  public static Dataset<Row> ordered(Dataset<Row> rows, RankOrder order, List<String> ties) {
    List<Column> by = new ArrayList<>();
    Column value = CounterColumns.measure(order);
    by.add(order.direction() == SortDirection.ASCENDING ? value.asc() : value.desc());
    ties.forEach(name -> by.add(col(name).asc()));
    return rows.orderBy(by.toArray(Column[]::new));
  }

  private static RowBatches stream(Dataset<Row> rows, long limit) {
    StructType schema = rows.schema();
    JavaRDD<PackedRows> parts =
        rows.queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(part -> List.of(PackedRows.of(part, schema, limit)).iterator());
    return RowBatches.of(
        new PartitionStream<>(
            parts,
            limit == Long.MAX_VALUE
                ? PartitionStream.Start.ALL_CORES
                : PartitionStream.Start.ONE_PARTITION));
  }

  @Override
  public boolean hasNext() {
    while (!batch.hasNext()) {
      List<InternalRow> more = nextBatch();
      if (more.isEmpty()) {
        return false;
      }
      batch = more.iterator();
    }
    return true;
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return batch.next();
  }

  /**
   * Some thousand of the next rows, for readers that do not need them one by one; empty at the end.
   * Those that {@link #next} has begun with are not among them.
   */
  public List<InternalRow> nextBatch() {
    if (remaining == 0) {
      return List.of();
    }
    List<InternalRow> rows = batches.next();
    if (rows.size() > remaining) {
      rows = rows.subList(0, Math.toIntExact(remaining));
    }
    remaining -= rows.size();
    rows.forEach(counted::add);
    return rows;
  }

  /** Whether {@link #nextBatch} would not wait for a task. */
  public boolean isReady() {
    return remaining == 0 || batches.isReady();
  }

  /** The totals of all rows that passed; complete once the rows were read to the end. */
  public FlowCounters totals() {
    return known == null ? counted.toCounters() : known;
  }

  @Override
  public void close() {
    batches.close();
    release.run();
  }
}
