package org.flowlake.jobs.cli;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.flowlake.converters.nfcapd.BlockEncoding;
import org.flowlake.jobs.FlowExport;
import org.flowlake.jobs.aggregate.Aggregation;
import org.flowlake.jobs.aggregate.AggregationParser;
import org.flowlake.jobs.aggregate.Biflow;
import org.flowlake.jobs.aggregate.GroupBy;
import org.flowlake.jobs.extra.GroupExtras;
import org.flowlake.jobs.extra.PostFilter;
import org.flowlake.jobs.filter.FilterSettings;
import org.flowlake.jobs.filter.FlowFilter;
import org.flowlake.jobs.list.PrintOrder;
import org.flowlake.jobs.list.TimeWindow;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.report.FixedColumnsFormat;
import org.flowlake.jobs.report.OutputFormat;
import org.flowlake.jobs.report.OutputFormats;
import org.flowlake.jobs.rows.ExtraColumn;
import org.flowlake.jobs.stat.ExtendedTopNJob;
import org.flowlake.jobs.stat.StatParser;
import org.flowlake.jobs.stat.TopNStatistic;
import org.flowlake.udfs.anonymize.Anonymization;
import picocli.CommandLine.Mixin;
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

  @Option(
      names = "-P",
      paramLabel = "FILTER",
      description = "Print only those groups, or flows of a sorted list, that match this filter.")
  private String postFilter;

  @Mixin private ExtraOptions extras = new ExtraOptions();
  @Mixin private ExtraOptions.FigureOptions figures = new ExtraOptions.FigureOptions();

  /** As {@code -s} and {@code -n} ask. */
  static QuestionOptions ofStatistics(List<String> statistics, int entries, ExtraOptions extras) {
    QuestionOptions asked = new QuestionOptions();
    asked.statistics = statistics;
    asked.entries = entries;
    asked.extras = extras;
    return asked;
  }

  /** As {@code -A}, {@code -O} and {@code -n} ask. */
  static QuestionOptions ofGroups(
      Optional<String> keys,
      Optional<String> order,
      int entries,
      ExtraOptions extras,
      ExtraOptions.FigureOptions figures) {
    QuestionOptions asked = new QuestionOptions();
    asked.keys = keys.orElse(null);
    asked.order = order.orElse(null);
    asked.entries = entries;
    asked.extras = extras;
    asked.figures = figures;
    return asked;
  }

  /** As {@code -O} and {@code -n} or {@code -c} ask of a list of flows. */
  static QuestionOptions ofList(Optional<String> order, int entries) {
    QuestionOptions asked = new QuestionOptions();
    asked.order = order.orElse(null);
    asked.entries = entries;
    asked.limit = order.isEmpty() && entries > 0 ? Long.valueOf(entries) : null;
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
    GroupExtras asked = extras(elements, recordOrders, output.zone());
    List<String> warnings = new ArrayList<>();
    if (postFilter != null) {
      asked = posted(asked, elements, recordOrders, output, warnings);
    }
    GroupExtras known = asked;
    Optional<RankOrder> listOrder =
        Optional.ofNullable(order)
            .map(text -> known.order(text).orElseGet(() -> PrintOrder.parse(text)));
    if (listOrder.isPresent() && !recordOrders.isEmpty()) {
      throw new QuestionException("-s record and -O (-m) are mutually exclusive options");
    }
    Optional<TimeWindow> inside =
        Optional.ofNullable(window).map(text -> TimeWindow.parse(text, output.zone()));
    Optional<GroupBy> groupBy = groupBy(elements, recordOrders, asked, warnings);
    OutputFormat format =
        groupBy.isPresent()
                && groupBy.get() instanceof Aggregation aggregation
                && ofKeys(aggregation)
            ? AggregationParser.outputFormat(
                aggregation, output.format().orElseGet(() -> keyFormat(aggregation, output)), keys)
            : OutputFormats.parse(
                output.format().orElse(isBiflow() ? "biline" : output.defaultFormat()));
    checkColumns(format, asked);
    return new DumpQuestion(
        elements,
        recordRanks,
        groupBy,
        asked,
        listOrder,
        entries(),
        inside,
        limit(),
        format,
        output.style(format).withExtras(elements.isEmpty() ? asked.columns() : List.of()),
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
    if (target.isPresent() && !asked.extras().isNone()) {
      throw new QuestionException(
          "-w does not go with -P, --bin, --distinct, --percentiles and --having; take aggregate"
              + " --out");
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

  /** What is asked beyond nfdump; what does not go together is refused. */
  private GroupExtras extras(
      List<TopNStatistic> elements, List<RankOrder> recordOrders, ZoneId zone) {
    boolean counted = ExtendedTopNJob.isAsked(elements);
    if (!extras.given() && !figures.given() && !counted) {
      return GroupExtras.NONE;
    } else if (!recordOrders.isEmpty()) {
      throw new QuestionException(
          "-s record does not go with --bin, --having or distinct counts; take -A KEYS -O ORDER");
    } else if (isBiflow()) {
      throw new QuestionException(
          "-b and -B do not go with --bin, --distinct, --percentiles or --having; take -a or -A");
    } else if (!elements.isEmpty()) {
      if (figures.given()) {
        throw new QuestionException(
            "--distinct and --percentiles go with -A; a statistic is ranked by a count, as in -s"
                + " dstip/srcips");
      }
      return extras.ofStatistics(elements, zone);
    }
    GroupExtras asked = extras.ofGroups(figures, zone);
    if (keys == null && !fiveTuple && asked.binning().isEmpty()) {
      throw new QuestionException(
          "--distinct, --percentiles and --having are of groups; name keys, or a --bin of time");
    }
    return asked;
  }

  /** As in 1.7.8 the filter has no effect on lists in file order and on tables of elements. */
  private GroupExtras posted(
      GroupExtras asked,
      List<TopNStatistic> elements,
      List<RankOrder> recordOrders,
      OutputOptions output,
      List<String> warnings) {
    PostFilter filter =
        PostFilter.of(FlowFilter.parse(postFilter, FilterSettings.local().withZone(output.zone())));
    if (!recordOrders.isEmpty()) {
      throw new QuestionException("-P does not go with -s record; take -A KEYS -O ORDER -n N");
    }
    boolean groups = keys != null || fiveTuple || isBiflow() || asked.binning().isPresent();
    if (!elements.isEmpty() || !groups && order == null) {
      warnings.add("-P has no effect here: it filters groups (-a, -A, -b) and sorted lists (-O)");
      return asked;
    }
    return asked.withPost(filter);
  }

  private static void checkColumns(OutputFormat format, GroupExtras asked) {
    if (format instanceof FixedColumnsFormat && !asked.columns().isEmpty()) {
      throw new QuestionException(
          "The columns of this output are fixed, and have no place for "
              + asked.columns().stream().map(ExtraColumn::name).collect(Collectors.joining(", "))
              + "; take -o csv");
    }
  }

  /** Whether the automatic formats of keys are meant, and not those of flows. */
  private boolean ofKeys(Aggregation aggregation) {
    return keys != null || aggregation.equals(Aggregation.ALL);
  }

  private Optional<GroupBy> groupBy(
      List<TopNStatistic> elements,
      List<RankOrder> recordOrders,
      GroupExtras asked,
      List<String> warnings) {
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
    if (!fiveTuple && !statistic && asked.binning().isPresent()) {
      return Optional.of(Aggregation.ALL);
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
