package org.flowlake.jobs.rows;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.storage.StorageLevel;
import org.flowlake.jobs.question.FlowCounters;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.question.SortDirection;

/**
 * The rows of a list in print order, read once, and the totals of all rows that passed. What lies
 * behind is given back by {@link #close}.
 */
public final class AnswerRows implements Iterator<InternalRow>, AutoCloseable {
  private final Iterator<InternalRow> rows;
  private final TotalCounters counted = new TotalCounters();
  private final FlowCounters known;
  private final Runnable release;
  private long remaining;

  private AnswerRows(Iterator<InternalRow> rows, FlowCounters known, Runnable release, long limit) {
    this.rows = rows;
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
    Iterator<InternalRow> iterator =
        rows.queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(part -> new CopiedRows(part, limit))
            .toLocalIterator();
    return new AnswerRows(iterator, null, () -> {}, limit);
  }

  /**
   * The best rows of an order.
   *
   * @param limit how many
   */
  public static AnswerRows top(Dataset<Row> rows, RankOrder order, int limit, TopRows.Ties ties) {
    TopRows top = TopRows.of(rows, List.of(Ranking.ofAll(order)), limit, ties, row -> true);
    return new AnswerRows(top.tables().get(0).iterator(), top.totals(), () -> {}, Long.MAX_VALUE);
  }

  /** Rows that are in the driver already. */
  public static AnswerRows collected(List<InternalRow> rows, FlowCounters totals) {
    return new AnswerRows(rows.iterator(), totals, () -> {}, Long.MAX_VALUE);
  }

  /**
   * All rows of an order. A global sort samples its input before it shuffles it, which would scan
   * the flows twice; so the rows wait on the executors' disks between the two.
   *
   * @param ties the columns that decide between rows of equal rank
   */
  public static AnswerRows sorted(Dataset<Row> rows, RankOrder order, List<String> ties) {
    Dataset<Row> kept = rows.persist(StorageLevel.DISK_ONLY());
    return sorted(kept, order, ties, kept::unpersist);
  }

  /** As {@link #sorted(Dataset, RankOrder, List)}, for rows that are kept by the caller already. */
  public static AnswerRows sortedOnce(Dataset<Row> kept, RankOrder order, List<String> ties) {
    return sorted(kept, order, ties, () -> {});
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

  private static AnswerRows sorted(
      Dataset<Row> kept, RankOrder order, List<String> ties, Runnable release) {
    Dataset<Row> sorted = ordered(kept, order, ties);
    Iterator<InternalRow> iterator =
        sorted
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(part -> new CopiedRows(part, Long.MAX_VALUE))
            .toLocalIterator();
    return new AnswerRows(iterator, null, release, Long.MAX_VALUE);
  }

  @Override
  public boolean hasNext() {
    return remaining > 0 && rows.hasNext();
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    remaining--;
    InternalRow row = rows.next();
    counted.add(row);
    return row;
  }

  /** The totals of all rows that passed; complete once the rows were read to the end. */
  public FlowCounters totals() {
    return known == null ? counted.toCounters() : known;
  }

  @Override
  public void close() {
    release.run();
  }

  /** Rows that may be kept: Spark's iterators hand out one row again and again. */
  private static final class CopiedRows implements Iterator<InternalRow> {
    private final Iterator<InternalRow> rows;
    private long remaining;

    CopiedRows(Iterator<InternalRow> rows, long limit) {
      this.rows = rows;
      this.remaining = limit;
    }

    @Override
    public boolean hasNext() {
      return remaining > 0 && rows.hasNext();
    }

    @Override
    public InternalRow next() {
      remaining--;
      return rows.next().copy();
    }
  }
}
