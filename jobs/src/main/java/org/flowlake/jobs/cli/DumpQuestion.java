package org.flowlake.jobs.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.FlowQuery;
import org.flowlake.jobs.ListAnswer;
import org.flowlake.jobs.aggregate.Aggregation;
import org.flowlake.jobs.aggregate.GroupBy;
import org.flowlake.jobs.extra.GroupExtras;
import org.flowlake.jobs.list.TimeWindow;
import org.flowlake.jobs.question.FlowCounters;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.report.CsvFormat;
import org.flowlake.jobs.report.FixedColumnsFormat;
import org.flowlake.jobs.report.JsonColumnsFormat;
import org.flowlake.jobs.report.JsonFormat;
import org.flowlake.jobs.report.LineFormat;
import org.flowlake.jobs.report.ListReport;
import org.flowlake.jobs.report.NumberNames;
import org.flowlake.jobs.report.OutputFormat;
import org.flowlake.jobs.report.PrintStyle;
import org.flowlake.jobs.report.SourceIdents;
import org.flowlake.jobs.report.StatJsonReport;
import org.flowlake.jobs.report.StatReport;
import org.flowlake.jobs.report.SummaryPrinter;
import org.flowlake.jobs.report.Verbosity;
import org.flowlake.jobs.result.FlowTable;
import org.flowlake.jobs.result.GroupTable;
import org.flowlake.jobs.result.StatResultTable;
import org.flowlake.jobs.rows.AnswerRows;
import org.flowlake.jobs.rows.AnswerTable;
import org.flowlake.jobs.stat.RecordStatistic;
import org.flowlake.jobs.stat.RecordTable;
import org.flowlake.jobs.stat.StatAnswer;
import org.flowlake.jobs.stat.TopNStatistic;

/**
 * All that one call of the command asks, and how the answer is written, in nfdump's order: groups,
 * then statistics, then the closing lines.
 *
 * @param elements statistics of elements
 * @param recordOrders tables of the statistic of records, in print order
 * @param groupBy what flows are grouped by; empty where they are listed one by one
 * @param extras what is asked of groups and statistics beyond nfdump
 * @param order of the list
 * @param entries lines of a table or a sorted list; 0 for all
 * @param warnings for standard error
 */
record DumpQuestion(
    List<TopNStatistic> elements,
    List<RankOrder> recordOrders,
    Optional<GroupBy> groupBy,
    GroupExtras extras,
    Optional<RankOrder> order,
    int entries,
    Optional<TimeWindow> window,
    OptionalLong limit,
    OutputFormat format,
    PrintStyle style,
    Verbosity verbosity,
    List<String> warnings) {

  /** The query with the window and the limit of this question. */
  FlowQuery narrowed(FlowQuery asked) {
    FlowQuery query = asked;
    if (window.isPresent()) {
      query = query.window(window.get());
    }
    if (limit.isPresent()) {
      query = query.limit(limit.getAsLong());
    }
    return query;
  }

  void answer(FlowQuery asked, PrintStream out) {
    FlowQuery query = narrowed(asked);
    if (recordOrders.isEmpty() && elements.isEmpty()) {
      answerList(query, out);
    } else {
      answerStatistics(query, out);
    }
  }

  /**
   * The answer as a table, made anew; to be closed by the caller.
   *
   * @throws QuestionException if this answer has no table
   */
  AnswerTable table(FlowQuery asked) {
    FlowQuery query = narrowed(asked);
    if (!elements.isEmpty()) {
      return StatResultTable.of(
          query.statistics(elements, Optional.empty(), extras, entries), query.spark());
    }
    boolean flows = groupBy.isEmpty();
    if (limit.isPresent() && (!flows || order.isPresent())) {
      throw new QuestionException("An answer with -c before -A, -O or -s record has no table");
    } else if (flows) {
      int rows = order.isPresent() ? entries : Math.toIntExact(limit.orElse(0));
      return FlowTable.of(query, List.of(), order, rows, Optional.empty());
    } else if (groupBy.get() instanceof Aggregation aggregation) {
      return GroupTable.of(
          query,
          aggregation,
          extras,
          order.or(() -> recordOrders.stream().findFirst()),
          entries,
          Optional.empty());
    }
    throw new QuestionException("Joined directions (-b, -B) have no table");
  }

  private void answerStatistics(FlowQuery query, PrintStream out) {
    Optional<RecordStatistic> records =
        recordOrders.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new RecordStatistic(
                    groupBy.orElseThrow().grouping(format.fields(), format.counters()),
                    recordOrders));
    try (StatAnswer answer = query.statistics(elements, records, extras, entries)) {
      if (answer.totals().records() == 0 && format.saysWhereNothingMatched()) {
        new SummaryPrinter(out, style).noMatchingFlows();
      }
      if (answer.totals().records() > 0) {
        answer.records().forEach(table -> printRecords(table, query, out));
      }
      StatReport report = new StatReport(out, style);
      if (format instanceof LineFormat) {
        report.printLines(answer, verbosity);
      } else if (format instanceof CsvFormat || format instanceof FixedColumnsFormat) {
        report.printCsv(answer);
      } else if (format instanceof JsonFormat || format instanceof JsonColumnsFormat) {
        new StatJsonReport(out, style).print(answer);
      }
      close(query, out, answer.totals(), answer.executed());
    }
  }

  private void printRecords(RecordTable table, FlowQuery query, PrintStream out) {
    printTitle(table.order(), out);
    try (AnswerRows rows = table.rows()) {
      new ListReport(out, listStyle(query)).print(rows, table.layout(), format, verbosity);
    }
  }

  private void printTitle(RankOrder rank, PrintStream out) {
    if (verbosity == Verbosity.FULL && format instanceof LineFormat) {
      String top = entries == 0 ? "Top " : "Top " + entries + " ";
      out.print(top + "flows ordered by " + rank.name() + ":\n");
    }
  }

  private void answerList(FlowQuery query, PrintStream out) {
    try (ListAnswer answer = list(query)) {
      new ListReport(out, listStyle(query))
          .print(answer.rows(), answer.layout(), format, verbosity);
      close(query, out, answer.rows().totals(), answer.executed());
    }
  }

  private ListAnswer list(FlowQuery query) {
    if (groupBy.isPresent()) {
      return query.aggregate(groupBy.get(), extras, format, order, entries);
    }
    return order.isPresent() && !extras.isNone()
        ? query.list(format, extras, order.get(), entries)
        : query.list(format, order, entries);
  }

  /** Idents and names are looked up only where they are printed. */
  private PrintStyle listStyle(FlowQuery query) {
    PrintStyle named = style.withNames(new NumberNames(query::names));
    return format.fields().contains(FlowField.SOURCE_ID)
        ? named.withIdents(new SourceIdents(query.idents()))
        : named;
  }

  /** Whether nfdump's lines about all flows end the answer. */
  boolean hasClosingLines() {
    return verbosity == Verbosity.FULL && format.hasSummary();
  }

  private void close(
      FlowQuery query, PrintStream out, FlowCounters totals, Optional<Dataset<Row>> executed) {
    if (hasClosingLines()) {
      new SummaryPrinter(out, style).print(query.summary(totals, executed));
    }
  }
}
