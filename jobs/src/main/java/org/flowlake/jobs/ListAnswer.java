package org.flowlake.jobs;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.jobs.aggregate.GroupBy;
import org.flowlake.jobs.groups.HashedGroups;
import org.flowlake.jobs.list.ListJob;
import org.flowlake.jobs.list.PrintOrder;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.question.SortDirection;
import org.flowlake.jobs.report.OutputFormat;
import org.flowlake.jobs.rows.AnswerRows;
import org.flowlake.jobs.rows.FlowGrouping;
import org.flowlake.jobs.rows.GroupColumn;
import org.flowlake.jobs.rows.RowLayout;
import org.flowlake.jobs.rows.TopRows;
import org.flowlake.jobs.scan.SortedGroups;

/**
 * The answer of a list or an aggregation.
 *
 * @param rows in print order, read once
 * @param layout where each field lies in them
 * @param executed rows whose plan has the scan of the flows
 */
public record ListAnswer(AnswerRows rows, RowLayout layout, Dataset<Row> executed)
    implements AutoCloseable {

  static ListAnswer ofFlows(
      FlowQuery query, OutputFormat output, Optional<RankOrder> order, int entries) {
    ListJob job = new ListJob(output.fields(), output.counters());
    if (order.isEmpty()) {
      Dataset<Row> rows = job.rows(query.inSmallTasks().flows());
      return new ListAnswer(
          job.streamed(rows, query.limit().orElse(Long.MAX_VALUE)), job.layout(), rows);
    } else if (entries > 0) {
      LimitedFlows rows = query.limited(job::rows);
      return new ListAnswer(
          job.top(rows.rows(), order.get(), entries), job.layout(), rows.scanned());
    }
    LimitedFlows rows = query.limited(job::numberedRows);
    return new ListAnswer(job.sorted(rows.rows(), order.get()), job.layout(), rows.scanned());
  }

  /**
   * Without an order nfdump 1.7.8 lists groups in reverse order of their first flow; of a limited
   * list these are the groups first seen last.
   */
  static ListAnswer ofGroups(
      FlowQuery query, GroupBy keys, OutputFormat output, Optional<RankOrder> order, int entries) {
    FlowGrouping job = keys.grouping(output.fields(), output.counters());
    if (entries > 0) {
      RankOrder rank = order.orElse(PrintOrder.TSTART.rank(SortDirection.DESCENDING));
      Dataset<Row> flows = query.flows();
      Optional<TopRows> merged =
          SortedGroups.best(query::sortedFlows, flows.schema(), job, rank, entries);
      if (merged.isPresent()) {
        TopRows top = merged.get();
        return new ListAnswer(
            AnswerRows.collected(top.tables().get(0), top.totals()), job.layout(), flows);
      }
    }
    LimitedFlows limited = groups(query, job);
    Dataset<Row> groups = limited.rows();
    AnswerRows rows;
    if (entries > 0) {
      RankOrder rank = order.orElse(PrintOrder.TSTART.rank(SortDirection.DESCENDING));
      rows = AnswerRows.top(groups, rank, entries, TopRows.Ties.COLUMNS);
    } else if (order.isPresent()) {
      rows = AnswerRows.sorted(groups, order.get(), job.tieColumns());
    } else {
      rows = AnswerRows.streamed(groups, Long.MAX_VALUE);
    }
    return new ListAnswer(rows, job.layout(), limited.scanned());
  }

  /** By our own hash tables where they can, else, and of the first flows only, by Spark's. */
  private static LimitedFlows groups(FlowQuery query, FlowGrouping job) {
    Dataset<Row> flows = query.flows();
    Optional<List<GroupColumn>> merged = job.merged(flows.schema());
    if (merged.isEmpty() || query.limit().isPresent()) {
      return query.limited(job::groups);
    }
    Dataset<Row> inputs = flows.select(job.inputs(flows.schema()).toArray(Column[]::new));
    return new LimitedFlows(job.finished(HashedGroups.of(inputs, merged.get())), inputs);
  }

  @Override
  public void close() {
    rows.close();
  }
}
