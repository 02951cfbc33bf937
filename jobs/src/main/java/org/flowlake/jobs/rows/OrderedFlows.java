package org.flowlake.jobs.rows;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.monotonically_increasing_id;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.flowlake.jobs.question.RankOrder;

/** Flows as rows of the flow table, in an order, to be written. */
public final class OrderedFlows {
  private static final String SEQUENCE = "_sequence";

  private OrderedFlows() {}

  /**
   * Puts flows in order; flows of equal rank keep theirs. A global sort samples its input before it
   * shuffles it, which would scan the flows twice; so they wait on the executors' disks between the
   * two, until the table is closed.
   *
   * @param columns to keep, of those that the flows have
   * @param order empty for that of the flows
   * @param entries flows at the most, the first of the order; 0 for all. Without an order any of
   *     them are taken
   */
  public static AnswerTable of(
      Dataset<Row> flows, List<String> columns, Optional<RankOrder> order, int entries) {
    List<Column> kept = new ArrayList<>(columns.stream().map(name -> col(name)).toList());
    if (order.isEmpty()) {
      return AnswerTable.of(limited(flows.select(kept.toArray(Column[]::new)), entries));
    }
    kept.addAll(CounterColumns.ofFlows(flows.schema()));
    kept.add(monotonically_increasing_id().as(SEQUENCE));
    Dataset<Row> ranked = flows.select(kept.toArray(Column[]::new));
    // The first of an order are found in one pass.
    Dataset<Row> waiting = entries > 0 ? ranked : ranked.persist(StorageLevel.DISK_ONLY());
    Dataset<Row> sorted =
        limited(AnswerRows.ordered(waiting, order.get(), List.of(SEQUENCE)), entries);
    return new AnswerTable(
        sorted.select(columns.stream().map(name -> col(name)).toArray(Column[]::new)),
        waiting::unpersist);
  }

  private static Dataset<Row> limited(Dataset<Row> rows, int entries) {
    return entries > 0 ? rows.limit(entries) : rows;
  }
}
