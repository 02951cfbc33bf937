package org.flowlake.converters.lake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.rollup.RollupCommit;
import org.flowlake.converters.rollup.RollupDays;
import org.flowlake.converters.rollup.RollupFiles;
import org.flowlake.converters.rollup.RollupSnapshot;

/**
 * Rollups of flows whose days are dropped or replaced: the rows of those days go, those of new
 * flows come, and the years they are of are summed again from the rows of their days. No flow of
 * another day is read.
 *
 * <p>It is one commit, made before the flows change and under the name that they will have; where
 * the flows do not change in the end, the next run takes it back, see {@link RollupCommit#settle}.
 */
final class RollupRevision {
  private final SparkSession spark;
  private final FlowLake lake;
  private final RollupSnapshot state;
  private final Predicate<Integer> changed;

  private RollupRevision(
      SparkSession spark, FlowLake lake, RollupSnapshot state, Predicate<Integer> changed) {
    this.spark = spark;
    this.lake = lake;
    this.state = state;
    this.changed = changed;
  }

  /**
   * Before the flows change; for a caller that holds the lock of a lake without a pending batch.
   *
   * @param changed the days that will be others, days since 1970-01-01; they may already be others
   *     than the rollups say
   * @return empty if the rollups do not stand for the flows of the other days
   */
  static Optional<RollupRevision> begin(
      SparkSession spark, FlowLake lake, Predicate<Integer> changed) throws IOException {
    Table flows = lake.flowsIceberg();
    if (!lake.hasRollupTable() || lake.rollupsIceberg().currentSnapshot() == null) {
      return Optional.empty();
    }
    Table rollups = lake.rollupsIceberg();
    for (Snapshot past = flows.currentSnapshot();
        past != null;
        past = past.parentId() == null ? null : flows.snapshot(past.parentId())) {
      Optional<RollupSnapshot> state = RollupSnapshot.of(rollups, flows, past.snapshotId());
      if (state.isPresent()) {
        boolean isNewest = past.snapshotId() == flows.currentSnapshot().snapshotId();
        boolean stands =
            state.get().id() == rollups.currentSnapshot().snapshotId()
                && !state.get().complete().isEmpty()
                && (isNewest
                    || filesOfOtherDays(flows, past, changed)
                        .equals(filesOfOtherDays(flows, flows.currentSnapshot(), changed)));
        return stands
            ? Optional.of(new RollupRevision(spark, lake, state.get(), changed))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** The names of data files, with those of what another program marked as deleted in them. */
  private static Set<String> filesOfOtherDays(
      Table flows, Snapshot snapshot, Predicate<Integer> changed) throws IOException {
    Set<String> names = new HashSet<>();
    try (CloseableIterable<FileScanTask> tasks =
        flows.newScan().useSnapshot(snapshot.snapshotId()).planFiles()) {
      for (FileScanTask task : tasks) {
        Integer day = task.file().partition().get(0, Integer.class);
        if (day == null || !changed.test(day)) {
          names.add(task.file().location());
          task.deletes().forEach(deletes -> names.add(deletes.location()));
        }
      }
    }
    return names;
  }

  /**
   * Commits the rollups.
   *
   * @param newFlows data files of changed days, all that these will have; may be uncommitted
   * @return the name that the commit of the flows has to carry, see {@link
   *     RollupSnapshot#flowsName}; as it was where the rollups stay as they are
   */
  String commit(List<DataFile> newFlows) throws IOException {
    Table flows = lake.flowsIceberg();
    Table rollups = lake.rollupsIceberg();
    RollupDays days = RollupDays.of(rollups, changed);
    RollupFiles sums = LakeRollups.sum(spark, flows, rollups, state.complete(), newFlows);
    days.replaceBy(sums.files());
    if (days.isUnchanged()) {
      return RollupSnapshot.flowsName(flows, flows.currentSnapshot());
    }
    List<DataFile> added = new ArrayList<>(days.added());
    added.addAll(RollupMerging.years(spark, rollups, days));
    days.unused().forEach(file -> rollups.io().deleteFile(file.location()));
    String name = "revision-" + UUID.randomUUID();
    RollupCommit.revise(rollups, state, name, days.removed(), added, sums.tooLarge());
    return name;
  }
}
