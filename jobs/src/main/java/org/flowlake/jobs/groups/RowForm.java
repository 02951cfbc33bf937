package org.flowlake.jobs.groups;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/** One way in which what a task reads becomes rows of groups. */
interface RowForm extends Serializable {
  /** The layout in which a task groups. */
  GroupLayout layout();

  /** Makes rows of that layout, for one task. */
  RowPacker packer();

  /**
   * What makes the row that is handed on of a task's group, for one task; null where it is the
   * group's own row.
   */
  UnsafeProjection finish();

  /** Rows that Spark made: counters, then the layout's columns. */
  record OfRows(GroupLayout layout) implements RowForm {
    @Override
    public RowPacker packer() {
      // Spark's rows come one by one.
      return (row, from, count, target) ->
          layout.pack((UnsafeRow) row, target.rows(), target.add(count));
    }

    @Override
    public UnsafeProjection finish() {
      return null;
    }
  }
}
