package org.flowlake.converters.lake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;

/**
 * Puts the ledger's files together: each batch writes one, of a few rows. The rows and their order
 * stay, and files stay small enough to be held in memory when one of their raw files is replaced.
 */
final class LedgerCompaction {
  private static final int ROWS_PER_FILE = 20_000;

  private LedgerCompaction() {}

  /**
   * Rewrites files of fewer than half as many rows as a full one, in one commit, if there are two
   * or more.
   *
   * @return what became of them; empty where there was nothing to do
   */
  static MergedFiles run(Table ledger) throws IOException {
    List<DataFile> small = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks =
        ledger.newScan().includeColumnStats().planFiles()) {
      for (FileScanTask task : tasks) {
        if (task.file().recordCount() < ROWS_PER_FILE / 2) {
          small.add(task.file().copy());
        }
      }
    }
    if (small.size() < 2) {
      return MergedFiles.NONE;
    }
    int id = ledger.schema().findField(SourceLedger.SOURCE_ID).fieldId();
    small.sort(Comparator.comparing(file -> firstSource(file, id)));
    List<DataFile> merged = new ArrayList<>();
    List<Record> rows = new ArrayList<>();
    for (DataFile file : small) {
      rows.addAll(LedgerFiles.read(ledger, file));
      if (rows.size() >= ROWS_PER_FILE) {
        merged.add(LedgerFiles.write(ledger, rows));
        rows.clear();
      }
    }
    if (!rows.isEmpty()) {
      merged.add(LedgerFiles.write(ledger, rows));
    }
    RewriteFiles rewrite =
        ledger.newRewrite().validateFromSnapshot(ledger.currentSnapshot().snapshotId());
    small.forEach(rewrite::deleteFile);
    merged.forEach(rewrite::addFile);
    rewrite.commit();
    return new MergedFiles(small.size(), merged.size());
  }

  private static int firstSource(DataFile file, int sourceId) {
    ByteBuffer least = file.lowerBounds() == null ? null : file.lowerBounds().get(sourceId);
    return least == null ? 0 : Conversions.fromByteBuffer(Types.IntegerType.get(), least);
  }
}
