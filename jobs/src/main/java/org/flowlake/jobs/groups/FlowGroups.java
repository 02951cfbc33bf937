package org.flowlake.jobs.groups;

import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Groups of flows.
 *
 * @param rows one per group, counters first
 * @param scanned rows whose executed plan has the scan of the flows
 */
public record FlowGroups(Dataset<Row> rows, Dataset<Row> scanned) {
  /** The same with other columns of each group. */
  public FlowGroups map(UnaryOperator<Dataset<Row>> next) {
    return new FlowGroups(next.apply(rows), scanned);
  }
}
