package org.flowlake.jobs.stat;

import java.util.function.Supplier;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.rows.AnswerRows;

/** One table of an answer: the entries of a statistic in one order. */
public final class StatTable {
  private final TopNStatistic statistic;
  private final RankOrder order;
  private final Supplier<AnswerRows> rows;

  StatTable(TopNStatistic statistic, RankOrder order, Supplier<AnswerRows> rows) {
    this.statistic = statistic;
    this.order = order;
    this.rows = rows;
  }

  public TopNStatistic statistic() {
    return statistic;
  }

  public RankOrder order() {
    return order;
  }

  /** The entries, best first; to be closed by the caller. */
  public StatRows entries() {
    return new StatRows(rows.get());
  }
}
