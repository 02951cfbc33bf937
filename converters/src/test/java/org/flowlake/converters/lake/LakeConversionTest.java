package org.flowlake.converters.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.LocalSpark;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionRequest.MismatchPolicy;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeConversionTest {
  private static final Path CORPUS = Path.of(System.getProperty("flowlake.corpus", "none"));
  private static final Path NFCAPD = CORPUS.resolve("nfcapd");

  private static SparkSession spark;

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    assumeTrue(Files.isDirectory(NFCAPD), "No corpus at " + CORPUS + ": set -Dflowlake.corpus");
    spark = LocalSpark.start();
  }

  private String lake() {
    return folder.resolve("lake").toString();
  }

  private ConversionSummary convert(DamagePolicy damage, Path... inputs) throws IOException {
    return new LakeConversion(
            spark,
            new ConversionRequest(
                lake(),
                Arrays.stream(inputs).map(Path::toString).toList(),
                damage,
                MismatchPolicy.FAIL))
        .run();
  }

  private ConversionSummary convert(Path... inputs) throws IOException {
    return convert(DamagePolicy.FAIL, inputs);
  }

  private FlowLake opened() throws IOException {
    return FlowLake.open(spark, lake());
  }

  @Test
  void theLakeHoldsWhatTheFilesStatePartitionedByDay() throws IOException {
    ConversionSummary summary = convert(NFCAPD.resolve("tree-v2-lz4"));

    assertThat(summary.filesConverted()).isEqualTo(331);
    assertThat(summary.flows()).isEqualTo(12_679);
    assertThat(summary.days().keySet()).containsExactly("2024-03-11", "2024-03-12", "2024-03-13");
    assertThat(folder.resolve("lake/flows/data/date=2024-03-11")).isDirectory();
    assertThat(opened().flows().select("_file").distinct().count())
        .as("a file per day")
        .isEqualTo(3);
    Row totals = opened().flows().agg(count(lit(1)), sum("in_packets"), sum("in_bytes")).head();
    Row stated =
        opened()
            .sources()
            .agg(sum("stated.all.flows"), sum("stated.all.packets"), sum("stated.all.bytes"))
            .head();
    assertThat(totals.getLong(0)).isEqualTo(12_679);
    assertThat(totals).isEqualTo(stated);
  }

  @Test
  void writersAtTheSameTimeAddEachFileOnce() throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(4);
    try {
      List<Future<ConversionSummary>> runs = new ArrayList<>();
      for (String day : List.of("11", "12", "", "11")) {
        runs.add(writers.submit(() -> convert(NFCAPD.resolve("tree-v2-lz4/2024/03").resolve(day))));
      }
      long converted = 0;
      for (Future<ConversionSummary> run : runs) {
        converted += run.get().filesConverted();
      }
      assertThat(converted).isEqualTo(331);
    } finally {
      writers.shutdown();
    }
    assertThat(opened().flows().count()).isEqualTo(12_679);
    assertThat(opened().sources().select("source_id").distinct().count()).isEqualTo(331);
  }

  @Test
  void aFileIsConvertedOnceUnderWhateverName() throws IOException {
    Path original = NFCAPD.resolve("real/nfcapd.201705281555");
    Path copy = Files.copy(original, folder.resolve("nfcapd.renamed"));

    ConversionSummary first = convert(original, copy);
    ConversionSummary second = convert(copy);

    assertThat(first.filesConverted()).isEqualTo(1);
    assertThat(first.filesKnown()).isEqualTo(1);
    assertThat(second.filesConverted()).isZero();
    assertThat(opened().flows().count()).isEqualTo(2_035);
    assertThat(opened().sources().count()).isEqualTo(1);
  }

  @Test
  void columnsJoinWhenAFileFirstCarriesThem() throws IOException {
    convert(NFCAPD.resolve("real/nfcapd.201705281555"));
    assertThat(opened().flows().columns()).doesNotContain("fw_event");

    convert(NFCAPD.resolve("devices/v9-cisco-asa-nsel.v2-1.7.8.nfcapd"));

    assertThat(opened().flows().columns()).contains("fw_event", "nat_src_addr");
    assertThat(opened().flows().filter(col("fw_event").isNull()).count())
        .isGreaterThanOrEqualTo(2_035);
    assertThat(opened().flows().filter(col("fw_event").isNotNull()).count()).isPositive();
  }

  @Test
  void filesAreSortedByDestination() throws IOException {
    convert(NFCAPD.resolve("real/chrispassas-large-bz2.nfcapd"));

    List<Row> rows =
        opened()
            .flows()
            .selectExpr("_file", "_pos", "dst_addr")
            .orderBy("_file", "_pos")
            .collectAsList();
    assertThat(rows).hasSize(100_000);
    for (int i = 1; i < rows.size(); i++) {
      if (rows.get(i).getString(0).equals(rows.get(i - 1).getString(0))) {
        assertThat(
                Arrays.compareUnsigned(
                    rows.get(i - 1).<byte[]>getAs(2), rows.get(i).<byte[]>getAs(2)))
            .as("destination of row %s against the one before", rows.get(i).getLong(1))
            .isLessThanOrEqualTo(0);
      }
    }
  }

  @Test
  void damageRefusesTheRunAndNamesTheFile() throws IOException {
    Path whole = NFCAPD.resolve("real/nfcapd.201705281555");
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = Files.write(folder.resolve("nfcapd.cut"), Arrays.copyOf(bytes, bytes.length - 99));

    assertThatThrownBy(() -> convert(whole, cut))
        .isInstanceOf(RefusedSourcesException.class)
        .hasMessageContaining("nfcapd.cut, offset 0x")
        .hasMessageContaining("--damage skip");
    assertThat(folder.resolve("lake")).doesNotExist();

    ConversionSummary kept = convert(DamagePolicy.SKIP, whole, cut);
    assertThat(kept.notes()).isNotEmpty();
    assertThat(opened().flows().count()).isGreaterThanOrEqualTo(2_035);
  }

  @Test
  void openingWhatIsNoLakeSaysHowToMakeOne() {
    assertThatThrownBy(() -> FlowLake.open(spark, folder.toString()))
        .hasMessageContaining("no lake there")
        .hasMessageContaining("flowlake convert --lake");
  }

  @Test
  void aCompleteCorpusConvertsWithTotalsAsStated() throws IOException {
    List<Path> folders;
    try (Stream<Path> found = Files.list(NFCAPD)) {
      folders = found.filter(Files::isDirectory).sorted().toList();
    }
    ConversionSummary summary = convert(folders.toArray(Path[]::new));

    assertThat(summary.notes())
        .containsExactly(
            "no rollup conversation: it would have more than a fifth as many rows as there are"
                + " flows");
    assertThat(opened().flows().count()).isEqualTo(summary.flows());
  }
}
