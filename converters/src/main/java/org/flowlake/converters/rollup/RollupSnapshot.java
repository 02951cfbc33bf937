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

  /** The newest state that stands for these flows; empty if there is none. */
  public static Optional<RollupSnapshot> of(Table rollups, Table flows, long flowsSnapshotId) {
    for (Snapshot snapshot = rollups.currentSnapshot();
        snapshot != null;
        snapshot = parent(rollups, snapshot)) {
      if (standsFor(snapshot, flows, flowsSnapshotId)) {
        return Optional.of(
            new RollupSnapshot(
                snapshot.snapshotId(),
                RollupTable.parse(snapshot.summary().getOrDefault(RollupTable.COMPLETE, ""))));
      }
    }
    return Optional.empty();
  }

  /** A compaction (operation {@code replace}) puts the same flows into other files. */
  private static boolean standsFor(Snapshot rollups, Table flows, long flowsSnapshotId) {
    String named = rollups.summary().get(RollupTable.BATCH);
    Snapshot snapshot = flows.snapshot(flowsSnapshotId);
    while (snapshot != null) {
      String batch = snapshot.summary().get(RollupTable.BATCH);
      if (batch != null) {
        return batch.equals(named);
      }
      if (!DataOperations.REPLACE.equals(snapshot.operation())) {
        return false;
      }
      snapshot = parent(flows, snapshot);
    }
    return false;
  }

  private static Snapshot parent(Table table, Snapshot snapshot) {
    return snapshot.parentId() == null ? null : table.snapshot(snapshot.parentId());
  }
}
