package org.flowlake.converters.lake;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.actions.RewriteDataFiles;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.rollup.RollupCommit;
import org.flowlake.converters.rollup.RollupSnapshot;
import org.flowlake.converters.rollup.RollupTable;

/**
 * Puts the many small files of closed days together into few files, sorted as {@link
 * org.flowlake.converters.flow.LakeOrder} sorts; and what batches have added to the rollups, the
 * ledger, and the lists of files of all of these.
 *
 * <p>Each day is one commit that replaces files and changes no flow, and so is each period of the
 * rollups: readers see it before or after, and a run that dies leaves what it finished. A day with
 * fewer than two small files is left alone, so that a second run does nothing. A day's flows are
 * mostly one file, and to sort and write it is one task: so several days are at work at once, see
 * {@link DaysAtOnce}, and their commits follow one another.
 */
public final class LakeCompaction {
  /** Half of the target: what a full day is cut into stays above it. */
  private static final long SMALL_FILE_BYTES = LakeLayout.TARGET_FILE_BYTES / 2;

  private static final int FEWEST_SMALL_FILES = 2;

  private final SparkSession spark;
  private final String location;
  private final Runnable waiting;

  /**
   * A compaction of this lake.
   *
   * @param location of the lake, see {@link FlowLake}
   * @param waiting run once if another writer is at work on the lake
   */
  public LakeCompaction(SparkSession spark, String location, Runnable waiting) {
    this.spark = spark;
    this.location = location;
    this.waiting = waiting;
  }

  /**
   * A day whose files were put together.
   *
   * @param filesBefore small data files that were replaced
   * @param filesAfter data files in their place
   * @param bytesBefore bytes of the replaced files
   */
  public record CompactedDay(LocalDate day, int filesBefore, int filesAfter, long bytesBefore) {}

  /** Told of each step once it is committed, always in the thread that runs the compaction. */
  public interface Listener {
    /** A day's flows. */
    void day(CompactedDay day);

    /**
     * Other files that were put together.
     *
     * @param what such as {@code ledger}, or {@code rollups of 2024-03-01}
     */
    default void merged(String what, int filesBefore, int filesAfter) {}
  }

  /**
   * Compacts the days before this one that need it; the earliest are begun first, and the listener
   * is told of each when it is done.
   *
   * @param before usually today: flows of earlier days come late, if at all
   * @return the days whose flows were compacted, the earliest first
   * @throws FailedDaysException if days could not be compacted, and names them; the others are, and
   *     so is what lies beside the flows
   * @throws java.io.FileNotFoundException if there is no lake
   * @throws java.io.UncheckedIOException if the lake does not lie where it was made
   * @throws LakeStorageException if the lake's place is full or may not be written
   */
  public List<CompactedDay> run(LocalDate before, Listener finished) throws IOException {
    return LakeStorageException.explaining(location, () -> compactDays(before, finished));
  }

  private List<CompactedDay> compactDays(LocalDate before, Listener finished) throws IOException {
    FlowLake lake = FlowLake.openToChange(spark, location);
    try (LakeLock.Release held = LakeLock.take(spark, location, waiting)) {
      BatchRecovery.repair(lake, new SourceLedger(lake));
      List<LocalDate> days = new ArrayList<>();
      LakeDays.files(lake.flowsIceberg())
          .headMap(before)
          .forEach(
              (day, files) -> {
                if (needsIt(files)) {
                  days.add(day);
                }
              });
      DaysAtOnce<CompactedDay> work = DaysAtOnce.of(spark);
      Object turn = new Object();
      List<CompactedDay> compacted =
          work.run(
              days,
              day -> compact(new RewritesInTurn(lake.flowsIceberg(), turn), day),
              finished::day);
      if (!work.isPlaceFull()) {
        compactBesideFlows(lake, before, finished);
      }
      work.throwIfAnyFailed();
      return compacted;
    }
  }

  private void compactBesideFlows(FlowLake lake, LocalDate before, Listener finished)
      throws IOException {
    new RollupCompaction(spark, lake)
        .run(
            before,
            (period, files) ->
                finished.merged("rollups of " + period, files.before(), files.after()));
    MergedFiles ledger = LedgerCompaction.run(lake.sourcesIceberg());
    if (ledger.before() > 0) {
      finished.merged("ledger", ledger.before(), ledger.after());
    }
    ManifestMerging.run(lake.sourcesIceberg(), Map.of());
    Table flows = lake.flowsIceberg();
    Snapshot current = flows.currentSnapshot();
    if (current == null) {
      return;
    }
    String name = RollupSnapshot.flowsName(flows, current);
    if (lake.hasRollupTable()) {
      Table rollups = lake.rollupsIceberg();
      Optional<RollupSnapshot> state = RollupSnapshot.of(rollups, flows, current.snapshotId());
      ManifestMerging.run(
          rollups,
          state.map(known -> RollupCommit.summary(name, known.complete())).orElse(Map.of()));
    }
    ManifestMerging.run(flows, Map.of(RollupTable.BATCH, name));
  }

  private static boolean needsIt(List<DataFile> files) {
    return files.stream().filter(file -> file.fileSizeInBytes() < SMALL_FILE_BYTES).count()
        >= FEWEST_SMALL_FILES;
  }

  private CompactedDay compact(Table table, LocalDate day) {
    // What rollups stand for is known by the name of the flows: it must not be lost with the
    // snapshot that is replaced.
    RewriteDataFiles rewrite =
        SparkActions.get(spark)
            .rewriteDataFiles(table)
            .snapshotProperty(
                RollupTable.BATCH, RollupSnapshot.flowsName(table, table.currentSnapshot()));
    RewriteDataFiles.Result result =
        rewrite
            .filter(LakeDays.flowsOf(day))
            .sort(lakeOrder(table))
            .option("target-file-size-bytes", Long.toString(LakeLayout.TARGET_FILE_BYTES))
            .option("min-file-size-bytes", Long.toString(SMALL_FILE_BYTES))
            .option("min-input-files", Integer.toString(FEWEST_SMALL_FILES))
            .execute();
    return new CompactedDay(
        day,
        result.rewrittenDataFilesCount(),
        result.addedDataFilesCount(),
        result.rewrittenBytesCount());
  }

  private static SortOrder lakeOrder(Table table) {
    return SortOrder.builderFor(table.schema())
        .asc(FlowField.DST_ADDR.column(), NullOrder.NULLS_FIRST)
        .asc(FlowField.SRC_ADDR.column(), NullOrder.NULLS_FIRST)
        .asc(FlowField.FIRST_SEEN.column(), NullOrder.NULLS_FIRST)
        .build();
  }
}
