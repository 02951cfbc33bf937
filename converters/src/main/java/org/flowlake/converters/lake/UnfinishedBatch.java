package org.flowlake.converters.lake;

import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;

/**
 * A batch of which flows were committed and the ledger was not: its run died in between. Its flows
 * are taken back, so that converting its files again adds each flow once.
 *
 * <p>Every command that commits to a lake looks for one first, under the lake's lock: such a batch
 * is therefore always the newest commit.
 */
final class UnfinishedBatch {
  /** The snapshot property that names the batch; the ledger's rows name it too. */
  static final String BATCH_ID = "flowlake.batch-id";

  private UnfinishedBatch() {}

  /**
   * Takes the newest batch back if the ledger does not know it.
   *
   * @param recorded the batches that the ledger has rows of
   */
  static void takeBack(FlowLake lake, Set<String> recorded) {
    Table table = lake.flowsIceberg();
    Snapshot current = table.currentSnapshot();
    if (current == null || current.summary().get(BATCH_ID) == null) {
      return;
    }
    if (!recorded.contains(current.summary().get(BATCH_ID))) {
      if (current.parentId() == null) {
        table.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();
      } else {
        table.manageSnapshots().rollbackTo(current.parentId()).commit();
      }
    }
  }
}
