package org.flowlake.jobs.groups;

import org.apache.spark.sql.catalyst.InternalRow;

/** Brings rows that a task reads into a {@link GroupLayout}. */
@FunctionalInterface
interface RowPacker {
  /**
   * Appends rows to a batch, which has room for them.
   *
   * @param row the first of the rows that the task has read; any others follow it in its columns
   * @param from how many of them are packed already
   * @param count how many to pack
   */
  void pack(InternalRow row, int from, int count, RowBatch target);
}
