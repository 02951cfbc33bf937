package org.flowlake.converters.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.LocalSpark;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionRequest.MismatchPolicy;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lakes at another place than where they were made; flows as in the corpus' manifest. */
class MovedLakeTest {
  private static final Path REAL =
      Path.of(System.getProperty("flowlake.corpus", "none")).resolve("nfcapd/real");
  private static final Path SCAN = REAL.resolve("nfcapd.201705281555");
  private static final Path SMALL = REAL.resolve("chrispassas-small-lzo.nfcapd");

  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void startSpark() {
    assumeTrue(Files.isDirectory(REAL), "No corpus: set -Dflowlake.corpus");
    spark = LocalSpark.start();
  }

  private void convert(Path lake, Path input) throws IOException {
    new LakeConversion(
            spark,
            new ConversionRequest(
                lake.toString(), List.of(input.toString()), DamagePolicy.FAIL, MismatchPolicy.FAIL))
        .run();
  }

  private static long flows(Path lake) throws IOException {
    FlowLake opened = FlowLake.open(spark, lake.toString());
    assertThat(opened.sources().count()).isPositive();
    return opened.flows().filter("in_packets > 0").count();
  }

  @Test
  void aMovedLakeAnswersAndRefusesToGrow() throws IOException {
    Path made = folder.resolve("made");
    convert(made, SCAN);
    Path moved = Files.move(made, folder.resolve("moved"));

    assertThat(flows(moved)).isEqualTo(2_035);
    assertThatThrownBy(() -> convert(moved, SMALL)).hasStackTraceContaining("move it back there");
    String there = moved.toString();
    LakeExpiry.Request nothing = new LakeExpiry.Request(null, Duration.ZERO, false);
    assertThatThrownBy(() -> new LakeExpiry(spark, there, () -> {}).run(nothing))
        .hasStackTraceContaining("move it back there");
    assertThatThrownBy(
            () -> new LakeCompaction(spark, there, () -> {}).run(LocalDate.MAX, day -> {}))
        .hasStackTraceContaining("move it back there");
    assertThat(flows(moved)).isEqualTo(2_035);

    Files.move(moved, made);
    convert(made, SMALL);
    assertThat(flows(made)).isEqualTo(2_045);
  }

  @Test
  void aCopyIsReadWhereItLies() throws IOException {
    Path made = folder.resolve("original");
    convert(made, SCAN);
    Path copy = folder.resolve("copy");
    try (Stream<Path> files = Files.walk(made)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(made.relativize(file).toString()));
      }
    }
    convert(made, SMALL);

    assertThat(flows(copy)).isEqualTo(2_035);
    assertThat(flows(made)).isEqualTo(2_045);
  }

  @Test
  void anotherWayToTheSameFolderIsNoMove() throws IOException {
    Path made = folder.resolve("there");
    convert(made, SCAN);
    Path link = Files.createSymbolicLink(folder.resolve("link"), made);

    convert(link, SMALL);

    assertThat(flows(made)).isEqualTo(2_045);
  }
}
