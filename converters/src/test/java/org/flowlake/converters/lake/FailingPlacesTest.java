package org.flowlake.converters.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.LocalSpark;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionRequest.MismatchPolicy;
import org.flowlake.converters.lake.UnreliableFiles.Fault;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Disks that are full or read-only, and raw files that cannot be read: each is told by name, what
 * the lake has stays whole, and the next run completes what this one could not. Flows per file are
 * what nfdump counts, see the corpus' manifest.
 */
class FailingPlacesTest {
  private static final Path REAL =
      Path.of(System.getProperty("flowlake.corpus", "none")).resolve("nfcapd/real");
  private static final long SCAN_FLOWS = 2_035;
  private static final long SMALL_FLOWS = 10;

  /** At how many points of a conversion the disk fills up: {@code -Dflowlake.shares=12}. */
  private static final int SHARES = Integer.getInteger("flowlake.shares", 4);

  private static SparkSession spark;

  @TempDir private Path folder;
  private Path archive;

  @BeforeAll
  static void startSpark() {
    assumeTrue(Files.isDirectory(REAL), "No corpus: set -Dflowlake.corpus");
    spark = LocalSpark.start();
    FailingDisk.register(spark.sparkContext().hadoopConfiguration());
    UnreliableFiles.register(spark.sparkContext().hadoopConfiguration());
  }

  @BeforeEach
  void makeArchive() throws IOException {
    FailingDisk.giveRoom(Long.MAX_VALUE);
    UnreliableFiles.mend();
    archive = Files.createDirectory(folder.resolve("archive"));
    Files.copy(REAL.resolve("chrispassas-small-lzo.nfcapd"), archive.resolve("nfcapd.1"));
    Files.copy(REAL.resolve("nfcapd.201705281555"), archive.resolve("nfcapd.2"));
  }

  @Test
  void aDiskThatFillsUpAtAnyPointIsToldAndTheNextRunCompletes() throws IOException {
    long room = 1L << 30;
    FailingDisk.giveRoom(room);
    convert("whole", DamagePolicy.FAIL);
    long needed = room - FailingDisk.bytesLeft();
    for (int share = 0; share < SHARES; share++) {
      String name = "lake-" + share;
      FailingDisk.giveRoom(needed * (2 * share + 1) / (2 * SHARES));

      Throwable failure = catchThrowable(() -> convert(name, DamagePolicy.FAIL));

      FailingDisk.giveRoom(Long.MAX_VALUE);
      assertThat(failure)
          .as("share %s", share)
          .isInstanceOf(LakeStorageException.class)
          .hasMessageStartingWith(lake(name) + ": ")
          .hasMessageContaining("No space left on device\nThe place is full.")
          .hasMessageContaining("flowlake expire --lake " + lake(name));
      if (FlowLake.exists(spark, lake(name))) {
        assertThat(flows(name)).isIn(0L, SCAN_FLOWS + SMALL_FLOWS);
      }
      convert(name, DamagePolicy.FAIL);
      assertThatTheLakeIsWhole(name);
      expire(name, LocalDate.EPOCH);
      assertThat(UnnamedFiles.of(FlowLake.open(spark, lake(name)), folder.resolve(name))).isEmpty();
    }
  }

  @Test
  void aFullDiskNamesTheDataFile() throws IOException {
    FailingDisk.giveRoom(40_000);
    assertThatThrownBy(() -> convert("lake", DamagePolicy.FAIL))
        .isInstanceOf(LakeStorageException.class)
        .hasMessageMatching("(?s).*/flows/data/date=.*\\.parquet: No space left on device\n.*");
    FailingDisk.giveRoom(Long.MAX_VALUE);
  }

  @Test
  void aDiskThatMayOnlyBeReadIsTold() throws IOException {
    convert("lake", DamagePolicy.FAIL);
    Files.copy(REAL.resolve("chrispassas-large-bz2.nfcapd"), archive.resolve("nfcapd.3"));
    FailingDisk.giveRoom(0);

    Throwable converting = catchThrowable(() -> convert("lake", DamagePolicy.FAIL));
    Throwable expiring = catchThrowable(() -> expire("lake", LocalDate.of(2018, 1, 1)));
    long flows = flows("lake");

    FailingDisk.giveRoom(Long.MAX_VALUE);
    for (Throwable failure : List.of(converting, expiring)) {
      assertThat(failure)
          .isInstanceOf(LakeStorageException.class)
          .hasMessageContaining("Read-only file system")
          .hasMessageContaining("may not write there");
    }
    assertThat(flows).isEqualTo(SCAN_FLOWS + SMALL_FLOWS);
    convert("lake", DamagePolicy.FAIL);
    assertThat(flows("lake")).isEqualTo(SCAN_FLOWS + SMALL_FLOWS + 100_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GONE|it was listed and is no longer there",
        "GONE_LATER|it was listed and is no longer there",
        "FORBIDDEN|may not be read by user",
        "BROKEN|cannot be read: Input/output error"
      })
  void aRawFileThatCannotBeReadIsNamedAndTheNextRunCompletes(Fault fault, String reason)
      throws IOException {
    UnreliableFiles.give(archive.resolve("nfcapd.2"), fault);

    assertThatThrownBy(() -> convertUnreliable(DamagePolicy.FAIL))
        .isInstanceOf(UnreadableSourcesException.class)
        .hasMessageContaining("1 file could not be read; nothing of their batch was converted:\n")
        .hasMessageContaining("nfcapd.2: " + reason)
        .hasMessageContaining("Run the conversion again");

    UnreliableFiles.mend();
    Files.deleteIfExists(archive.resolve("nfcapd.2"));
    Files.copy(REAL.resolve("nfcapd.201705281555"), archive.resolve("nfcapd.2"));
    convertUnreliable(DamagePolicy.FAIL);
    assertThatTheLakeIsWhole("lake");
  }

  @Test
  void aRawFileThatCannotBeReadIsLeftOutWhereThatIsAskedFor() throws IOException {
    UnreliableFiles.give(archive.resolve("nfcapd.2"), Fault.FORBIDDEN);
    ConversionSummary summary = convertUnreliable(DamagePolicy.SKIP);
    UnreliableFiles.mend();
    assertThat(summary.notes())
        .filteredOn(note -> note.contains("nfcapd."))
        .singleElement()
        .asString()
        .contains("nfcapd.2: may not be read by user");
    assertThat(flows("lake")).isEqualTo(SMALL_FLOWS);
  }

  private ConversionSummary convertUnreliable(DamagePolicy damage) throws IOException {
    return convert("lake", damage, UnreliableFiles.path(archive));
  }

  private ConversionSummary convert(String name, DamagePolicy damage) throws IOException {
    return convert(name, damage, archive.toString());
  }

  private ConversionSummary convert(String name, DamagePolicy damage, String input)
      throws IOException {
    return new LakeConversion(
            spark, new ConversionRequest(lake(name), List.of(input), damage, MismatchPolicy.FAIL))
        .run();
  }

  private void expire(String name, LocalDate keptFrom) throws IOException {
    new LakeExpiry(spark, lake(name), () -> {})
        .run(new LakeExpiry.Request(keptFrom, Duration.ZERO, false));
  }

  private void assertThatTheLakeIsWhole(String name) throws IOException {
    assertThat(flows(name)).isEqualTo(SCAN_FLOWS + SMALL_FLOWS);
    assertThat(
            new LakeVerification(spark, FlowLake.open(spark, lake(name))).run(false).differences())
        .isEmpty();
  }

  private long flows(String name) throws IOException {
    return FlowLake.open(spark, lake(name)).flows().count();
  }

  private String lake(String name) {
    return folder.resolve(name).toString();
  }
}
