package org.flowlake.converters.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.LocalSpark;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionRequest.MismatchPolicy;
import org.flowlake.converters.lake.LakeCompaction.CompactedDay;
import org.flowlake.converters.lake.LakeExpiry.RemovedDay;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compaction, expiry and verification of a lake of three days: 331 files of a collector, whose
 * statistics records (nfdump 1.7.8) state 12,679 flows.
 */
class LakeUpkeepTest {
  private static final Path CORPUS = Path.of(System.getProperty("flowlake.corpus", "none"));
  private static final Path TREE = CORPUS.resolve("nfcapd/tree-v2-lz4/2024/03");
  private static final LocalDate FIRST_DAY = LocalDate.of(2024, 3, 11);
  private static final LocalDate LATER = LocalDate.of(2024, 4, 1);

  private static SparkSession spark;

  @TempDir static Path folder;
  private static String location;

  @BeforeAll
  static void convertTheFirstDayInTwoRunsAndTheOthersInOne() throws IOException {
    assumeTrue(Files.isDirectory(TREE), "No corpus at " + CORPUS + ": set -Dflowlake.corpus");
    spark = LocalSpark.start();
    location = folder.resolve("lake").toString();
    List<Path> first = files(TREE.resolve("11"));
    convert(first.subList(0, 60));
    convert(first.subList(60, first.size()));
    convert(List.of(TREE.resolve("12"), TREE.resolve("13")));
    FileUtils.moveDirectory(folder.resolve("lake").toFile(), folder.resolve("fresh").toFile());
  }

  /** A lake grows only where it was made: every test has it there, as it was. */
  @BeforeEach
  void restoreTheLake() throws IOException {
    FileUtils.deleteDirectory(folder.resolve("lake").toFile());
    FileUtils.copyDirectory(folder.resolve("fresh").toFile(), folder.resolve("lake").toFile());
  }

  @Test
  void compactionPutsADaysFilesTogetherAndChangesNoFlow() throws IOException {
    Row before = totals();
    List<CompactedDay> told = new ArrayList<>();

    List<CompactedDay> compacted = compact(LATER, told);

    assertThat(compacted).hasSize(1).isEqualTo(told);
    assertThat(compacted.get(0).day()).isEqualTo(FIRST_DAY);
    assertThat(compacted.get(0).filesBefore()).isEqualTo(2);
    assertThat(compacted.get(0).filesAfter()).isEqualTo(1);
    assertThat(totals()).isEqualTo(before);
    assertThat(totals().getLong(0)).isEqualTo(12_679);
    assertThatDaysAreSorted();
    assertThat(compact(LATER, told)).isEmpty();
    assertThat(rollupsStandForTheFlows()).isTrue();
  }

  @Test
  void aDayThatCannotBeCompactedCostsNoOther() throws IOException {
    FileUtils.deleteDirectory(folder.resolve("lake").toFile());
    List<Path> firstHalves = new ArrayList<>();
    List<Path> secondHalves = new ArrayList<>();
    for (String day : List.of("11", "12", "13")) {
      List<Path> files = files(TREE.resolve(day));
      firstHalves.addAll(files.subList(0, files.size() / 2));
      secondHalves.addAll(files.subList(files.size() / 2, files.size()));
    }
    convert(firstHalves);
    convert(secondHalves);
    List<Row> before = contents();
    Path lost = dataFiles("date=2024-03-12").get(0);
    Path kept = Files.move(lost, folder.resolve("lost.parquet"));
    List<CompactedDay> told = new ArrayList<>();

    assertThatThrownBy(() -> compact(LATER, told))
        .isInstanceOf(FailedDaysException.class)
        .hasMessageMatching(
            "Day 2024-03-12 stays as it was: .*"
                + lost.getFileName()
                + ".*\n2 other days were compacted. Run it again once the reason is gone.");

    assertThat(told.stream().map(CompactedDay::day))
        .containsExactlyInAnyOrder(FIRST_DAY, FIRST_DAY.plusDays(2));
    assertThat(dataFiles("date=2024-03-12")).hasSize(1);
    Files.move(kept, lost);
    assertThat(contents()).isEqualTo(before);
    assertThat(rollupsStandForTheFlows()).isTrue();
    assertThat(compact(LATER, told).stream().map(CompactedDay::day))
        .containsExactly(FIRST_DAY.plusDays(1));
    assertThat(contents()).isEqualTo(before);
    assertThat(totals().getLong(0)).isEqualTo(12_679);
    assertThatDaysAreSorted();
    assertThat(verify(true).differences()).isEmpty();
    assertThat(compact(LATER, told)).isEmpty();
  }

  @Test
  void commitsOfDaysWaitForTheirTurn() throws Exception {
    Object turn = new Object();
    RewriteFiles empty = new RewritesInTurn(lake().flowsIceberg(), turn).newRewrite();
    FutureTask<Void> commit = new FutureTask<>(empty.set("key", "value")::commit, null);
    Thread other = new Thread(commit);
    synchronized (turn) {
      other.start();
      while (other.getState() != Thread.State.BLOCKED && other.isAlive()) {
        Thread.sleep(10);
      }
      assertThat(commit.isDone()).isFalse();
    }
    // What Iceberg says of a rewrite of no file, as it says it.
    assertThatThrownBy(commit::get).hasCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void compactionLeavesOpenDaysAlone() throws IOException {
    assertThat(compact(FIRST_DAY, new ArrayList<>())).isEmpty();
  }

  @Test
  void expiryDropsWholeDaysAndTheirFiles() throws IOException {
    long later = lake().flows().filter("first_seen >= timestamp '2024-03-12'").count();
    LakeExpiry.Request asked =
        new LakeExpiry.Request(LocalDate.of(2024, 3, 12), Duration.ZERO, true);

    List<RemovedDay> announced = expire(asked).days();
    assertThat(lake().flows().count()).isEqualTo(12_679);

    List<RemovedDay> removed =
        expire(new LakeExpiry.Request(asked.keepFrom(), asked.keepSnapshots(), false)).days();

    assertThat(removed).isEqualTo(announced).hasSize(1);
    assertThat(removed.get(0).day()).isEqualTo(FIRST_DAY);
    assertThat(removed.get(0).files()).isEqualTo(2);
    assertThat(removed.get(0).flows()).isEqualTo(12_679 - later);
    assertThat(lake().flows().count()).isEqualTo(later);
    assertThat(dataFiles("date=2024-03-11")).isEmpty();
    assertThat(dataFiles("date=2024-03-12")).isNotEmpty();
    assertThat(spark.table(lake().removedTable()).collectAsList()).hasSize(1);
    assertThat(rollupsStandForTheFlows()).isTrue();
    // Its raw files are still known.
    assertThat(convert(List.of(TREE.resolve("11"))).filesConverted()).isZero();
    assertThat(verify(false).differences()).isEmpty();
  }

  @Test
  void expiryRemovesReplacedSnapshotsAndFilesOfDeadRuns() throws IOException {
    compact(LATER, new ArrayList<>());
    assertThat(dataFiles("date=2024-03-11")).hasSize(3);
    Path leftBehind = folder.resolve("lake/flows/data/date=2024-03-12/of-a-dead-run.parquet");
    Files.copy(dataFiles("date=2024-03-12").get(0), leftBehind, StandardCopyOption.COPY_ATTRIBUTES);

    LakeExpiry.Removed removed = expire(new LakeExpiry.Request(null, Duration.ZERO, false));

    assertThat(removed.days()).isEmpty();
    assertThat(removed.snapshots()).isPositive();
    assertThat(removed.orphans()).anyMatch(file -> file.endsWith("of-a-dead-run.parquet"));
    assertThat(leftBehind).doesNotExist();
    assertThat(dataFiles("date=2024-03-11")).hasSize(1);
    assertThat(lake().flows().count()).isEqualTo(12_679);
    assertThat(lake().flowsIceberg().snapshots()).hasSize(1);
    assertThat(rollupsStandForTheFlows()).isTrue();
  }

  @Test
  void expiryKeepsSnapshotsThatReadersMayUse() throws IOException {
    int before = snapshots();
    expire(new LakeExpiry.Request(null, Duration.ofHours(1), false));
    assertThat(snapshots()).isEqualTo(before);
  }

  @Test
  void verificationCountsTheLakeAndTheRawFilesAgain() throws IOException {
    LakeVerification.Outcome outcome = verify(true);

    assertThat(outcome.differences()).isEmpty();
    assertThat(outcome.sources()).isEqualTo(331);
    assertThat(outcome.flows()).isEqualTo(12_679);
    assertThat(outcome.rawFiles()).isEqualTo(331);
    assertThat(outcome.rawGone()).isZero();
  }

  @Test
  void verificationNamesTheFileWhoseFlowsAreGone() throws IOException {
    Row lost = lake().sources().filter("decoded.tcp.flows > 0").orderBy("source_id").head();
    int id = lost.getAs("source_id");
    spark.sql("DELETE FROM " + lake().flowsTable() + " WHERE source_id = " + id);

    assertThat(verify(false).differences())
        .isNotEmpty()
        .allMatch(difference -> difference.startsWith(lost.getAs("path")))
        .anyMatch(difference -> difference.contains("tcp flows: the ledger has "));
  }

  @Test
  void verificationNamesFilesThatTheLedgerHasTwice() throws IOException {
    Table ledger = lake().sourcesIceberg();
    try (CloseableIterable<FileScanTask> files = ledger.newScan().planFiles()) {
      ledger.newAppend().appendFile(files.iterator().next().file()).commit();
    }

    assertThat(verify(true).differences())
        .anyMatch(difference -> difference.contains("the ledger has it twice, as the sources"));
  }

  @Test
  void verificationNoticesRawFilesThatChangedOrWent() throws IOException {
    Path raw = Files.createDirectory(folder.resolve("raw"));
    Path changed = Files.copy(CORPUS.resolve("nfcapd/real/nfcapd.201705281555"), raw.resolve("a"));
    convert(List.of(changed));
    Files.copy(files(TREE.resolve("12")).get(3), changed, StandardCopyOption.REPLACE_EXISTING);
    assertThat(verify(true).differences())
        .singleElement()
        .asString()
        .contains("content has changed since it was converted");

    Files.delete(changed);
    assertThat(verify(true).rawGone()).isEqualTo(1);
  }

  private static ConversionSummary convert(List<Path> inputs) throws IOException {
    return new LakeConversion(
            spark,
            new ConversionRequest(
                location,
                inputs.stream().map(Path::toString).toList(),
                DamagePolicy.FAIL,
                MismatchPolicy.FAIL))
        .run();
  }

  private List<CompactedDay> compact(LocalDate before, List<CompactedDay> told) throws IOException {
    return new LakeCompaction(spark, location, () -> {}).run(before, told::add);
  }

  private LakeExpiry.Removed expire(LakeExpiry.Request request) throws IOException {
    return new LakeExpiry(spark, location, () -> {}).run(request);
  }

  private LakeVerification.Outcome verify(boolean raw) throws IOException {
    return new LakeVerification(spark, lake()).run(raw);
  }

  private FlowLake lake() throws IOException {
    return FlowLake.open(spark, location);
  }

  private Row totals() throws IOException {
    return lake()
        .flows()
        .agg(count(lit(1)), sum("in_packets"), sum("in_bytes"), sum(col("source_id")))
        .head();
  }

  /** All columns of all flows, by day: which rows there are, in no order. */
  private List<Row> contents() throws IOException {
    Dataset<Row> flows = lake().flows();
    Column[] columns = Stream.of(flows.columns()).map(flows::col).toArray(Column[]::new);
    return flows
        .withColumn("row", xxhash64(columns))
        .groupBy(col("first_seen").cast("date").as("day"))
        .agg(count(lit(1)), sum(col("row").cast("decimal(38,0)")))
        .orderBy("day")
        .collectAsList();
  }

  private boolean rollupsStandForTheFlows() throws IOException {
    return lake().rollupsOf(lake().flowsIceberg().currentSnapshot().snapshotId()).isPresent();
  }

  private int snapshots() throws IOException {
    int count = 0;
    for (var snapshot : lake().flowsIceberg().snapshots()) {
      count++;
    }
    return count;
  }

  private List<Path> dataFiles(String partition) throws IOException {
    Path data = folder.resolve("lake/flows/data").resolve(partition);
    return Files.isDirectory(data)
        ? files(data).stream().filter(file -> file.toString().endsWith(".parquet")).toList()
        : List.of();
  }

  private static List<Path> files(Path of) throws IOException {
    try (Stream<Path> found = Files.list(of)) {
      return found.sorted().toList();
    }
  }

  private void assertThatDaysAreSorted() throws IOException {
    List<Row> rows =
        lake()
            .flows()
            .selectExpr("_file", "_pos", "dst_addr")
            .orderBy("_file", "_pos")
            .collectAsList();
    for (int i = 1; i < rows.size(); i++) {
      if (rows.get(i).getString(0).equals(rows.get(i - 1).getString(0))) {
        assertThat(
                Arrays.compareUnsigned(
                    rows.get(i - 1).<byte[]>getAs(2), rows.get(i).<byte[]>getAs(2)))
            .isLessThanOrEqualTo(0);
      }
    }
  }
}
