package org.flowlake.jobs;

import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionRequest;
import org.flowlake.converters.lake.LakeConversion;
import org.flowlake.converters.nfcapd.BlockEncoding;
import org.flowlake.jobs.aggregate.AggregationParser;
import org.flowlake.jobs.extra.Binning;
import org.flowlake.jobs.extra.DistinctCount;
import org.flowlake.jobs.extra.GroupExtras;
import org.flowlake.jobs.extra.TimeBin;
import org.flowlake.jobs.list.PrintOrder;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.result.FlowTable;
import org.flowlake.jobs.result.GroupTable;
import org.flowlake.jobs.result.ResultFormat;
import org.flowlake.jobs.result.ResultWriter;
import org.flowlake.jobs.result.StatResultTable;
import org.flowlake.jobs.rows.AnswerTable;
import org.flowlake.jobs.stat.StatParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is written in an order reads every flow once: a sort that samples its input must not scan it
 * again. Over raw files and over a lake; the number of flows is nfdump's.
 */
class WrittenTablesTest {
  private static final Path DAY = SampleArchive.netflow().resolve("2012/04/04");
  private static final long FLOWS_OF_DAY = 78_171;

  /** Batches of rows that wait on disk count as records too, and rows of a lake's ledger. */
  private static final long MOST_BESIDE_FLOWS = 1_000;

  private static final Optional<RankOrder> BY_BYTES = Optional.of(PrintOrder.parse("bytes"));

  @TempDir static Path folder;
  private static FlowQuery raw;
  private static FlowQuery lake;
  private RecordsRead read;

  @BeforeAll
  static void convert() throws IOException {
    SparkSession spark = JobsSession.get();
    String place = folder.resolve("lake").toString();
    new LakeConversion(
            spark,
            new ConversionRequest(
                place,
                List.of(DAY.toString()),
                DamagePolicy.FAIL,
                ConversionRequest.MismatchPolicy.FAIL))
        .run();
    raw = FlowQuery.on(FlowSource.raw(spark, List.of(DAY.toString())));
    lake = FlowQuery.on(FlowSource.lake(spark, place));
  }

  static Stream<FlowQuery> sources() {
    return Stream.of(raw, lake);
  }

  @BeforeEach
  void countRecords() {
    read = new RecordsRead();
    JobsSession.get().sparkContext().addSparkListener(read);
  }

  @AfterEach
  void stopCounting() {
    JobsSession.get().sparkContext().removeSparkListener(read);
  }

  @ParameterizedTest
  @MethodSource("sources")
  void sortedTableOfFlowsScansOnce(FlowQuery query) throws Exception {
    Path file = folder.resolve("flows.parquet");
    try (AnswerTable flows =
        FlowTable.of(query, List.of("src_addr", "in_bytes"), BY_BYTES, 0, Optional.empty())) {
      write(flows.rows(), file);
    }
    assertScannedOnce();
    List<Row> rows = JobsSession.get().read().parquet(file.toString()).collectAsList();
    assertThat(rows).hasSize((int) FLOWS_OF_DAY);
    assertThat(rows.stream().map(row -> -row.<Long>getAs("in_bytes")).toList()).isSorted();
  }

  @ParameterizedTest
  @MethodSource("sources")
  void bestFlowsScanOnce(FlowQuery query) throws Exception {
    Path file = folder.resolve("best.parquet");
    try (AnswerTable flows = FlowTable.of(query, List.of(), BY_BYTES, 100, Optional.empty())) {
      write(flows.rows(), file);
    }
    assertScannedOnce();
    assertThat(JobsSession.get().read().parquet(file.toString()).count()).isEqualTo(100);
  }

  @ParameterizedTest
  @MethodSource("sources")
  void sortedTableOfGroupsScansOnce(FlowQuery query) throws Exception {
    try (AnswerTable groups =
        GroupTable.of(
            query,
            AggregationParser.parse("srcip,dstport"),
            GroupExtras.NONE,
            BY_BYTES,
            0,
            Optional.empty())) {
      write(groups.rows(), folder.resolve("groups.parquet"));
    }
    assertScannedOnce();
  }

  @ParameterizedTest
  @MethodSource("sources")
  void entriesOfAllBinsScanOnce(FlowQuery query) throws Exception {
    GroupExtras hourly =
        new GroupExtras(
            Optional.of(new Binning(TimeBin.parse("1h", ZoneOffset.UTC), Binning.By.START)),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            DistinctCount.Counting.EXACT);
    Path file = folder.resolve("entries.parquet");
    try (AnswerTable entries =
        StatResultTable.of(
            query.statistics(
                List.of(StatParser.parse("dstip/bytes")), Optional.empty(), hourly, 1_000_000),
            JobsSession.get())) {
      write(entries.rows(), file);
    }
    assertScannedOnce();
    assertThat(
            JobsSession.get().read().parquet(file.toString()).agg(sum("flows")).head().getLong(0))
        .isEqualTo(FLOWS_OF_DAY);
  }

  @ParameterizedTest
  @MethodSource("sources")
  void sortedFileForNfdumpScansOnce(FlowQuery query) throws Exception {
    FlowExport export =
        new FlowExport(
            folder.resolve("flows.nfcapd").toString(),
            BlockEncoding.NONE,
            Optional.empty(),
            FlowExport.GroupRecord.WHOLE,
            BY_BYTES,
            0,
            Optional.empty());
    assertThat(export.write(query).records()).isEqualTo(FLOWS_OF_DAY);
    assertScannedOnce();
  }

  private static void write(Dataset<Row> table, Path file) {
    new ResultWriter(ResultFormat.PARQUET, 1, ZoneOffset.UTC).write(table, file.toString());
  }

  private void assertScannedOnce() throws Exception {
    JobsSession.get().sparkContext().listenerBus().waitUntilEmpty();
    assertThat(read.count()).isBetween(FLOWS_OF_DAY, FLOWS_OF_DAY + MOST_BESIDE_FLOWS);
  }
}
