package org.flowlake.jobs.stat;

import java.util.Iterator;
import java.util.List;
import org.flowlake.jobs.rows.AnswerRows;

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
    return StatEntry.of(rows.next(), extras);
  }

  @Override
  public void close() {
    rows.close();
  }
}
