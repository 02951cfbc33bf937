package org.flowlake.converters.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.LocalSpark;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionRequest.MismatchPolicy;
import org.flowlake.converters.rollup.RollupTable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A lake that grew file by file has, once it is compacted, as many files as one that was converted
 * at once and compacted: of flows, rollups and ledger, and as many lists of them.
 */
class GrownLakeTest {
  private static final Path CORPUS = Path.of(System.getProperty("flowlake.corpus", "none"));
  private static final Path TREE = CORPUS.resolve("nfcapd/tree-v2-lz4/2024/03");
  private static final LocalDate LATER = LocalDate.of(2024, 4, 1);
  private static final int FILES_PER_DAY = 3;

  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void startSpark() {
    assumeTrue(Files.isDirectory(TREE), "No corpus at " + CORPUS + ": set -Dflowlake.corpus");
    spark = LocalSpark.start();
  }

  @AfterAll
  static void stopSpark() {
    if (spark != null) {
      spark.stop();
    }
  }

  @Test
  void hasAsManyFilesAsALakeThatWasMadeAtOnce() throws IOException {
    List<Path> files = copies();
    FlowLake atOnce = lake("at-once");
    convert(atOnce, files);
    compact(atOnce, LATER);
    FlowLake grown = lake("grown");
    for (Path file : files) {
      convert(grown, List.of(file));
    }
    assertThat(grown.sourcesIceberg().currentSnapshot().dataManifests(grown.sourcesIceberg().io()))
        .hasSize(files.size());

    List<String> told = compact(grown, LATER);

    assertThat(told)
        .contains(
            "2024-03-12",
            "rollups of 2024-03-12",
            "rollups of 2024",
            "ledger: " + files.size() + " files became 1");
    assertThat(filesByPartition(grown)).isEqualTo(filesByPartition(atOnce));
    assertThat(manifests(grown)).isEqualTo(manifests(atOnce));
    assertThat(filesByPartition(grown).values()).allMatch(count -> count == 1);
    assertThat(compact(grown, LATER)).as("a second compaction").isEmpty();
    assertThatNothingIsLost(grown, files.size());

    // It goes on as before: a file is replaced by another of its name.
    Files.copy(treeFile("13", 50), files.get(0), StandardCopyOption.REPLACE_EXISTING);
    ConversionSummary summary = convert(grown, files);
    assertThat(summary.filesReplaced()).isEqualTo(1);
    assertThat(new LakeVerification(spark, grown).run(true).differences()).isEmpty();
  }

  @Test
  void leavesTheRollupsOfAnOpenDayAlone() throws IOException {
    FlowLake lake = lake("open");
    for (Path file : copies()) {
      convert(lake, List.of(file));
    }
    Map<String, Integer> before = filesByPartition(lake);

    compact(lake, LocalDate.of(2024, 3, 12));

    Map<String, Integer> after = filesByPartition(lake);
    assertThat(after).containsEntry("rollups dst_host_day 2024-03-11", 1);
    assertThat(after).containsEntry("rollups dst_host_year 2024-01-01", 1);
    assertThat(after.get("rollups dst_host_day 2024-03-12"))
        .isEqualTo(before.get("rollups dst_host_day 2024-03-12"))
        .isGreaterThan(1);
    assertThatNothingIsLost(lake, 2 * FILES_PER_DAY);
  }

  private void assertThatNothingIsLost(FlowLake lake, int files) throws IOException {
    assertThat(lake.sources().select("source_id").orderBy("source_id").collectAsList())
        .extracting(row -> row.getInt(0))
        .containsExactlyElementsOf(Stream.iterate(1, id -> id + 1).limit(files).toList());
    assertThat(new LakeVerification(spark, lake).run(true).differences()).isEmpty();
    LakeRollups rollups = new LakeRollups(spark, lake.location(), () -> {});
    assertThat(rollups.usable()).isNotEmpty();
    RollupSums.assertThatRowsAreSums(lake, rollups.usable());
  }

  private FlowLake lake(String name) {
    return FlowLake.openOrCreate(spark, folder.resolve(name).toString());
  }

  /** Files with flows, of two days. */
  private List<Path> copies() throws IOException {
    Path archive = Files.createDirectories(folder.resolve("archive"));
    List<Path> copies = new ArrayList<>();
    for (String day : List.of("11", "12")) {
      for (int i = 0; i < FILES_PER_DAY; i++) {
        Path file = treeFile(day, 50 + i);
        copies.add(Files.copy(file, archive.resolve(file.getFileName())));
      }
    }
    return copies;
  }

  private static Path treeFile(String day, int number) throws IOException {
    try (Stream<Path> files = Files.list(TREE.resolve(day))) {
      return files.sorted().skip(number).findFirst().orElseThrow();
    }
  }

  private ConversionSummary convert(FlowLake lake, List<Path> inputs) throws IOException {
    return new LakeConversion(
            spark,
            new ConversionRequest(
                lake.location(),
                inputs.stream().map(Path::toString).toList(),
                DamagePolicy.FAIL,
                MismatchPolicy.FAIL))
        .run();
  }

  /** What the compaction says that it did. */
  private List<String> compact(FlowLake lake, LocalDate before) throws IOException {
    List<String> told = new ArrayList<>();
    new LakeCompaction(spark, lake.location(), () -> {})
        .run(
            before,
            new LakeCompaction.Listener() {
              @Override
              public void day(LakeCompaction.CompactedDay day) {
                told.add(day.day().toString());
              }

              @Override
              public void merged(String what, int filesBefore, int filesAfter) {
                told.add(
                    what.equals("ledger")
                        ? what + ": " + filesBefore + " files became " + filesAfter
                        : what);
              }
            });
    return told;
  }

  private static Map<String, Integer> filesByPartition(FlowLake lake) throws IOException {
    Map<String, Integer> files = new TreeMap<>();
    for (Table table : lake.tables()) {
      String name = table.location().substring(table.location().lastIndexOf('/') + 1);
      try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
        for (FileScanTask task : tasks) {
          String partition =
              name.equals(RollupTable.NAME)
                  ? task.file().partition().get(0, String.class)
                      + " "
                      + day(task.file().partition().get(1, Integer.class))
                  : name.equals("flows") ? day(task.file().partition().get(0, Integer.class)) : "";
          files.merge((name + " " + partition).strip(), 1, Integer::sum);
        }
      }
    }
    return files;
  }

  private static String day(Integer epochDay) {
    return epochDay == null ? "without time" : LocalDate.ofEpochDay(epochDay).toString();
  }

  private static List<Integer> manifests(FlowLake lake) {
    return lake.tables().stream()
        .map(table -> table.currentSnapshot().dataManifests(table.io()).size())
        .toList();
  }
}
