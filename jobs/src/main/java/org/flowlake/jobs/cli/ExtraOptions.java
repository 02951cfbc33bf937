package org.flowlake.jobs.cli;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowlake.jobs.extra.Binning;
import org.flowlake.jobs.extra.DistinctCount;
import org.flowlake.jobs.extra.GroupExtras;
import org.flowlake.jobs.extra.GroupMeasure;
import org.flowlake.jobs.extra.HavingParser;
import org.flowlake.jobs.extra.Percentile;
import org.flowlake.jobs.extra.TimeBin;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.rows.ExtraColumn;
import org.flowlake.jobs.stat.TopNStatistic;
import picocli.CommandLine.Option;

/** What groups can be asked beyond nfdump, for statistics and aggregations. */
final class ExtraOptions {
  @Option(
      names = "--bin",
      paramLabel = "LENGTH",
      description = {
        "A series over time: groups, or a table of the best, for every bin of 30s, 5m, 1h, 1d,",
        "1w, … of the zone. Bins without flows are left out."
      })
  private String bin;

  @Option(
      names = "--bin-by",
      paramLabel = "start|duration",
      description = {
        "start (default): a flow lies in the bin of its first seen as a whole; duration: packets",
        "and bytes are spread evenly from first to last seen."
      })
  private String binBy;

  @Option(
      names = "--having",
      paramLabel = "TEST",
      description = {
        "Show only groups that pass: 'bytes > 1g and flows >= 10'. Columns are the orders of lists",
        "and what is counted in addition; with and, or, not and parentheses."
      })
  private String having;

  @Option(
      names = "--approx",
      description =
          "Count distinct values by sketches (HyperLogLog, standard error 1.6 %%) and not exactly.")
  private boolean approximate;

  boolean given() {
    return bin != null || binBy != null || having != null || approximate;
  }

  /**
   * Parses all of it for an aggregation.
   *
   * @param figures distinct counts and percentiles
   */
  GroupExtras ofGroups(FigureOptions figures, ZoneId zone) {
    List<GroupMeasure> measures = figures.parse(counting());
    Optional<Binning> binning = binning(zone);
    if (binning.isPresent() && binning.get().by() == Binning.By.DURATION) {
      figures.refusePercentilesOfParts();
    }
    if (approximate && measures.stream().noneMatch(DistinctCount.class::isInstance)) {
      throw new QuestionException("--approx is of distinct counts; add --distinct");
    }
    return new GroupExtras(
        binning,
        measures,
        Optional.ofNullable(having)
            .map(
                text ->
                    HavingParser.parse(text, measures.stream().map(GroupMeasure::column).toList())),
        Optional.empty(),
        counting());
  }

  /** Parses all of it for statistics. */
  GroupExtras ofStatistics(List<TopNStatistic> statistics, ZoneId zone) {
    List<ExtraColumn> counts = new ArrayList<>();
    for (TopNStatistic statistic : statistics) {
      for (RankOrder order : statistic.orders()) {
        DistinctCount.Values.find(order.name())
            .map(values -> new DistinctCount(values, counting()).column())
            .filter(column -> !counts.contains(column))
            .ifPresent(counts::add);
      }
    }
    if (approximate && counts.isEmpty()) {
      throw new QuestionException(
          "--approx is of distinct counts; rank by one, as in -s dstip/srcips");
    }
    return new GroupExtras(
        binning(zone),
        List.of(),
        Optional.ofNullable(having).map(text -> HavingParser.parse(text, counts)),
        Optional.empty(),
        counting());
  }

  private DistinctCount.Counting counting() {
    return approximate ? DistinctCount.Counting.APPROXIMATE : DistinctCount.Counting.EXACT;
  }

  private Optional<Binning> binning(ZoneId zone) {
    if (bin == null) {
      if (binBy != null) {
        throw new QuestionException("--bin-by needs --bin, such as --bin 1h");
      }
      return Optional.empty();
    }
    return Optional.of(
        new Binning(
            TimeBin.parse(bin, zone), binBy == null ? Binning.By.START : Binning.By.of(binBy)));
  }

  /** Figures that an aggregation shows of each group. */
  static final class FigureOptions {
    @Option(
        names = "--distinct",
        split = ",",
        paramLabel = "VALUES",
        description = {
          "How many different srcip, dstip, srcport, dstport, proto each group has, as columns",
          "srcips, …; exactly unless --approx is given."
        })
    private List<String> distinct = List.of();

    @Option(
        names = "--percentiles",
        paramLabel = "FIGURE:P,…",
        description = {
          "Percentiles of the flows of each group: bytes:50,95,99, packets:…, duration:…;",
          "exact in groups of a few thousand flows, else their place is right to 0.01 %%."
        })
    private List<String> percentiles = List.of();

    boolean given() {
      return !distinct.isEmpty() || !percentiles.isEmpty();
    }

    private List<GroupMeasure> parse(DistinctCount.Counting counting) {
      List<GroupMeasure> measures = new ArrayList<>();
      distinct.forEach(
          name -> measures.add(new DistinctCount(DistinctCount.Values.of(name), counting)));
      percentiles.forEach(text -> measures.addAll(Percentile.parse(text)));
      return measures.stream().distinct().toList();
    }

    private void refusePercentilesOfParts() {
      if (!percentiles.isEmpty()) {
        throw new QuestionException(
            "Percentiles are of whole flows: they do not go with --bin-by duration");
      }
    }
  }
}
