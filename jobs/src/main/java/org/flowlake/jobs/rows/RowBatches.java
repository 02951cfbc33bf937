package org.flowlake.jobs.rows;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/** Rows in order, some thousand at a time. */
interface RowBatches extends AutoCloseable {
  /** The next rows, at least one; empty at the end. */
  List<InternalRow> next();

  /** Whether {@link #next} would not wait for a task. */
  boolean isReady();

  @Override
  void close();

  /** Rows that are there already. */
  static RowBatches of(List<InternalRow> rows) {
    return new RowBatches() {
      private static final int BATCH_ROWS = 4096;
      private int position;

      @Override
      public List<InternalRow> next() {
        int from = position;
        position = Math.min(rows.size(), from + BATCH_ROWS);
        return rows.subList(from, position);
      }

      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void close() {}
    };
  }

  /** Rows of partitions as tasks make them. */
  static RowBatches of(PartitionStream<PackedRows> parts) {
    return new RowBatches() {
      private PackedRows part;
      private int chunk;

      @Override
      public List<InternalRow> next() {
        while (part == null || chunk == part.chunkCount()) {
          part = null; // gives its memory back before the next one is waited for
          chunk = 0;
          if (!parts.hasNext()) {
            return List.of();
          }
          part = parts.next();
        }
        return part.chunk(chunk++);
      }

      @Override
      public boolean isReady() {
        return part != null && chunk < part.chunkCount() || parts.isReady();
      }

      @Override
      public void close() {
        parts.close();
      }
    };
  }
}
