package org.flowlake.converters.lake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.rollup.Rollup;
import org.flowlake.converters.rollup.RollupCommit;
import org.flowlake.converters.rollup.RollupDays;
import org.flowlake.converters.rollup.RollupFiles;
import org.flowlake.converters.rollup.RollupSnapshot;

/**
 * The rollups of a lake, apart from conversions: whether they stand for its flows, and how they are
 * made anew after flows were replaced, dropped, or changed by another program.
 */
public final class LakeRollups {
  private final SparkSession spark;
  private final String location;
  private final Runnable waiting;

  /**
   * The rollups of this lake.
   *
   * @param location of the lake, see {@link FlowLake}
   * @param waiting run once if another writer is at work on the lake
   */
  public LakeRollups(SparkSession spark, String location, Runnable waiting) {
    this.spark = spark;
    this.location = location;
    this.waiting = waiting;
  }

  /**
   * What was made.
   *
   * @param flows that were summed
   * @param kept the rollups that questions are answered from
   * @param tooLarge those that would have more rows than a fifth of the flows
   */
  public record Rebuilt(long flows, Set<Rollup> kept, Set<Rollup> tooLarge) {
    public Rebuilt {
      kept = Set.copyOf(kept);
      tooLarge = Set.copyOf(tooLarge);
    }
  }

  /**
   * The rollups that stand for the newest flows; empty if none do, or there are no flows.
   *
   * @throws java.io.FileNotFoundException if there is no lake
   */
  public Set<Rollup> usable() throws IOException {
    FlowLake lake = FlowLake.open(spark, location);
    return lake.flowsSnapshot().isEmpty()
        ? Set.of()
        : lake.rollupsOf(lake.flowsSnapshot().getAsLong())
            .map(RollupSnapshot::complete)
            .orElse(Set.of());
  }

  /**
   * Sums all flows of the lake, in one commit that takes the place of what there was; sums of days
   * whose flows were dropped for their age stay.
   *
   * @throws java.io.FileNotFoundException if there is no lake
   * @throws java.io.UncheckedIOException if the lake does not lie where it was made
   */
  public Rebuilt rebuild() throws IOException {
    FlowLake lake = FlowLake.openToChange(spark, location);
    try (LakeLock.Release held = LakeLock.take(spark, location, waiting)) {
      lake.makeRollupTable();
      BatchRecovery.repair(lake, new SourceLedger(lake));
      return rebuild(lake);
    }
  }

  /** As {@link #rebuild()}, for a caller that holds the lock of a lake without a pending batch. */
  Rebuilt rebuild(FlowLake lake) throws IOException {
    Table flows = lake.flowsIceberg();
    Snapshot snapshot = flows.currentSnapshot();
    if (snapshot == null) {
      return new Rebuilt(0, Set.of(), Set.of());
    }
    Table rollups = lake.rollupsIceberg();
    List<DataFile> files = files(flows);
    long count = files.stream().mapToLong(DataFile::recordCount).sum();
    // Of days whose flows were dropped the sums are all there is: they stay.
    RollupDays old = RollupDays.outliving(rollups, FlowsKept.since(flows));
    RollupCommit commit = RollupCommit.anew(rollups, flows, old);
    files.removeIf(file -> day(file) != null && old.holds(day(file)));
    RollupFiles written =
        sum(spark, flows, rollups, commit.kept(), files)
            .plus(new RollupFiles(RollupMerging.years(spark, rollups, old), Set.of()));
    Set<Rollup> dropped =
        commit.replaceAll(written, old, count, RollupSnapshot.flowsName(flows, snapshot));
    Set<Rollup> kept = EnumSet.noneOf(Rollup.class);
    kept.addAll(commit.kept());
    kept.removeAll(dropped);
    return new Rebuilt(count, kept, dropped);
  }

  /** All data files, by day. */
  private static List<DataFile> files(Table flows) throws IOException {
    List<DataFile> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = flows.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        if (!task.deletes().isEmpty()) {
          throw new IOException(
              task.file().location()
                  + " has rows that another program marked as deleted, which rollups cannot leave"
                  + " out; rewrite the file without them (Iceberg's rewrite_data_files) and run"
                  + " this again");
        }
        files.add(task.file().copy());
      }
    }
    files.sort(
        Comparator.comparing(
            LakeRollups::day, Comparator.nullsFirst(Comparator.<Integer>naturalOrder())));
    return files;
  }

  private static Integer day(DataFile file) {
    return file.partition().get(0, Integer.class);
  }

  /** The sums of these files; files of one day follow one another. Nothing refers to them yet. */
  static RollupFiles sum(
      SparkSession spark, Table flows, Table rollups, Set<Rollup> kept, List<DataFile> files) {
    long count = files.stream().mapToLong(DataFile::recordCount).sum();
    List<List<DataFile>> tasks =
        consecutiveDays(files, count / spark.sparkContext().defaultParallelism() + 1);
    if (tasks.isEmpty()) {
      return RollupFiles.NONE;
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<Table> sentFlows = context.broadcast(SerializableTable.copyOf(flows));
    Broadcast<Table> sentRollups = context.broadcast(SerializableTable.copyOf(rollups));
    Set<Rollup> summed = Set.copyOf(kept);
    RollupFiles written =
        context
            .parallelize(tasks, tasks.size())
            .map(task -> new RollupTask(sentFlows.value(), sentRollups.value(), summed).write(task))
            .collect()
            .stream()
            .reduce(RollupFiles.NONE, RollupFiles::plus);
    sentFlows.destroy();
    RollupFiles merged = RollupMerging.of(context, sentRollups, written);
    sentRollups.destroy();
    return merged;
  }

  /** Whole days, one after another, until a task has its share; so years need few sets of rows. */
  private static List<List<DataFile>> consecutiveDays(List<DataFile> files, long flowsPerTask) {
    List<List<DataFile>> tasks = new ArrayList<>();
    long flows = flowsPerTask;
    Optional<Integer> day = Optional.empty();
    for (DataFile file : files) {
      Optional<Integer> next = Optional.ofNullable(day(file));
      if (tasks.isEmpty() || flows >= flowsPerTask && !next.equals(day)) {
        tasks.add(new ArrayList<>());
        flows = 0;
      }
      tasks.get(tasks.size() - 1).add(file);
      flows += file.recordCount();
      day = next;
    }
    return tasks;
  }
}
