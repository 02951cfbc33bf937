package org.flowlake.converters.lake;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.LocalSpark;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionRequest.MismatchPolicy;
import org.flowlake.converters.rollup.Rollup;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day rebuilt from the raw files of a collector, whose statistics records state 12,679 flows. */
class LakeRebuildTest {
  private static final Path TREE =
      Path.of(System.getProperty("flowlake.corpus", "none")).resolve("nfcapd/tree-v2-lz4/2024/03");
  private static final LocalDate DAY = LocalDate.of(2024, 3, 12);
  private static final String FLOWS_OF_DAY =
      "first_seen >= timestamp '2024-03-12' and first_seen < timestamp '2024-03-13'";
  private static final String OTHER_FLOWS = "not (" + FLOWS_OF_DAY + ")";

  private static SparkSession spark;

  @TempDir private Path folder;
  private Path raw;

  @BeforeAll
  static void startSpark() {
    assumeTrue(Files.isDirectory(TREE), "No corpus: set -Dflowlake.corpus");
    spark = LocalSpark.start();
  }

  @BeforeEach
  void convertThreeDays() throws IOException {
    raw = folder.resolve("raw");
    try (Stream<Path> found = Files.walk(TREE)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        Path copy = raw.resolve(TREE.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    new LakeConversion(
            spark,
            new ConversionRequest(
                location(), List.of(raw.toString()), DamagePolicy.FAIL, MismatchPolicy.FAIL))
        .run();
  }

  @Test
  void flowsThatWereLostComeBackAndOtherDaysStay() throws IOException {
    Row before = totals(FLOWS_OF_DAY);
    Set<String> otherFiles = files(OTHER_FLOWS);
    spark.sql("DELETE FROM " + lake().flowsTable() + " WHERE dst_port < 1000 AND " + FLOWS_OF_DAY);
    assertThat(verified()).isNotEmpty();
    int snapshots = snapshots();

    LakeRebuild.Rebuilt rebuilt = rebuild(false);

    assertThat(rebuilt.flowsAfter()).isEqualTo(before.getLong(0));
    assertThat(rebuilt.flowsBefore()).isLessThan(before.getLong(0));
    assertThat(totals(FLOWS_OF_DAY)).isEqualTo(before);
    assertThat(verified()).isEmpty();
    assertThat(files(OTHER_FLOWS)).isEqualTo(otherFiles);
    assertThat(snapshots()).isEqualTo(snapshots + 1);
    assertThat(lake().flows().count()).isEqualTo(12_679);
    assertThatRollupsAreInUseAndRight();
  }

  @Test
  void aDayThatIsWholeStaysTheSame() throws IOException {
    Row before = totals(FLOWS_OF_DAY);
    rebuild(false);
    rebuild(false);
    assertThat(totals(FLOWS_OF_DAY)).isEqualTo(before);
    assertThat(verified()).isEmpty();
    assertThatRollupsAreInUseAndRight();
  }

  @Test
  void rollupsAreNotUsedWhereFlowsOfAnotherDayWereLostToo() throws IOException {
    spark.sql("DELETE FROM " + lake().flowsTable() + " WHERE dst_port < 1000");

    rebuild(false);

    assertThat(usableRollups()).isEmpty();
  }

  @Test
  void aDryRunChangesNothing() throws IOException {
    int snapshots = snapshots();
    LakeRebuild.Rebuilt would = rebuild(true);
    assertThat(would.rawFiles()).isPositive();
    assertThat(would.flowsBefore()).isEqualTo(totals(FLOWS_OF_DAY).getLong(0));
    assertThat(snapshots()).isEqualTo(snapshots);
  }

  @Test
  void rawFilesThatAreGoneOrChangedAreNamedAndNothingChanges() throws IOException {
    List<Path> ofDay;
    try (Stream<Path> found = Files.list(raw.resolve("12"))) {
      ofDay = found.sorted().toList();
    }
    Path gone = ofDay.get(40);
    Path changed = ofDay.get(41);
    Files.delete(gone);
    Files.copy(ofDay.get(42), changed, StandardCopyOption.REPLACE_EXISTING);
    int snapshots = snapshots();

    for (boolean dryRun : new boolean[] {true, false}) {
      assertThatThrownBy(() -> rebuild(dryRun))
          .isInstanceOf(RefusedSourcesException.class)
          .hasMessageStartingWith("2 files were refused; ")
          .hasMessageContaining(gone.getFileName() + ": is no longer there")
          .hasMessageContaining(changed.getFileName() + ": its content has changed")
          .hasMessageContaining("Day 2024-03-12 stays as it is.");
    }
    assertThat(snapshots()).isEqualTo(snapshots);
  }

  private void assertThatRollupsAreInUseAndRight() throws IOException {
    assertThat(usableRollups()).contains(Rollup.DST_HOST, Rollup.PROTOCOL);
    RollupSums.assertThatRowsAreSums(lake(), usableRollups());
  }

  private Set<Rollup> usableRollups() throws IOException {
    return new LakeRollups(spark, location(), () -> {}).usable();
  }

  private LakeRebuild.Rebuilt rebuild(boolean dryRun) throws IOException {
    return new LakeRebuild(spark, location(), () -> {})
        .run(new LakeRebuild.Request(DAY, DamagePolicy.FAIL, Optional.empty(), dryRun));
  }

  private Row totals(String flows) throws IOException {
    return lake()
        .flows()
        .filter(flows)
        .agg(count(lit(1)), sum("in_packets"), sum("in_bytes"), sum("source_id"), sum("src_port"))
        .head();
  }

  private Set<String> files(String flows) throws IOException {
    return new TreeSet<>(
        lake()
            .flows()
            .filter(flows)
            .select("_file")
            .distinct()
            .as(Encoders.STRING())
            .collectAsList());
  }

  private List<String> verified() throws IOException {
    return new LakeVerification(spark, lake()).run(false).differences();
  }

  private int snapshots() throws IOException {
    int snapshots = 0;
    for (var unused : lake().flowsIceberg().snapshots()) {
      snapshots++;
    }
    return snapshots;
  }

  private FlowLake lake() throws IOException {
    return FlowLake.open(spark, location());
  }

  private String location() {
    return folder.resolve("lake").toString();
  }
}
