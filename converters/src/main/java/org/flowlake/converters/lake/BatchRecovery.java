package org.flowlake.converters.lake;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.flowlake.converters.rollup.RollupCommit;

/**
 * Brings a batch to its end whose run died after it was announced: forward where its flows are in
 * the lake, back where they are not; so are rollups, which are committed before the flows. What
 * tells is the flows themselves, so it does not matter what was committed since, nor which
 * snapshots were expired. To be called under the {@link LakeLock}, where a pending batch is of a
 * dead run.
 */
final class BatchRecovery {
  private BatchRecovery() {}

  static void repair(FlowLake lake, SourceLedger ledger) throws IOException {
    Optional<PendingBatch> pending = ledger.pending();
    if (pending.isPresent() && isInLake(lake, pending.get())) {
      ledger.record(pending.get());
    } else if (pending.isPresent()) {
      ledger.withdraw(pending.get());
    }
    if (lake.hasRollupTable()) {
      RollupCommit.settle(lake.rollupsIceberg(), lake.flowsIceberg());
    }
  }

  private static boolean isInLake(FlowLake lake, PendingBatch batch) {
    Column source = col("source_id");
    if (batch.flows() > 0) {
      return !lake.flows().filter(source.geq(batch.firstId())).isEmpty();
    }
    // It adds no flow: it took some away, or none are to be told apart.
    return lake.flows().filter(source.isInCollection(batch.replaced())).isEmpty();
  }
}
