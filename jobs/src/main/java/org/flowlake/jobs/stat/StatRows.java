package org.flowlake.jobs.stat;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.flowlake.jobs.rows.AnswerRows;
import org.flowlake.jobs.rows.CounterColumns;

/** The entries of one table, read once. */
public final class StatRows implements Iterator<StatEntry>, AutoCloseable {
  private final AnswerRows rows;
  private final List<Integer> extras;

  /**
   * The entries in these rows.
   *
   * @param extras columns beyond nfdump's
   */
  StatRows(AnswerRows rows, List<Integer> extras) {
    this.rows = rows;
    this.extras = extras;
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public StatEntry next() {
    InternalRow row = rows.next();
    return new StatEntry(
        row.isNullAt(TopNJob.NUMBER) ? 0 : row.getLong(TopNJob.NUMBER),
        row.isNullAt(TopNJob.BYTES) ? null : row.getBinary(TopNJob.BYTES),
        row.getInt(TopNJob.PROTO),
        CounterColumns.read(row),
        extras.stream().map(row::getLong).toList());
  }

  @Override
  public void close() {
    rows.close();
  }
}
