package org.flowlake.jobs.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionRequest;
import org.flowlake.converters.lake.FlowLake;
import org.flowlake.converters.lake.LakeConversion;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.cli.FlowlakeCommand;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Flows of a corpus ({@code -Dflowlake.corpus=DIR}) that go from a lake into an nfcapd file and
 * from there into another lake are the same flows, in every column.
 */
class ExportRoundTripTest {
  private static final Path CORPUS = Path.of(System.getProperty("flowlake.corpus", "."));

  @TempDir private Path folder;

  @BeforeAll
  static void corpusIsThere() {
    assumeTrue(
        Files.isDirectory(CORPUS.resolve("nfcapd")),
        "no nfcapd in " + CORPUS + "; set -Dflowlake.corpus=DIR");
    JobsSession.get();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "devices",
        "payload",
        "variants",
        "real",
        "tree-v2-lz4",
        "tree-v1-bz2",
        "dir-mixed"
      })
  void nothingIsLostOnTheWay(String part) throws IOException {
    Dataset<Row> before = lake("before", CORPUS.resolve("nfcapd").resolve(part));
    Path file = folder.resolve("nfcapd.written");
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    assertThat(
            FlowlakeCommand.execute(
                out,
                "dump",
                "-R",
                folder.resolve("before").toString(),
                "-w",
                file.toString(),
                "-z=lz4"))
        .isZero();
    Dataset<Row> after = lake("after", file);
    Dataset<Row> expected = columns(before, before);
    Dataset<Row> actual = columns(after, before);
    List<Long> hashes = hashes(expected);
    assertThat(hashes).isNotEmpty();
    if (!hashes(actual).equals(hashes)) {
      // Slow over all columns, and only to tell which rows.
      assertThat(expected.exceptAll(actual).takeAsList(3)).isEmpty();
      assertThat(actual.exceptAll(expected).takeAsList(3)).isEmpty();
    }
    assertThat(hashes(actual)).isEqualTo(hashes);
  }

  /** One number for each row; null is hashed apart, as it leaves a hash as it is. */
  private static List<Long> hashes(Dataset<Row> rows) {
    Column[] values =
        Stream.of(rows.columns())
            .flatMap(name -> Stream.of(rows.col(name), rows.col(name).isNull()))
            .toArray(Column[]::new);
    return rows.select(functions.xxhash64(values)).as(Encoders.LONG()).collectAsList().stream()
        .sorted()
        .toList();
  }

  private Dataset<Row> lake(String name, Path input) throws IOException {
    String lake = folder.resolve(name).toString();
    new LakeConversion(
            JobsSession.get(),
            new ConversionRequest(
                lake,
                List.of(input.toString()),
                DamagePolicy.FAIL,
                ConversionRequest.MismatchPolicy.ACCEPT))
        .run();
    return FlowLake.open(JobsSession.get(), lake).flows();
  }

  /** The columns of one lake; only the number of the raw file is another one in each. */
  private static Dataset<Row> columns(Dataset<Row> flows, Dataset<Row> model) {
    return flows.select(
        Stream.of(model.columns())
            .filter(name -> !name.equals("source_id"))
            .map(
                name ->
                    Arrays.asList(flows.columns()).contains(name)
                        ? flows.col(name)
                        : functions.lit(null).as(name))
            .toArray(Column[]::new));
  }
}
