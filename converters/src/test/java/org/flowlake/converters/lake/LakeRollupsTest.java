package org.flowlake.converters.lake;

import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.DeleteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.LocalSpark;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionListener.Step;
import org.flowlake.converters.lake.ConversionRequest.MismatchPolicy;
import org.flowlake.converters.rollup.Rollup;
import org.flowlake.converters.rollup.RollupCommit;
import org.flowlake.converters.rollup.RollupSnapshot;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollups that no longer stand for the flows are not used, and come back when made anew. */
class LakeRollupsTest {
  private static final Path CORPUS = Path.of(System.getProperty("flowlake.corpus", "none"));
  private static final Path NFCAPD = CORPUS.resolve("nfcapd");
  private static final Path TREE = NFCAPD.resolve("tree-v2-lz4/2024/03");

  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void startSpark() {
    assumeTrue(Files.isDirectory(NFCAPD), "No corpus at " + CORPUS + ": set -Dflowlake.corpus");
    spark = LocalSpark.start();
  }

  private String location() {
    return folder.resolve("lake").toString();
  }

  private ConversionSummary convert(Path... inputs) throws IOException {
    return new LakeConversion(spark, request(inputs)).run();
  }

  private ConversionRequest request(Path... inputs) {
    return new ConversionRequest(
        location(),
        Arrays.stream(inputs).map(Path::toString).toList(),
        DamagePolicy.FAIL,
        MismatchPolicy.FAIL);
  }

  private FlowLake lake() throws IOException {
    return FlowLake.open(spark, location());
  }

  private LakeRollups rollups() {
    return new LakeRollups(spark, location(), () -> {});
  }

  private void assertThatTheyComeBack() throws IOException {
    LakeRollups.Rebuilt rebuilt = rollups().rebuild();

    assertThat(rebuilt.flows()).isEqualTo(lake().flows().count());
    assertThat(rebuilt.kept()).contains(Rollup.DST_HOST, Rollup.SRC_PORT);
    assertThat(rollups().usable()).isEqualTo(rebuilt.kept());
    RollupSums.assertThatRowsAreSums(lake(), rebuilt.kept());
  }

  @Test
  void afterAFileWasReplaced() throws IOException {
    Path archive = Files.createDirectory(folder.resolve("archive"));
    Path changing = archive.resolve("nfcapd.202403111000");
    List<Path> files = filesOf(TREE.resolve("11"));
    Files.copy(files.get(0), changing);
    Files.copy(files.get(1), archive.resolve("nfcapd.202403111005"));
    convert(archive);
    assertThat(rollups().usable()).isNotEmpty();
    Files.copy(files.get(2), changing, StandardCopyOption.REPLACE_EXISTING);

    ConversionSummary summary = convert(archive);

    assertThat(summary.filesReplaced()).isEqualTo(1);
    assertThat(summary.notes())
        .contains(
            "the rollups do not stand for the flows of this lake any more and are not used;"
                + " flowlake rollup --rebuild --lake "
                + location()
                + " makes them anew");
    assertThat(rollups().usable()).isEmpty();
    assertThatTheyComeBack();
    // From here on conversions keep them again.
    convert(TREE.resolve("12"));
    assertThat(rollups().usable()).isNotEmpty();
    RollupSums.assertThatRowsAreSums(lake(), rollups().usable());
  }

  @Test
  void afterDaysWereDropped() throws IOException {
    convert(TREE);
    new LakeExpiry(spark, location(), () -> {})
        .run(new LakeExpiry.Request(LocalDate.of(2024, 3, 12), Duration.ZERO, false));

    assertThat(rollups().usable()).contains(Rollup.DST_HOST);
    RollupSums.assertThatRowsAreSums(lake(), rollups().usable());
    assertThatTheyComeBack();
  }

  @Test
  void theyOutliveFlowsOnRequest() throws IOException {
    convert(TREE);
    List<Row> before = sums();
    Set<Rollup> kept = rollups().usable();
    LocalDate since = LocalDate.of(2024, 3, 13);

    expire(new LakeExpiry.Request(since, LocalDate.of(2024, 3, 1), Duration.ZERO, false));

    assertThat(lake().flows().filter("first_seen < timestamp '2024-03-13'").count()).isZero();
    assertThat(lake().flowsKeptSince()).contains(since);
    assertThat(rollups().usable()).isEqualTo(kept);
    assertThat(sums()).isEqualTo(before);
    LakeVerification.Outcome verified = new LakeVerification(spark, lake()).run(false);
    assertThat(verified.differences()).isEmpty();
    assertThat(verified.rollupDays()).isEqualTo(3);
    assertThat(verified.outlivingDays()).isEqualTo(2);
    // What follows keeps them: batches, a rebuild of the sums, another expiry.
    rollups().rebuild();
    assertThat(rollups().usable()).isEqualTo(kept);
    assertThat(sums()).isEqualTo(before);
    convert(NFCAPD.resolve("devices"));
    expire(new LakeExpiry.Request(since, since.minusDays(1), Duration.ZERO, false));
    assertThat(sumsOf("protocol_day")).isEqualTo(sumsOf("protocol_year"));
    assertThat(lake().rollups().filter("date < date '2024-03-12' and rollup like '%_day'").count())
        .isZero();
    // In the end they go with the flows that they are of.
    expire(new LakeExpiry.Request(since, Duration.ZERO, false));
    RollupSums.assertThatRowsAreSums(lake(), rollups().usable());
  }

  @Test
  void verificationNamesTheDayWhoseSumsAreGone() throws IOException {
    convert(TREE);
    Table flows = lake().flowsIceberg();
    DeleteFiles lost =
        lake()
            .rollupsIceberg()
            .newDelete()
            .deleteFromRowFilter(
                Expressions.and(
                    Expressions.equal("rollup", "protocol_day"),
                    Expressions.equal("date", "2024-03-12")));
    RollupCommit.summary(
            RollupSnapshot.flowsName(flows, flows.currentSnapshot()), rollups().usable())
        .forEach(lost::set);
    lost.commit();

    assertThat(new LakeVerification(spark, lake()).run(false).differences())
        .singleElement()
        .asString()
        .startsWith("2024-03-12: flows, packets and bytes in and out are [")
        .endsWith("], in the rollups null");
  }

  @Test
  void theyCannotOutliveFlowsThatTheyDoNotStandFor() throws IOException {
    convert(TREE);
    deleteFlowsBefore("2024-03-12T00:00:00.000000+00:00");
    long flows = lake().flows().count();

    assertThatThrownBy(
            () ->
                expire(
                    new LakeExpiry.Request(
                        LocalDate.of(2024, 3, 13), LocalDate.of(2024, 3, 1), Duration.ZERO, false)))
        .hasMessageContaining("cannot outlive them; nothing was dropped");
    assertThat(lake().flows().count()).isEqualTo(flows);
  }

  private void expire(LakeExpiry.Request request) throws IOException {
    new LakeExpiry(spark, location(), () -> {}).run(request);
  }

  private Row sumsOf(String rollup) throws IOException {
    return lake()
        .rollups()
        .filter("rollup = '" + rollup + "'")
        .selectExpr("sum(records)", "sum(in_bytes)")
        .head();
  }

  /** Records, bytes and times by rollup and period. */
  private List<Row> sums() throws IOException {
    return lake()
        .rollups()
        .filter("rollup not like 'conversation%'")
        .groupBy("rollup", "date")
        .agg(sum("records"), sum("in_bytes"), min("first_seen"), max("last_seen"))
        .orderBy("rollup", "date")
        .collectAsList();
  }

  @Test
  void afterAnotherProgramChangedTheFlows() throws IOException {
    convert(TREE);
    deleteFlowsBefore("2024-03-12T00:00:00.000000+00:00");

    assertThat(rollups().usable()).isEmpty();
    assertThatTheyComeBack();
    // They are known by a snapshot without a batch: a compaction must not lose them.
    convert(TREE.resolve("11"));
    new LakeCompaction(spark, location(), () -> {}).run(LocalDate.of(2100, 1, 1), day -> {});
    new LakeExpiry(spark, location(), () -> {})
        .run(new LakeExpiry.Request(null, Duration.ZERO, false));
    assertThat(rollups().usable()).contains(Rollup.DST_HOST);
    RollupSums.assertThatRowsAreSums(lake(), rollups().usable());
  }

  /** As another program does it. */
  private void deleteFlowsBefore(String time) throws IOException {
    lake()
        .flowsIceberg()
        .newDelete()
        .deleteFromRowFilter(Expressions.lessThan("first_seen", time))
        .commit();
  }

  @Test
  void sumsOfAKilledConversionDoNotCountAndExpiryKeepsThoseBefore() throws IOException {
    convert(TREE.resolve("11"));
    Set<Rollup> before = rollups().usable();
    LakeConversion dying =
        new LakeConversion(
            spark,
            request(TREE.resolve("12")),
            new ConversionListener() {
              @Override
              public void reached(Step step) {
                throw new IllegalStateException("the run dies here, after " + step);
              }
            });
    assertThatThrownBy(dying::run).hasMessage("the run dies here, after " + Step.ANNOUNCED);
    // A reader in between.
    assertThat(rollups().usable()).isEqualTo(before);

    new LakeExpiry(spark, location(), () -> {})
        .run(new LakeExpiry.Request(null, Duration.ZERO, false));

    assertThat(rollups().usable()).isEqualTo(before);
    RollupSums.assertThatRowsAreSums(lake(), before);
  }

  @Test
  void madeAnewTheyHaveTheSameSums() throws IOException {
    convert(NFCAPD.resolve("devices"), NFCAPD.resolve("real/nfcapd.201705281555"));
    convert(TREE);
    Set<Rollup> before = rollups().usable();

    assertThatTheyComeBack();

    assertThat(rollups().usable()).containsAll(before);
  }

  @Test
  void aLakeOfNoFlowsHasNone() throws IOException {
    FlowLake.openOrCreate(spark, location());

    assertThat(rollups().rebuild().flows()).isZero();
    assertThat(rollups().usable()).isEmpty();
  }

  private static List<Path> filesOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
