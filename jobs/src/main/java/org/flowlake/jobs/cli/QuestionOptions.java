package org.flowlake.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.flowlake.jobs.aggregate.Aggregation;
import org.flowlake.jobs.aggregate.AggregationParser;
import org.flowlake.jobs.list.PrintOrder;
import org.flowlake.jobs.list.TimeWindow;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.report.OutputFormat;
import org.flowlake.jobs.report.OutputFormats;
import org.flowlake.jobs.stat.StatParser;
import org.flowlake.jobs.stat.TopNStatistic;
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
        recordOrders.addAll(recordOrders(statistic));
      } else {
        elements.add(StatParser.parse(statistic));
      }
    }
    Optional<RankOrder> listOrder = Optional.ofNullable(order).map(PrintOrder::parse);
    if (listOrder.isPresent() && !recordOrders.isEmpty()) {
      throw new QuestionException("-s record and -O (-m) are mutually exclusive options");
    }
    Optional<TimeWindow> asked =
        Optional.ofNullable(window).map(text -> TimeWindow.parse(text, output.zone()));
    List<String> warnings = new ArrayList<>();
    Optional<Aggregation> aggregation = aggregation(elements, recordOrders, warnings);
    OutputFormat format =
        aggregation.isPresent() && keys != null
            ? AggregationParser.outputFormat(
                aggregation.get(),
                output.format().orElseGet(() -> keyFormat(aggregation.get(), output)),
                keys)
            : OutputFormats.parse(output.format().orElse(output.defaultFormat()));
    return new DumpQuestion(
        elements,
        recordOrders,
        aggregation,
        listOrder,
        entries(),
        asked,
        limit(),
        format,
        output.style(format),
        output.verbosity(),
        warnings);
  }

  /** With a database the automatic format shows countries; without one it is told by null. */
  private static String keyFormat(Aggregation aggregation, OutputOptions output) {
    return output.geo().isEmpty()
        ? null
        : "fmt:" + aggregation.lineFormat().replace("%sa ", "%gsa ").replace("%da ", "%gda ");
  }

  private Optional<Aggregation> aggregation(
      List<TopNStatistic> elements, List<RankOrder> recordOrders, List<String> warnings) {
    boolean statistic = !elements.isEmpty() || !recordOrders.isEmpty();
    if (keys != null && recordOrders.isEmpty() && statistic) {
      AggregationParser.parse(keys);
      warnings.add("Warning: Aggregation ignored for element statistics");
      return Optional.empty();
    }
    if (fiveTuple && statistic) {
      warnings.add("Command line switch -s overwrites -a");
    }
    if (keys != null) {
      return Optional.of(AggregationParser.parse(keys));
    }
    return fiveTuple || !recordOrders.isEmpty()
        ? Optional.of(Aggregation.FIVE_TUPLE)
        : Optional.empty();
  }

  private static List<RankOrder> recordOrders(String statistic) {
    String[] parts = statistic.split("/", -1);
    String name = parts[0].split(":", 2)[0];
    if (!name.equalsIgnoreCase(RECORD)) {
      throw new QuestionException("Unknown statistic: " + name);
    }
    List<RankOrder> orders = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      orders.add(PrintOrder.parseOfStatistic(parts[i]));
    }
    return orders.isEmpty() ? List.of(PrintOrder.parseOfStatistic("flows")) : orders;
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
