package org.flowlake.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.flowlake.jobs.rows.FirstRows;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What a job makes of flows, or of the first of them.
 *
 * @param rows what the job makes
 * @param scanned rows whose executed plan has the scan of the flows
 */
record LimitedFlows(Dataset<Row> rows, Dataset<Row> scanned) {
  /**
   * Applies a job to flows, up to a limit. The flows are counted up to the limit first, so that the
   * job reads the files of these only, on all cores, and nothing of them waits in the driver.
   *
   * @param limit flows at the most, in the order of the source
   */
  static LimitedFlows of(Dataset<Row> flows, OptionalLong limit, UnaryOperator<Dataset<Row>> job) {
    if (limit.isEmpty()) {
      Dataset<Row> rows = job.apply(flows);
      return new LimitedFlows(rows, rows);
    }
    Dataset<Row> read = flows.select(columnsRead(flows, job));
    Dataset<Row> first = FirstRows.of(read, limit.getAsLong());
    // What the counting pass has read is no part of the answer.
    ScanMetrics.reset(read);
    return new LimitedFlows(job.apply(first), read);
  }

  /** The columns that the job reads: the others must not be decoded only to be counted. */
  private static Column[] columnsRead(Dataset<Row> flows, UnaryOperator<Dataset<Row>> job) {
    Dataset<Row> none = flows.sparkSession().createDataFrame(List.of(), flows.schema());
    LogicalPlan plan = job.apply(none).queryExecution().analyzed();
    LogicalPlan source = plan.collectLeaves().head();
    List<Column> columns = new ArrayList<>();
    for (Attribute column : CollectionConverters.asJava(source.output())) {
      if (plan.exists(node -> node != source && node.references().contains(column))) {
        columns.add(flows.col(column.name()));
      }
    }
    return columns.toArray(Column[]::new);
  }
}
