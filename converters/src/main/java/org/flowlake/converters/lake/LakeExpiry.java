package org.flowlake.converters.lake;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.rollup.RollupTable;

/**
 * Drops flows that are older than they have to be kept, and what no reader can reach any more:
 * snapshots of the past, and files that runs left behind which died.
 *
 * <p>Works under the lake's lock: on a local disk no other run is writing then, so a file that no
 * snapshot names is of a dead run. A lease, which takes the lock's place elsewhere, can be outlived
 * by its holder: there only files older than {@link #ORPHAN_AGE} are taken for left behind. The
 * ledger keeps its rows, so that raw files of dropped days are not converted again.
 */
public final class LakeExpiry {
  /**
   * No conversion runs for that long, so a file of that age which nothing names is of a dead one.
   */
  public static final Duration ORPHAN_AGE = Duration.ofDays(3);

  private final SparkSession spark;
  private final String location;
  private final Runnable waiting;

  /**
   * An expiry of this lake.
   *
   * @param location of the lake, see {@link FlowLake}
   * @param waiting run once if another writer is at work on the lake
   */
  public LakeExpiry(SparkSession spark, String location, Runnable waiting) {
    this.spark = spark;
    this.location = location;
    this.waiting = waiting;
  }

  /**
   * What to drop.
   *
   * @param keepFrom flows first seen before this day (UTC) are dropped; null drops no flow
   * @param keepRollupsFrom sums of flows first seen before this day are dropped; null drops them
   *     with their flows
   * @param keepSnapshots how long replaced snapshots stay, for readers that are at work
   * @param dryRun only say what would be dropped
   */
  public record Request(
      LocalDate keepFrom, LocalDate keepRollupsFrom, Duration keepSnapshots, boolean dryRun) {
    /** Drops sums with their flows. */
    public Request(LocalDate keepFrom, Duration keepSnapshots, boolean dryRun) {
      this(keepFrom, null, keepSnapshots, dryRun);
    }

    private LocalDate rollupsFrom() {
      return keepRollupsFrom == null ? keepFrom : keepRollupsFrom;
    }
  }

  /** A day whose flows were dropped, with the data files that held them. */
  public record RemovedDay(LocalDate day, long flows, int files, long bytes) {}

  /**
   * What was dropped, or would be.
   *
   * @param days whole days, the earliest first
   * @param snapshots snapshots of all tables that are no longer kept
   * @param orphans files that no snapshot names; not looked for in a dry run
   */
  public record Removed(List<RemovedDay> days, int snapshots, List<String> orphans) {}

  /**
   * Runs it to the end.
   *
   * @throws java.io.FileNotFoundException if there is no lake
   * @throws java.io.UncheckedIOException if the lake does not lie where it was made
   * @throws LakeStorageException if the lake's place is full or may not be written
   * @throws IOException if rollups are to outlive their flows and do not stand for them
   */
  public Removed run(Request request) throws IOException {
    return LakeStorageException.explaining(location, () -> expire(request));
  }

  private Removed expire(Request request) throws IOException {
    FlowLake lake = FlowLake.openToChange(spark, location);
    try (LakeLock.Release held = LakeLock.take(spark, location, waiting)) {
      if (request.dryRun()) {
        return new Removed(
            oldDays(lake, request.keepFrom()),
            oldSnapshots(lake, request.keepSnapshots()),
            List.of());
      }
      BatchRecovery.repair(lake, new SourceLedger(lake));
      List<RemovedDay> days = oldDays(lake, request.keepFrom());
      dropFlowsAndRollups(lake, request, days);
      int snapshots = oldSnapshots(lake, request.keepSnapshots());
      List<String> orphans = new ArrayList<>();
      for (Table table : lake.tables()) {
        expireSnapshots(table, request.keepSnapshots());
        orphans.addAll(removeOrphans(table));
      }
      return new Removed(days, snapshots, orphans);
    }
  }

  private void dropFlowsAndRollups(FlowLake lake, Request request, List<RemovedDay> days)
      throws IOException {
    Optional<RollupRevision> rollups =
        request.rollupsFrom() == null
            ? Optional.empty()
            : RollupRevision.begin(spark, lake, day -> day < request.rollupsFrom().toEpochDay());
    if (!days.isEmpty() && request.keepRollupsFrom() != null && rollups.isEmpty()) {
      throw new IOException(
          location
              + ": the rollups do not stand for the flows and cannot outlive them; nothing was"
              + " dropped. Make them anew with flowlake rollup --rebuild --lake "
              + location
              + ", or leave out --keep-rollups to lose the sums with the flows");
    }
    if (!days.isEmpty()) {
      lake.makeRemovedTable();
      new RemovedDays(spark, lake).append(days);
    }
    Optional<String> name =
        rollups.isPresent() ? Optional.of(rollups.get().commit(List.of())) : Optional.empty();
    if (days.isEmpty()) {
      return;
    }
    Transaction commit = lake.flowsIceberg().newTransaction();
    DeleteFiles flows =
        commit.newDelete().deleteFromRowFilter(LakeDays.flowsBefore(request.keepFrom()));
    name.ifPresent(given -> flows.set(RollupTable.BATCH, given));
    flows.commit();
    FlowsKept.note(request.keepFrom(), lake.flowsIceberg(), commit.updateProperties());
    commit.commitTransaction();
  }

  private static List<RemovedDay> oldDays(FlowLake lake, LocalDate keepFrom) {
    List<RemovedDay> days = new ArrayList<>();
    if (keepFrom == null) {
      return days;
    }
    LakeDays.files(lake.flowsIceberg())
        .headMap(keepFrom)
        .forEach(
            (day, files) ->
                days.add(
                    new RemovedDay(
                        day,
                        files.stream().mapToLong(DataFile::recordCount).sum(),
                        files.size(),
                        files.stream().mapToLong(DataFile::fileSizeInBytes).sum())));
    return days;
  }

  /** How many snapshots are older than they have to be kept; each table keeps its newest. */
  private static int oldSnapshots(FlowLake lake, Duration keep) {
    long oldest = Instant.now().minus(keep).toEpochMilli();
    int count = 0;
    for (Table table : lake.tables()) {
      for (var snapshot : table.snapshots()) {
        if (snapshot.timestampMillis() < oldest
            && snapshot.snapshotId() != table.currentSnapshot().snapshotId()) {
          count++;
        }
      }
    }
    return count;
  }

  private static void expireSnapshots(Table table, Duration keep) {
    table
        .expireSnapshots()
        .expireOlderThan(Instant.now().minus(keep).toEpochMilli())
        .retainLast(1)
        .cleanExpiredFiles(true)
        .commit();
  }

  private List<String> removeOrphans(Table table) throws IOException {
    boolean alone = LakeLock.isLocal(spark, location);
    Instant before = alone ? Instant.now() : Instant.now().minus(ORPHAN_AGE);
    List<String> removed = new ArrayList<>();
    SparkActions.get(spark)
        .deleteOrphanFiles(table)
        .olderThan(before.toEpochMilli())
        .execute()
        .orphanFileLocations()
        .forEach(removed::add);
    return removed;
  }
}
