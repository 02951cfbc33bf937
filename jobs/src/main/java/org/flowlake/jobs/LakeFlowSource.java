package org.flowlake.jobs;

import java.io.FileNotFoundException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.lake.FlowLake;
import org.flowlake.converters.lake.LedgerStatistics;
import org.flowlake.converters.lake.SparkOnDemand;
import org.flowlake.converters.nfcapd.CollectorName;
import org.flowlake.converters.nfcapd.CollectorName.Kind;
import org.flowlake.converters.nfcapd.NfcapdExporter;
import org.flowlake.converters.source.CollectorInfo;
import org.flowlake.jobs.list.TimeWindow;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.RawFileSummary;
import org.flowlake.jobs.question.TimeSpan;
import org.flowlake.jobs.rollup.HostDays;
import org.flowlake.jobs.scan.SortedFlows;
import org.flowlake.udfs.ip.IpAddress;

/**
 * A lake. Times of its files are those that the raw files stated, kept in its ledger.
 *
 * @param narrowed the part of the lake in which the flows asked for lie; empty for all of it
 */
record LakeFlowSource(FlowLake lake, Map<String, String> readOptions, Optional<HostDays> narrowed)
    implements FlowSource {
  LakeFlowSource(FlowLake lake) {
    this(lake, Map.of(), Optional.empty());
  }

  /** The same flows, but for some that are not asked for. */
  LakeFlowSource narrowedTo(HostDays days) {
    return new LakeFlowSource(lake, readOptions, Optional.of(days));
  }

  /** Whether no flow of the lake can be one that is asked for. */
  boolean hasNone() {
    return narrowed.isPresent() && narrowed.get().isEmpty();
  }

  static LakeFlowSource open(SparkOnDemand spark, String location) {
    try {
      return new LakeFlowSource(FlowLake.open(spark, location));
    } catch (FileNotFoundException e) {
      throw new InputException(e.getMessage(), e);
    }
  }

  @Override
  public SparkSession spark() {
    return lake.spark();
  }

  @Override
  public Dataset<Row> flows() {
    if (narrowed.isEmpty()) {
      return lake.flows(readOptions);
    }
    HostDays hosts = narrowed.get();
    return hosts
        .found()
        .map(found -> found.rows(spark()))
        .orElseGet(
            () -> lake.flows(hosts.flowsSnapshot(), readOptions).filter(hosts.days().condition()));
  }

  @Override
  public FlowSource inSmallTasks() {
    return new LakeFlowSource(lake, FlowLake.SMALL_TASKS, narrowed);
  }

  @Override
  public SortedFlows sortedFlows() {
    if (narrowed.flatMap(HostDays::found).isPresent()) {
      // So few are grouped at once in any order.
      return SortedFlows.none();
    }
    int ranges = spark().sparkContext().defaultParallelism();
    return narrowed
        .map(days -> lake.sortedFiles(ranges, days.flowsSnapshot(), days.days()))
        .orElseGet(() -> lake.sortedFiles(ranges))
        .map(files -> SortedFlows.of(spark(), files, lake.schema()))
        .orElseGet(SortedFlows::none);
  }

  @Override
  public Dataset<Row> numberedFlows() {
    throw new QuestionException(
        "'count' needs raw files: the lake "
            + lake.location()
            + " keeps its flows in another order than they came in; -c N lists N of them");
  }

  /** Ids in the ledger are never given twice, and a flow never changes its own. */
  @Override
  public FlowSource pinned() {
    return this;
  }

  @Override
  public Optional<TimeSpan> timeSpan(Optional<TimeWindow> window) {
    return lake.statedTimes()
        .span(
            window.map(TimeWindow::firstMillis).orElse(Long.MIN_VALUE),
            window.map(TimeWindow::lastMillis).orElse(Long.MAX_VALUE))
        .map(span -> new TimeSpan(span.firstMillis(), span.lastMillis()));
  }

  @Override
  public List<RawFileSummary> files() {
    return lake
        .sources()
        .select("source_id", "path", "ident", "stated", "sequence_failures")
        .orderBy("source_id")
        .collectAsList()
        .stream()
        .map(
            row ->
                new RawFileSummary(
                    row.getInt(0),
                    row.getString(1),
                    row.isNullAt(2) ? "" : row.getString(2),
                    LedgerStatistics.of(row.getStruct(3), row.getLong(4))))
        .toList();
  }

  /** The ledger keeps exporters and idents; how exporters sample it does not. */
  @Override
  public CollectorInfo collector() {
    List<NfcapdExporter> exporters =
        lake
            .sources()
            .select("source_id", "exporters")
            .orderBy("source_id")
            .collectAsList()
            .stream()
            .flatMap(row -> row.<Row>getList(1).stream())
            .filter(exporter -> exporter.getAs("address") != null)
            .map(
                exporter ->
                    new NfcapdExporter(
                        exporter.<Integer>getAs("sysid"),
                        exporter.<Long>getAs("version"),
                        IpAddress.tryParse(exporter.getAs("address")),
                        exporter.<Long>getAs("id"),
                        0,
                        0,
                        0))
            .distinct()
            .toList();
    return new CollectorInfo(exporters, List.of(), RawFileSummary.lastIdent(files()));
  }

  /** The ledger of a lake of an older version has none before its next conversion. */
  @Override
  public List<CollectorName> names() {
    Dataset<Row> ledger = lake.sources();
    if (!List.of(ledger.columns()).contains("names")) {
      return List.of();
    }
    return ledger.select("source_id", "names").orderBy("source_id").collectAsList().stream()
        .filter(row -> !row.isNullAt(1))
        .flatMap(row -> row.<Row>getList(1).stream())
        .map(
            name ->
                new CollectorName(
                    Kind.valueOf(name.getString(0).toUpperCase(Locale.ROOT)),
                    name.getString(1),
                    name.getString(2)))
        .toList();
  }
}
