package org.flowlake.converters.rollup;

import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * A state of the rollups that stands for the flows of one snapshot, neither more nor fewer.
 *
 * @param id of the rollups' snapshot
 * @param complete the rollups that cover all of those flows
 */
public record RollupSnapshot(long id, Set<Rollup> complete) {
  public RollupSnapshot {
    complete = Set.copyOf(complete);
  }

  /**
   * The newest state that stands for these flows; empty if there is none, or if an expiry has
   * removed their snapshot meanwhile.
   */
  public static Optional<RollupSnapshot> of(Table rollups, Table flows, long flowsSnapshotId) {
    Snapshot asked = flows.snapshot(flowsSnapshotId);
    if (asked == null) {
      return Optional.empty();
    }
    String name = flowsName(flows, asked);
    for (Snapshot snapshot = rollups.currentSnapshot();
        snapshot != null;
        snapshot = parent(rollups, snapshot)) {
      if (name.equals(snapshot.summary().get(RollupTable.BATCH))) {
        return Optional.of(
            new RollupSnapshot(
                snapshot.snapshotId(),
                RollupTable.parse(snapshot.summary().getOrDefault(RollupTable.COMPLETE, ""))));
      }
    }
    return Optional.empty();
  }

  /**
   * The name of what flows a snapshot has: that of the batch which left them behind, or else of the
   * snapshot that another program made. A compaction (operation {@code replace}) puts the same
   * flows into other files, so it keeps the name.
   */
  public static String flowsName(Table flows, Snapshot snapshot) {
    Snapshot named = snapshot;
    while (true) {
      String batch = named.summary().get(RollupTable.BATCH);
      if (batch != null) {
        return batch;
      }
      Snapshot before = parent(flows, named);
      if (!DataOperations.REPLACE.equals(named.operation()) || before == null) {
        return "snapshot-" + named.snapshotId();
      }
      named = before;
    }
  }

  private static Snapshot parent(Table table, Snapshot snapshot) {
    return snapshot.parentId() == null ? null : table.snapshot(snapshot.parentId());
  }
}
