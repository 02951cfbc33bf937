package org.flowlake.converters.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that commit to one table of a local Hadoop catalog at the same time; {@code
 * -Dflowlake.rounds=10} does it 10 times with 60 commits of each, each time with a new table.
 */
class CommitLockTest {
  private static final int PROCESSES = 4;
  private static final int ROUNDS = Integer.getInteger("flowlake.rounds", 1);
  private static final int COMMITS = ROUNDS > 1 ? 60 : 20;
  private static final TableIdentifier NAME = TableIdentifier.of("commits");

  @TempDir private Path folder;

  @Test
  void everyCommitOfEveryProcessIsKept() throws IOException, InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      assertThatEveryCommitIsKept(Files.createDirectory(folder.resolve("round-" + round)));
    }
  }

  private static void assertThatEveryCommitIsKept(Path warehouse)
      throws IOException, InterruptedException {
    try (HadoopCatalog catalog = catalog(warehouse)) {
      catalog.createTable(
          NAME,
          new Schema(Types.NestedField.required(1, "id", Types.LongType.get())),
          PartitionSpec.unpartitioned(),
          Map.of("commit.retry.num-retries", "1000", "commit.retry.min-wait-ms", "5"));
    }
    List<Process> processes = new ArrayList<>();
    for (int number = 0; number < PROCESSES; number++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  CommitLockTest.class.getName(),
                  warehouse.toString(),
                  Integer.toString(number),
                  Integer.toString(COMMITS))
              .redirectErrorStream(true)
              .redirectOutput(warehouse.resolve("output-" + number).toFile())
              .start());
    }
    for (int number = 0; number < PROCESSES; number++) {
      assertThat(processes.get(number).waitFor())
          .as(Files.readString(warehouse.resolve("output-" + number)))
          .isZero();
    }
    try (HadoopCatalog catalog = catalog(warehouse)) {
      assertThat(catalog.loadTable(NAME).currentSnapshot().summary())
          .containsEntry("total-records", Integer.toString(PROCESSES * COMMITS));
    }
  }

  /** One of the processes: warehouse, its number, how many commits. */
  public static void main(String[] args) throws IOException {
    try (HadoopCatalog catalog = catalog(Path.of(args[0]))) {
      Table table = catalog.loadTable(NAME);
      for (int commit = 0; commit < Integer.parseInt(args[2]); commit++) {
        table
            .newFastAppend()
            .appendFile(
                DataFiles.builder(PartitionSpec.unpartitioned())
                    .withPath(args[0] + "/none-" + args[1] + "-" + commit + ".parquet")
                    .withFileSizeInBytes(1)
                    .withRecordCount(1)
                    .build())
            .commit();
      }
    }
  }

  private static HadoopCatalog catalog(Path warehouse) {
    HadoopCatalog catalog = new HadoopCatalog();
    catalog.setConf(new Configuration());
    catalog.initialize(
        "local",
        Map.of(
            CatalogProperties.WAREHOUSE_LOCATION,
            warehouse.toUri().toString(),
            CatalogProperties.LOCK_IMPL,
            CommitLock.class.getName()));
    return catalog;
  }
}
