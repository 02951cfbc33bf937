package org.flowlake.jobs.stat;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.rows.ExtraColumn;

/** One table of an answer: the entries of a statistic in one order. */
public final class StatTable {
  private final TopNStatistic statistic;
  private final RankOrder order;
  private final Extras extras;
  private final RankedRows rows;

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

  StatTable(TopNStatistic statistic, RankOrder order, Extras extras, RankedRows rows) {
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
    return new StatRows(rows.read(), extras.ordinals());
  }

  /** The entries where tasks write them, in the order of {@link #entries}. */
  public JavaRDD<StatEntry> distributed(JavaSparkContext context) {
    List<Integer> ordinals = extras.ordinals();
    return rows.distributed(context).map(row -> StatEntry.of(row, ordinals));
  }
}
