package org.flowlake.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.flowlake.converters.nfcapd.BlockEncoding;
import org.flowlake.jobs.FlowExport;
import org.flowlake.jobs.aggregate.Aggregation;
import org.flowlake.jobs.aggregate.AggregationParser;
import org.flowlake.jobs.aggregate.Biflow;
import org.flowlake.jobs.aggregate.GroupBy;
import org.flowlake.jobs.list.PrintOrder;
import org.flowlake.jobs.list.TimeWindow;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.report.OutputFormat;
import org.flowlake.jobs.report.OutputFormats;
import org.flowlake.jobs.stat.StatParser;
import org.flowlake.jobs.stat.TopNStatistic;
import org.flowlake.udfs.anonymize.Anonymization;
import picocli.CommandLine.Option;

/** What is asked, in nfdump's options. */
final class QuestionOptions {
  private static final int MOST_STATISTICS = 8;
  private static final int DEFAULT_ENTRIES = 10;
  private static final String RECORD = "record";

  @Option(
      names = "-s",
      paramLabel = "ELEMENT[:p][/ORDER]",
      description = "Statistic of an element; up to 8 of them.")
  private List<String> statistics = List.of();

  @Option(names = "-n", paramLabel = "N", description = "Lines of a statistic or a sorted list.")
  private Integer entries;

  @Option(names = "-A", paramLabel = "KEYS", description = "Aggregate by these keys.")
  private String keys;

  @Option(names = "-a", description = "Aggregate by protocol, addresses and ports.")
  private boolean fiveTuple;

  @Option(names = "-b", description = "Join both directions of conversations.")
  private boolean biflows;

  @Option(names = "-B", description = "As -b, with a guess which end is the server.")
  private boolean guessedBiflows;

  @Option(names = "-O", paramLabel = "ORDER[:a|:d]", description = "Sort the list.")
  private String order;

  @Option(names = "-c", paramLabel = "N", description = "Stop after so many matching flows.")
  private Long limit;

  @Option(
      names = "-t",
      paramLabel = "START[-END]",
      description = "Only flows inside this window: YYYY/MM/DD.hh:mm:ss.")
  private String window;

  /** As {@code -s} and {@code -n} ask. */
  static QuestionOptions ofStatistics(List<String> statistics, int entries) {
    QuestionOptions asked = new QuestionOptions();
    asked.statistics = statistics;
    asked.entries = entries;
    return asked;
  }

  /** As {@code -A}, {@code -O} and {@code -n} ask; without keys a list of flows. */
  static QuestionOptions ofList(Optional<String> keys, Optional<String> order, int entries) {
    QuestionOptions asked = new QuestionOptions();
    asked.keys = keys.orElse(null);
    asked.order = order.orElse(null);
    asked.entries = entries;
    asked.limit = order.isEmpty() && keys.isEmpty() && entries > 0 ? Long.valueOf(entries) : null;
    return asked;
  }

  /** As {@code -O tstart} does, unless an order is given. */
  void sortByStart() {
    order = order == null ? "tstart" : order;
  }

  /** Parses all that is asked, before anything is started. */
  DumpQuestion parse(OutputOptions output) {
    if (statistics.size() > MOST_STATISTICS) {
      throw new QuestionException(
          "Too many stat options! Stats are limited to "
              + MOST_STATISTICS
              + " stats per single run");
    }
    List<TopNStatistic> elements = new ArrayList<>();
    List<RankOrder> recordOrders = new ArrayList<>();
    for (String statistic : statistics) {
      if (statistic.toLowerCase(Locale.ROOT).startsWith(RECORD)) {
        recordOrders.addAll(PrintOrder.parseOfRecords(statistic));
      } else {
        elements.add(StatParser.parse(statistic));
      }
    }
    List<RankOrder> recordRanks = PrintOrder.inPrintOrder(recordOrders);
    Optional<RankOrder> listOrder = Optional.ofNullable(order).map(PrintOrder::parse);
    if (listOrder.isPresent() && !recordOrders.isEmpty()) {
      throw new QuestionException("-s record and -O (-m) are mutually exclusive options");
    }
    Optional<TimeWindow> asked =
        Optional.ofNullable(window).map(text -> TimeWindow.parse(text, output.zone()));
    List<String> warnings = new ArrayList<>();
    Optional<GroupBy> groupBy = groupBy(elements, recordOrders, warnings);
    OutputFormat format =
        groupBy.isPresent() && groupBy.get() instanceof Aggregation aggregation && keys != null
            ? AggregationParser.outputFormat(
                aggregation, output.format().orElseGet(() -> keyFormat(aggregation, output)), keys)
            : OutputFormats.parse(
                output.format().orElse(isBiflow() ? "biline" : output.defaultFormat()));
    return new DumpQuestion(
        elements,
        recordRanks,
        groupBy,
        listOrder,
        entries(),
        asked,
        limit(),
        format,
        output.style(format),
        output.verbosity(),
        warnings);
  }

  /**
   * The file that the flows of the question are to be written to; empty where none is asked for.
   * nfdump writes all of a sorted list, whatever {@code -n} says.
   *
   * @throws QuestionException if the question has no flows to write
   */
  Optional<FlowExport> export(DumpQuestion asked, ExportOptions options) {
    BlockEncoding encoding = options.encoding();
    Optional<Anonymization> anonymization = options.anonymization();
    Optional<String> target = options.target();
    if (target.isPresent() && !statistics.isEmpty()) {
      throw new QuestionException(
          "-w writes flows and -s has none: leave out one of them (nfdump would print the table,"
              + " and leave "
              + target.get()
              + " without flows)");
    }
    return target.map(
        file ->
            new FlowExport(
                file,
                encoding,
                asked.groupBy(),
                keys == null ? FlowExport.GroupRecord.WHOLE : FlowExport.GroupRecord.KEYS,
                asked.order(),
                0,
                anonymization));
  }

  /** With a database the automatic format shows countries; without one it is told by null. */
  private static String keyFormat(Aggregation aggregation, OutputOptions output) {
    return output.geo().isEmpty()
        ? null
        : "fmt:" + aggregation.lineFormat().replace("%sa ", "%gsa ").replace("%da ", "%gda ");
  }

  private Optional<GroupBy> groupBy(
      List<TopNStatistic> elements, List<RankOrder> recordOrders, List<String> warnings) {
    if (keys != null && isBiflow()) {
      throw new QuestionException("Can not set custom aggregation in bidir mode");
    }
    boolean statistic = !elements.isEmpty() || !recordOrders.isEmpty();
    if (keys != null && recordOrders.isEmpty() && statistic) {
      AggregationParser.parse(keys);
      warnings.add("Warning: Aggregation ignored for element statistics");
      return Optional.empty();
    }
    if ((fiveTuple || isBiflow()) && statistic) {
      warnings.add("Command line switch -s overwrites -a");
    }
    if (keys != null) {
      return Optional.of(AggregationParser.parse(keys));
    } else if (isBiflow()) {
      // The statistic of records prints every biflow in the direction of its first flow.
      return Optional.of(guessedBiflows && !statistic ? Biflow.GUESSED : Biflow.OF_FIRST_FLOW);
    }
    return fiveTuple || !recordOrders.isEmpty()
        ? Optional.of(Aggregation.FIVE_TUPLE)
        : Optional.empty();
  }

  private boolean isBiflow() {
    return biflows || guessedBiflows;
  }

  private int entries() {
    if (entries == null) {
      return statistics.isEmpty() ? 0 : DEFAULT_ENTRIES;
    }
    if (entries < 0) {
      throw new QuestionException("TopnN number " + entries + " out of range");
    }
    return entries;
  }

  private OptionalLong limit() {
    if (limit == null) {
      return OptionalLong.empty();
    }
    if (limit <= 0 || limit > Integer.MAX_VALUE) {
      throw new QuestionException("Option -c needs a number > 0");
    }
    return OptionalLong.of(limit);
  }
}
