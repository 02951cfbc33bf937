package org.flowlake.jobs.stat;

import java.util.List;
import java.util.function.Supplier;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.rows.AnswerRows;
import org.flowlake.jobs.rows.ExtraColumn;

/** One table of an answer: the entries of a statistic in one order. */
public final class StatTable {
  private final TopNStatistic statistic;
  private final RankOrder order;
  private final Extras extras;
  private final Supplier<AnswerRows> rows;

  /**
   * Columns of a table beyond nfdump's.
   *
   * @param columns what they are
   * @param ordinals where they lie in the rows
   */
  record Extras(List<ExtraColumn> columns, List<Integer> ordinals) {
    static final Extras NONE = new Extras(List.of(), List.of());

    Extras {
      columns = List.copyOf(columns);
      ordinals = List.copyOf(ordinals);
    }
  }

  StatTable(TopNStatistic statistic, RankOrder order, Extras extras, Supplier<AnswerRows> rows) {
    this.statistic = statistic;
    this.order = order;
    this.extras = extras;
    this.rows = rows;
  }

  public TopNStatistic statistic() {
    return statistic;
  }

  public RankOrder order() {
    return order;
  }

  /** Columns beyond nfdump's. */
  public List<ExtraColumn> extras() {
    return extras.columns();
  }

  /** The entries, best first; to be closed by the caller. */
  public StatRows entries() {
    return new StatRows(rows.get(), extras.ordinals());
  }
}
