package org.flowlake.jobs.stat;

import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.flowlake.jobs.rows.AnswerRows;
import org.flowlake.jobs.rows.CounterColumns;

/** The entries of one table, read once. */
public final class StatRows implements Iterator<StatEntry>, AutoCloseable {
  private final AnswerRows rows;

  StatRows(AnswerRows rows) {
    this.rows = rows;
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
        CounterColumns.read(row));
  }

  @Override
  public void close() {
    rows.close();
  }
}
