package org.flowlake.jobs;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.flowlake.jobs.aggregate.GroupBy;
import org.flowlake.jobs.extra.GroupExtras;
import org.flowlake.jobs.groups.FlowGroups;
import org.flowlake.jobs.list.ListJob;
import org.flowlake.jobs.list.PrintOrder;
import org.flowlake.jobs.question.FlowCounters;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.question.SortDirection;
import org.flowlake.jobs.report.OutputFormat;
import org.flowlake.jobs.rows.AnswerRows;
import org.flowlake.jobs.rows.FlowGrouping;
import org.flowlake.jobs.rows.RowLayout;
import org.flowlake.jobs.rows.TopRows;
import org.flowlake.jobs.scan.SortedGroups;

/**
 * The answer of a list or an aggregation.
 *
 * @param rows in print order, read once
 * @param layout where each field lies in them
 * @param executed rows whose plan has the scan of the flows; empty where no Spark job read any
 */
public record ListAnswer(AnswerRows rows, RowLayout layout, Optional<Dataset<Row>> executed)
    implements AutoCloseable {

  /** A list of no flow, for which none was looked for. */
  static ListAnswer ofNone(OutputFormat output) {
    return new ListAnswer(
        AnswerRows.collected(List.of(), FlowCounters.NONE),
        new ListJob(output.fields(), output.counters()).layout(),
        Optional.empty());
  }

  static ListAnswer ofFlows(
      FlowQuery query, OutputFormat output, Optional<RankOrder> order, int entries) {
    ListJob job = new ListJob(output.fields(), output.counters());
    if (order.isEmpty()) {
      Dataset<Row> rows = job.rows(query.inSmallTasks().flows());
      return new ListAnswer(
          job.streamed(rows, query.limit().orElse(Long.MAX_VALUE)),
          job.layout(),
          Optional.of(rows));
    } else if (entries > 0) {
      LimitedFlows rows = query.limited(job::rows);
      return new ListAnswer(
          job.top(rows.rows(), order.get(), entries), job.layout(), Optional.of(rows.scanned()));
    }
    LimitedFlows rows = query.limited(job::numberedRows);
    return new ListAnswer(
        job.sorted(rows.rows(), order.get()), job.layout(), Optional.of(rows.scanned()));
  }

  /**
   * Without an order nfdump 1.7.8 lists groups in reverse order of their first flow; of a limited
   * list these are the groups first seen last.
   */
  static ListAnswer ofGroups(
      FlowQuery query, GroupBy keys, OutputFormat output, Optional<RankOrder> order, int entries) {
    FlowGrouping job = keys.grouping(output.fields(), output.counters());
    RankOrder rank = order.orElse(PrintOrder.TSTART.rank(SortDirection.DESCENDING));
    if (entries > 0) {
      Optional<TopRows> sorted =
          SortedGroups.best(query::sortedFlows, query.flows().schema(), job, rank, entries);
      if (sorted.isPresent()) {
        AnswerRows rows = AnswerRows.collected(sorted.get().tables().get(0), sorted.get().totals());
        return new ListAnswer(rows, job.layout(), Optional.empty());
      }
    }
    FlowGroups groups = GroupedFlows.of(query, job);
    AnswerRows rows;
    if (entries > 0) {
      rows = AnswerRows.top(groups.rows(), rank, entries, TopRows.Ties.COLUMNS);
    } else if (order.isPresent()) {
      rows = AnswerRows.sorted(groups.rows(), order.get(), job.tieColumns());
    } else {
      rows = AnswerRows.streamed(groups.rows(), Long.MAX_VALUE);
    }
    return new ListAnswer(rows, job.layout(), Optional.of(groups.scanned()));
  }

  /**
   * Groups with what nfdump lacks. They wait on the executors' disks, since the totals are those of
   * all groups and some may not be shown.
   */
  static ListAnswer ofExtendedGroups(
      FlowQuery query,
      GroupBy keys,
      GroupExtras extras,
      OutputFormat output,
      Optional<RankOrder> order,
      int entries) {
    FlowGrouping job = extras.on(keys.grouping(extras.fields(output.fields()), output.counters()));
    LimitedFlows limited = query.limited(job::groups);
    Optional<RankOrder> rank =
        entries > 0
            ? order.or(() -> Optional.of(PrintOrder.TSTART.rank(SortDirection.DESCENDING)))
            : order;
    return arranged(limited, job.layout(), extras, rank, job.tieColumns(), entries);
  }

  /** A sorted list of flows of which not all are printed. */
  static ListAnswer ofExtendedFlows(
      FlowQuery query, GroupExtras extras, OutputFormat output, RankOrder order, int entries) {
    ListJob job = new ListJob(extras.fields(output.fields()), output.counters());
    LimitedFlows limited = query.limited(job::numberedRows);
    return arranged(
        limited, job.layout(), extras, Optional.of(order), List.of(ListJob.SEQUENCE), entries);
  }

  private static ListAnswer arranged(
      LimitedFlows limited,
      RowLayout layout,
      GroupExtras extras,
      Optional<RankOrder> order,
      List<String> ties,
      int entries) {
    Dataset<Row> kept = limited.rows().persist(StorageLevel.DISK_ONLY());
    FlowCounters totals = TopRows.totals(kept, row -> true);
    Dataset<Row> rows = extras.printed(extras.arranged(kept, order, ties, entries), layout);
    return new ListAnswer(
        AnswerRows.arranged(rows, totals, kept::unpersist), layout, Optional.of(limited.scanned()));
  }

  @Override
  public void close() {
    rows.close();
  }
}
