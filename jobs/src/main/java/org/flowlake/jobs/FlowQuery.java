package org.flowlake.jobs;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.flowlake.converters.nfcapd.CollectorName;
import org.flowlake.converters.source.FlowMetrics;
import org.flowlake.jobs.aggregate.GroupBy;
import org.flowlake.jobs.derive.GeoFiles;
import org.flowlake.jobs.extra.GroupExtras;
import org.flowlake.jobs.filter.FlowFilter;
import org.flowlake.jobs.groups.FlowGroups;
import org.flowlake.jobs.list.TimeWindow;
import org.flowlake.jobs.question.FlowCounters;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.question.RawFileSummary;
import org.flowlake.jobs.report.OutputFormat;
import org.flowlake.jobs.report.Summary;
import org.flowlake.jobs.rollup.HostDays;
import org.flowlake.jobs.rollup.RollupRouting;
import org.flowlake.jobs.rollup.RollupUse;
import org.flowlake.jobs.rows.FlowGrouping;
import org.flowlake.jobs.scan.SortedFlows;
import org.flowlake.jobs.sources.CollectedFiles;
import org.flowlake.jobs.sources.Completeness;
import org.flowlake.jobs.stat.ExtendedTopNJob;
import org.flowlake.jobs.stat.RecordStatistic;
import org.flowlake.jobs.stat.StatAnswer;
import org.flowlake.jobs.stat.StatParser;
import org.flowlake.jobs.stat.TopNJob;
import org.flowlake.jobs.stat.TopNStatistic;

/**
 * nfdump's questions to flows, for the command line, notebooks and Java programs alike:
 *
 * <pre>{@code
 * FlowQuery.on(FlowSource.detect(spark, "lake"))
 *     .filter("not dst net 10.0.0.0/8")
 *     .topN("dstip/bytes", 10)
 * }</pre>
 *
 * <p>Immutable; every question runs one job over one scan, totals included.
 */
public final class FlowQuery {
  private final FlowSource source;
  private final Optional<FlowFilter> filter;
  private final Optional<TimeWindow> window;
  private final OptionalLong limit;
  private final GeoFiles geo;
  private final RollupUse rollups;

  private FlowQuery(
      FlowSource source,
      Optional<FlowFilter> filter,
      Optional<TimeWindow> window,
      OptionalLong limit,
      GeoFiles geo,
      RollupUse rollups) {
    this.source = source;
    this.filter = filter;
    this.window = window;
    this.limit = limit;
    this.geo = geo;
    this.rollups = rollups;
  }

  /** Questions to all flows of a source. */
  public static FlowQuery on(FlowSource source) {
    return new FlowQuery(
        source,
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        GeoFiles.ofEnvironment(),
        RollupUse.silent());
  }

  /**
   * Only flows that match the text, in nfdump's filter language.
   *
   * @throws org.flowlake.jobs.filter.FilterException if the text is no filter
   */
  public FlowQuery filter(String text) {
    return filter(FlowFilter.parse(text));
  }

  /** Only flows that match. */
  public FlowQuery filter(FlowFilter asked) {
    return new FlowQuery(source, Optional.of(asked), window, limit, geo, rollups);
  }

  /**
   * Looks AS and countries up in these files; without this, in those that {@value
   * GeoFiles#VARIABLE} names. Filters have files of their own, see {@code FilterSettings}.
   */
  public FlowQuery geo(GeoFiles files) {
    return new FlowQuery(source, filter, window, limit, files, rollups);
  }

  /** Only flows inside the window, strictly at both ends. */
  public FlowQuery window(TimeWindow asked) {
    return new FlowQuery(source, filter, Optional.of(asked), limit, geo, rollups);
  }

  /** Only the first flows that match ({@code -c}); for raw files the first in file order. */
  public FlowQuery limit(long flows) {
    return new FlowQuery(source, filter, window, OptionalLong.of(flows), geo, rollups);
  }

  /** Whether rollups of a lake may answer, and who is told if they do; they may by default. */
  public FlowQuery rollups(RollupUse use) {
    return new FlowQuery(source, filter, window, limit, geo, use);
  }

  /** The flows that match, before any limit. */
  public Dataset<Row> flows() {
    return MatchingFlows.of(source, geo, window, filter);
  }

  /** What a filter asks, in columns and values, without a source to ask. */
  public static String explainFilter(SparkSession spark, FlowFilter asked) {
    return asked.explained() + FilterExplanation.withoutSource(spark, asked);
  }

  /** What the filter asks, in columns and values, and which part of it the scan takes. */
  public String explainFilter() {
    return filter.map(FlowFilter::explained).orElse("") + FilterExplanation.of(flows());
  }

  /**
   * One statistic, {@code element[:p][/order…]}.
   *
   * @param entries rows per table; 0 for all
   */
  public StatAnswer topN(String statistic, int entries) {
    return topN(List.of(StatParser.parse(statistic)), entries);
  }

  /**
   * Several statistics in one pass.
   *
   * @param entries rows per table; 0 for all
   */
  public StatAnswer topN(List<TopNStatistic> statistics, int entries) {
    return statistics(statistics, Optional.empty(), entries);
  }

  /**
   * Statistics of elements and of records in one pass.
   *
   * @param entries rows per table; 0 for all
   */
  public StatAnswer statistics(
      List<TopNStatistic> elements, Optional<RecordStatistic> records, int entries) {
    return statistics(elements, records, GroupExtras.NONE, entries);
  }

  /**
   * The same with what nfdump lacks, which does not go with the statistic of records.
   *
   * @param entries rows per table, and per bin where there are bins; 0 for all
   */
  public StatAnswer statistics(
      List<TopNStatistic> elements,
      Optional<RecordStatistic> records,
      GroupExtras extras,
      int entries) {
    if (!extras.isNone() || ExtendedTopNJob.isAsked(elements)) {
      ExtendedTopNJob job = new ExtendedTopNJob(elements, extras);
      LimitedFlows groups = narrowed().limited(job::groups);
      return job.run(groups.rows(), groups.scanned(), entries);
    }
    TopNJob job = new TopNJob(elements, records);
    Optional<RollupRouting> routed = records.isEmpty() ? routed(elements) : Optional.empty();
    if (routed.isPresent()) {
      rollups.told().accept(routed.get().names());
      tellOfDroppedFlows(true);
      return answer(job, routed.get(), entries);
    }
    FlowQuery asked = narrowed();
    return job.run(() -> GroupedFlows.of(asked, job), asked::sortedFlows, entries);
  }

  private static StatAnswer answer(TopNJob job, RollupRouting routed, int entries) {
    Optional<List<Iterator<InternalRow>>> groups = routed.groups(entries);
    if (groups.isPresent()) {
      return job.run(groups.get(), entries);
    }
    Dataset<Row> rows = job.groups(routed.sides());
    return job.run(() -> new FlowGroups(rows, rows), SortedFlows::none, entries);
  }

  /** The same question to the days of a lake that can have an answer to it. */
  private FlowQuery narrowed() {
    tellOfDroppedFlows(false);
    if (!rollups.allowed()
        || filter.isEmpty()
        || !(source instanceof LakeFlowSource asked)
        || asked.narrowed().isPresent()) {
      return this;
    }
    Optional<HostDays> days = HostDays.of(asked.lake(), filter.get(), window);
    days.ifPresent(known -> rollups.daysTold().accept(known.days().days().size()));
    return days.map(
            known -> new FlowQuery(asked.narrowedTo(known), filter, window, limit, geo, rollups))
        .orElse(this);
  }

  private void tellOfDroppedFlows(boolean byRollups) {
    if (source instanceof LakeFlowSource asked && asked.narrowed().isEmpty()) {
      asked
          .lake()
          .flowsKeptSince()
          .filter(
              since ->
                  window.isEmpty()
                      || window.get().firstMillis()
                          < since.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli())
          .ifPresent(since -> rollups.droppedTold().accept(since, byRollups));
    }
  }

  /** Whether the rollups know already that no flow matches; numbers need flows in any case. */
  private boolean hasNone() {
    return source instanceof LakeFlowSource asked
        && asked.hasNone()
        && filter.stream().noneMatch(FlowFilter::asksForNumbers);
  }

  /** A database may say what a flow's record does not, so rollups cannot. */
  private Optional<RollupRouting> routed(List<TopNStatistic> elements) {
    return rollups.allowed()
            && limit.isEmpty()
            && geo.isEmpty()
            && source instanceof LakeFlowSource asked
        ? RollupRouting.of(asked.lake(), elements, filter, window)
        : Optional.empty();
  }

  /** The flows themselves, with what the output prints. */
  public ListAnswer list(OutputFormat output, Optional<RankOrder> order, int entries) {
    FlowQuery asked = narrowed();
    return asked.hasNone()
        ? ListAnswer.ofNone(output)
        : ListAnswer.ofFlows(asked, output, order, entries);
  }

  /**
   * The flows themselves in an order, of which only those are printed that the extras' filter
   * passes.
   */
  public ListAnswer list(OutputFormat output, GroupExtras extras, RankOrder order, int entries) {
    return ListAnswer.ofExtendedFlows(narrowed(), extras, output, order, entries);
  }

  /** Groups of flows, with what the output prints. */
  public ListAnswer aggregate(
      GroupBy keys, OutputFormat output, Optional<RankOrder> order, int entries) {
    return aggregate(keys, GroupExtras.NONE, output, order, entries);
  }

  /** Groups of flows as rows, to be written. */
  public Dataset<Row> groups(FlowGrouping job) {
    return GroupedFlows.of(narrowed(), job).rows();
  }

  /**
   * Groups of flows with what nfdump lacks.
   *
   * @param entries groups at the most, of every bin where there are bins; 0 for all
   */
  public ListAnswer aggregate(
      GroupBy keys,
      GroupExtras extras,
      OutputFormat output,
      Optional<RankOrder> order,
      int entries) {
    return extras.isNone()
        ? ListAnswer.ofGroups(narrowed(), keys, output, order, entries)
        : ListAnswer.ofExtendedGroups(narrowed(), keys, extras, output, order, entries);
  }

  /**
   * What the closing lines of an answer say.
   *
   * @param executed rows whose plan has the scan that the answer was made from; empty where no
   *     Spark job made it
   */
  public Summary summary(FlowCounters totals, Optional<Dataset<Row>> executed) {
    return new Summary(
        totals,
        source.timeSpan(window).map(span -> window.isEmpty() ? span : window.get().clip(span)),
        // Asking makes the plan that counts, and only readers of raw files count.
        source instanceof RawFlowSource
            ? executed
                .map(rows -> ScanMetrics.sum(rows, FlowMetrics.BYTES_READ))
                .orElse(OptionalLong.empty())
            : OptionalLong.empty());
  }

  /**
   * How much of the time asked for the raw files of a lake cover, whatever the filter.
   *
   * @param zone of the times in the files' names
   * @throws QuestionException if this asks raw files, of which no ledger tells what is missing
   */
  public Completeness completeness(ZoneId zone) {
    if (!(source instanceof LakeFlowSource asked)) {
      throw new QuestionException(
          "--completeness is told by a lake's ledger, and this asks files; convert them first");
    }
    return Completeness.of(
        CollectedFiles.of(asked.lake()),
        zone,
        window.map(TimeWindow::firstMillis).orElse(0L),
        window.map(TimeWindow::lastMillis).orElse(Long.MAX_VALUE));
  }

  /** The idents of the raw files that the flows are from, by {@code source_id}. */
  public Map<Long, String> idents() {
    return source.files().stream()
        .filter(file -> !file.ident().isEmpty())
        .collect(Collectors.toMap(RawFileSummary::sourceId, RawFileSummary::ident));
  }

  /**
   * The names that exporters told for interfaces, VRFs and applications, the last one of a number
   * last. Of raw files they are looked for in all of them.
   */
  public List<CollectorName> names() {
    return source.names();
  }

  /** The flows that match from sorted files; none where the source has no such files. */
  SortedFlows sortedFlows() {
    if (limit.isPresent() || filter.isPresent() && filter.get().asksForNumbers()) {
      return SortedFlows.none();
    }
    return source
        .sortedFlows()
        .map(stored -> MatchingFlows.of(source, stored, geo, window, filter));
  }

  FlowSource source() {
    return source;
  }

  /** The session that answers. */
  public SparkSession spark() {
    return source.spark();
  }

  /** The same question, read by many small tasks, see {@link FlowSource#inSmallTasks}. */
  FlowQuery inSmallTasks() {
    return new FlowQuery(source.inSmallTasks(), filter, window, limit, geo, rollups);
  }

  /** The same question, read by few large tasks, see {@link FlowSource#inLargeTasks}. */
  FlowQuery inLargeTasks() {
    return new FlowQuery(source.inLargeTasks(), filter, window, limit, geo, rollups);
  }

  OptionalLong limit() {
    return limit;
  }

  /**
   * What a job makes of the flows that match, up to the limit. Small tasks read those of a limit,
   * as they do for a list: so the first flows are the same for every question.
   */
  LimitedFlows limited(UnaryOperator<Dataset<Row>> job) {
    FlowQuery read = limit.isPresent() ? inSmallTasks() : this;
    return LimitedFlows.of(read.flows(), limit, job);
  }
}
