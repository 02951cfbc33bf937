package org.flowlake.jobs.groups;

import org.apache.spark.sql.catalyst.InternalRow;

/** Brings rows that a task reads into a {@link GroupLayout}. */
@FunctionalInterface
interface RowPacker {
  /**
   * Packs one row.
   *
   * @param target of the layout's size; the same array for all rows
   */
  void pack(InternalRow row, byte[] target);
}
