package org.flowlake.converters.lake;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.rollup.RollupCommit;
import org.flowlake.converters.rollup.RollupMergePlan;
import org.flowlake.converters.rollup.RollupSnapshot;

/**
 * Puts the sets of rows together that batches have added to the rollups, a commit per period. Sums
 * stay, and so does what they stand for; rollups that are not in use are left for their rebuild.
 */
final class RollupCompaction {
  private final SparkSession spark;
  private final FlowLake lake;

  /** For a caller that holds the lock of a lake without a pending batch. */
  RollupCompaction(SparkSession spark, FlowLake lake) {
    this.spark = spark;
    this.lake = lake;
  }

  /** Told of each period once it is committed. */
  interface Listener {
    void merged(String period, MergedFiles files);
  }

  /** Merges what is worth it of days before this one, and of years. */
  void run(LocalDate before, Listener finished) throws IOException {
    Snapshot flows = lake.flowsIceberg().currentSnapshot();
    if (flows == null || !lake.hasRollupTable()) {
      return;
    }
    List<RollupMergePlan> plans = plans(flows, before);
    while (!plans.isEmpty()) {
      for (RollupMergePlan plan : plans) {
        finished.merged(plan.period(), merge(flows, plan));
      }
      plans = plans(flows, before);
    }
  }

  private List<RollupMergePlan> plans(Snapshot flows, LocalDate before) throws IOException {
    Table rollups = lake.rollupsIceberg();
    Optional<RollupSnapshot> state = stateOf(rollups, flows);
    if (state.isEmpty() || state.get().id() != rollups.currentSnapshot().snapshotId()) {
      return List.of();
    }
    List<DataFile> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = rollups.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        files.add(task.file().copyWithoutStats());
      }
    }
    return RollupMergePlan.of(files, before);
  }

  private Optional<RollupSnapshot> stateOf(Table rollups, Snapshot flows) {
    return RollupSnapshot.of(rollups, lake.flowsIceberg(), flows.snapshotId());
  }

  private MergedFiles merge(Snapshot flows, RollupMergePlan plan) {
    Table rollups = lake.rollupsIceberg();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<Table> sent = context.broadcast(SerializableTable.copyOf(rollups));
    List<DataFile> after = RollupMerging.merge(context, sent, plan.sets());
    sent.destroy();
    List<DataFile> before = plan.sets().stream().flatMap(List::stream).toList();
    RollupCommit.rewrite(
        rollups,
        stateOf(rollups, flows).orElseThrow(),
        RollupSnapshot.flowsName(lake.flowsIceberg(), flows),
        before,
        after);
    return new MergedFiles(before.size(), after.size());
  }
}
