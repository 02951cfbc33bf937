package org.flowlake.jobs.stat;

import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.rows.AnswerRows;
import org.flowlake.jobs.rows.RowLayout;

/** One table of the statistic of records: the groups in one order. */
public final class RecordTable {
  private final RankOrder order;
  private final RowLayout layout;
  private final RankedRows rows;

  RecordTable(RankOrder order, RowLayout layout, RankedRows rows) {
    this.order = order;
    this.layout = layout;
    this.rows = rows;
  }

  public RankOrder order() {
    return order;
  }

  /** Where each field lies in the rows. */
  public RowLayout layout() {
    return layout;
  }

  /** The groups, best first; to be closed by the caller. */
  public AnswerRows rows() {
    return rows.read();
  }
}
