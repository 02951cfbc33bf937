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
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.LocalSpark;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionListener.Step;
import org.flowlake.converters.lake.ConversionRequest.MismatchPolicy;
import org.flowlake.converters.lake.ConversionScope.KnownFiles;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Conversions of an archive that grows and changes, and of runs that die; flows per file are what
 * nfdump counts, see the corpus' manifest.
 */
class IncrementalConversionTest {
  private static final Path CORPUS = Path.of(System.getProperty("flowlake.corpus", "none"));
  private static final Path REAL = CORPUS.resolve("nfcapd/real");

  /** 2,035 flows of 2017-05-28. */
  private static final Path SCAN = REAL.resolve("nfcapd.201705281555");

  private static final long SCAN_FLOWS = 2_035;

  /** 10 flows. */
  private static final Path SMALL = REAL.resolve("chrispassas-small-lzo.nfcapd");

  private static final long SMALL_FLOWS = 10;

  private static SparkSession spark;

  @TempDir private Path folder;
  private Path archive;

  @BeforeAll
  static void startSpark() {
    assumeTrue(Files.isDirectory(REAL), "No corpus at " + CORPUS + ": set -Dflowlake.corpus");
    spark = LocalSpark.start();
  }

  @BeforeEach
  void makeArchive() throws IOException {
    archive = Files.createDirectory(folder.resolve("archive"));
  }

  private Path put(Path original, String name) throws IOException {
    return Files.copy(original, archive.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private ConversionSummary convert(ConversionScope scope, ConversionListener listener)
      throws IOException {
    return new LakeConversion(
            spark,
            new ConversionRequest(
                lake(),
                List.of(archive.toString()),
                DamagePolicy.FAIL,
                MismatchPolicy.FAIL,
                scope,
                Optional.empty()),
            listener)
        .run();
  }

  private ConversionSummary convert() throws IOException {
    return convert(ConversionScope.ALL, ConversionListener.NONE);
  }

  private String lake() {
    return folder.resolve("lake").toString();
  }

  /** Flows of the lake, which must be those that the ledger's files state, as must their bytes. */
  private long flows() throws IOException {
    FlowLake lake = FlowLake.open(spark, lake());
    Row held = lake.flows().agg(count(lit(1)), sum("in_packets"), sum("in_bytes")).head();
    Row stated =
        lake.sources()
            .agg(sum("stated.all.flows"), sum("stated.all.packets"), sum("stated.all.bytes"))
            .head();
    if (held.getLong(0) > 0) {
      assertThat(held).isEqualTo(stated);
    }
    return held.getLong(0);
  }

  @Test
  void aKnownFileIsNotOpened() throws IOException {
    Path file = put(SCAN, "nfcapd.201705281555");
    FileTime time = Files.getLastModifiedTime(file);
    convert();
    // Same path, size and time, other bytes: opened, it would be refused.
    Files.write(file, new byte[Math.toIntExact(Files.size(file))]);
    Files.setLastModifiedTime(file, time);

    assertThat(convert().filesKnown()).isEqualTo(1);

    ConversionScope checked =
        new ConversionScope(KnownFiles.HASHED, Long.MAX_VALUE, Long.MAX_VALUE, 1, 0);
    assertThatThrownBy(() -> convert(checked, ConversionListener.NONE))
        .isInstanceOf(RefusedSourcesException.class);
    assertThat(flows()).isEqualTo(SCAN_FLOWS);
  }

  @Test
  void aFileThatChangedIsReplacedInOneCommit() throws IOException {
    put(SMALL, "nfcapd.201908010000");
    put(SCAN, "nfcapd.201908010005");
    convert();
    int snapshots = snapshots();
    put(REAL.resolve("chrispassas-large-bz2.nfcapd"), "nfcapd.201908010000");

    ConversionSummary summary = convert();

    assertThat(summary.filesReplaced()).isEqualTo(1);
    assertThat(flows()).isEqualTo(SCAN_FLOWS + 100_000);
    assertThat(snapshots()).isEqualTo(snapshots + 1);
    assertThat(FlowLake.open(spark, lake()).sources().count()).isEqualTo(2);
  }

  @Test
  void aFileThatWasEmptiedLosesItsFlows() throws IOException {
    put(SCAN, "nfcapd.201705281555");
    convert();
    put(REAL.resolve("chrispassas-empty.nfcapd"), "nfcapd.201705281555");

    convert();

    assertThat(flows()).isZero();
  }

  @Test
  void aRenamedFileKeepsItsFlowsWhenItsNameIsGivenAway() throws IOException {
    put(SCAN, "nfcapd.1");
    convert();
    put(SCAN, "nfcapd.2");
    put(SMALL, "nfcapd.1");

    convert();

    assertThat(flows()).isEqualTo(SCAN_FLOWS + SMALL_FLOWS);
  }

  @Test
  void limitsLeaveTheRestToLaterRuns() throws IOException {
    put(SMALL, "nfcapd.1");
    put(SCAN, "nfcapd.2");
    put(REAL.resolve("chrispassas-empty.nfcapd"), "nfcapd.3");
    ConversionScope oneFile =
        new ConversionScope(KnownFiles.UNOPENED, 1, Long.MAX_VALUE, Long.MAX_VALUE, 0);
    ConversionScope oneByte =
        new ConversionScope(KnownFiles.UNOPENED, Long.MAX_VALUE, 1, Long.MAX_VALUE, 0);

    ConversionSummary first = convert(oneFile, ConversionListener.NONE);
    assertThat(first.filesConverted()).isEqualTo(1);
    assertThat(first.filesLeft()).isEqualTo(2);
    assertThat(flows()).isEqualTo(SMALL_FLOWS);
    assertThat(convert(oneByte, ConversionListener.NONE).filesLeft()).isEqualTo(1);
    assertThat(flows()).isEqualTo(SMALL_FLOWS + SCAN_FLOWS);
    assertThat(convert().filesLeft()).isZero();
  }

  @Test
  void aFileThatMayStillGrowIsLeft() throws IOException {
    put(SMALL, "nfcapd.201908010000");
    Path growing = put(SCAN, "nfcapd.201908010005");
    ConversionScope settled =
        new ConversionScope(
            KnownFiles.UNOPENED, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 3_600_000);

    ConversionSummary first = convert(settled, ConversionListener.NONE);
    Files.setLastModifiedTime(growing, FileTime.from(Instant.now().minusSeconds(7_200)));
    ConversionSummary second = convert(settled, ConversionListener.NONE);

    assertThat(first.filesLeft()).isEqualTo(1);
    assertThat(first.flows()).isEqualTo(SMALL_FLOWS);
    assertThat(second.flows()).isEqualTo(SCAN_FLOWS);
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void aRunThatDiedIsBroughtToItsEndByTheNext(Step last) throws IOException {
    put(SCAN, "nfcapd.1");
    convert();
    put(SMALL, "nfcapd.2");
    dyingAfter(last);
    FlowLake lake = FlowLake.open(spark, lake());
    // Neither a later commit nor the end of old snapshots may hide what is to be put right.
    lake.flowsIceberg().newAppend().commit();
    lake.flowsIceberg().expireSnapshots().expireOlderThan(System.currentTimeMillis()).commit();

    convert();

    assertThat(flows()).isEqualTo(SCAN_FLOWS + SMALL_FLOWS);
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void aReplacementThatDiedIsBroughtToItsEndByTheNext(Step last) throws IOException {
    put(SCAN, "nfcapd.1");
    put(REAL.resolve("chrispassas-large-bz2.nfcapd"), "nfcapd.2");
    convert();
    put(SMALL, "nfcapd.1");
    put(REAL.resolve("chrispassas-empty.nfcapd"), "nfcapd.2");
    dyingAfter(last);

    convert();

    assertThat(flows()).isEqualTo(SMALL_FLOWS);
  }

  private void dyingAfter(Step last) {
    ConversionListener dying =
        new ConversionListener() {
          @Override
          public void reached(Step step) {
            if (step == last) {
              throw new IllegalStateException("died after " + step);
            }
          }
        };
    assertThatThrownBy(() -> convert(ConversionScope.ALL, dying)).hasMessage("died after " + last);
  }

  private int snapshots() throws IOException {
    int snapshots = 0;
    for (var unused : FlowLake.open(spark, lake()).flowsIceberg().snapshots()) {
      snapshots++;
    }
    return snapshots;
  }
}
