package org.flowlake.jobs.list;

import static org.apache.spark.sql.functions.monotonically_increasing_id;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.rows.AnswerRows;
import org.flowlake.jobs.rows.CounterPresence;
import org.flowlake.jobs.rows.RowLayout;
import org.flowlake.jobs.rows.TopRows;

/**
 * Lists flows: as they come, sorted, or the best of an order. Flows of equal rank keep their order.
 */
public final class ListJob {
  /** The place of a row of {@link #numberedRows} among the flows. */
  public static final String SEQUENCE = "_sequence";

  private final RowLayout layout;

  /**
   * A list whose output needs these fields.
   *
   * @param printed fields that the output shows, beyond the counters
   * @param counters how it shows counters that a flow does not carry
   */
  public ListJob(List<FlowField> printed, CounterPresence counters) {
    this.layout = new RowLayout(printed, counters);
  }

  /** Where each field lies in the rows. */
  public RowLayout layout() {
    return layout;
  }

  /** The rows of these flows. */
  public Dataset<Row> rows(Dataset<Row> flows) {
    return flows.select(layout.ofFlows(flows.schema()).toArray(Column[]::new));
  }

  /** The rows of these flows with their place among them. */
  public Dataset<Row> numberedRows(Dataset<Row> flows) {
    List<Column> columns = new ArrayList<>(layout.ofFlows(flows.schema()));
    columns.add(monotonically_increasing_id().as(SEQUENCE));
    return flows.select(columns.toArray(Column[]::new));
  }

  /**
   * Flows in their own order.
   *
   * @param rows of {@link #rows}
   * @param limit how many at the most
   */
  public AnswerRows streamed(Dataset<Row> rows, long limit) {
    return AnswerRows.streamed(rows, limit);
  }

  /**
   * All flows in an order.
   *
   * @param rows of {@link #numberedRows}
   */
  public AnswerRows sorted(Dataset<Row> rows, RankOrder order) {
    return AnswerRows.sorted(rows, order, List.of(SEQUENCE));
  }

  /**
   * The best flows of an order.
   *
   * @param rows of {@link #rows}
   * @param limit how many
   */
  public AnswerRows top(Dataset<Row> rows, RankOrder order, int limit) {
    return AnswerRows.top(rows, order, limit, TopRows.Ties.ARRIVAL);
  }
}
