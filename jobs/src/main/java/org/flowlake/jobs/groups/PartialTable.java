package org.flowlake.jobs.groups;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/**
 * The groups that a task has made of one form of its rows. Where nearly every row is a group of its
 * own, a table only costs: then rows are handed on as they come.
 */
final class PartialTable {
  /** Rows after which it shows whether grouping them here makes them fewer. */
  private static final int TRIAL_ROWS = 1 << 17;

  private static final int PERCENT_TO_PASS = 90;

  private final RowPacker packer;
  private final PackedGroups groups;
  private final UnsafeRow group;
  private final byte[] row;
  private final UnsafeProjection finish;
  private final GroupLayout layout;
  private final byte[] finished;
  private final int partShift;
  private final GroupBlocks blocks;
  private long rows;
  private boolean passing;

  /** Whether {@link #row} waits for room. */
  private boolean waiting;

  private int next;

  /**
   * An empty table.
   *
   * @param layout of what is handed on
   * @param parts a power of two
   * @param blocks take what is handed on
   */
  PartialTable(RowForm form, GroupLayout layout, int parts, int mostBytes, GroupBlocks blocks) {
    this.packer = form.packer();
    this.groups = new PackedGroups(form.layout(), mostBytes);
    this.group = groups.newRow();
    this.row = new byte[form.layout().size()];
    this.finish = form.finish();
    this.layout = layout;
    this.finished = new byte[layout.size()];
    this.partShift = GroupLayout.partShift(parts);
    this.blocks = blocks;
  }

  /** Adds a row; false where the table must be handed on before the next one. */
  boolean add(InternalRow read) {
    packer.pack(read, row);
    if (passing) {
      hand(row, Platform.BYTE_ARRAY_OFFSET);
      return true;
    }
    waiting = !groups.add(row);
    if (waiting) {
      return false;
    }
    rows++;
    return rows != TRIAL_ROWS || isWorthIt();
  }

  /** Hands on so many groups; true once the table is empty, and the row that waited is in it. */
  boolean handOn(int most) {
    int to = Math.min(groups.size(), next + most);
    for (; next < to; next++) {
      groups.read(next, group);
      hand(group.getBaseObject(), group.getBaseOffset());
    }
    if (next < groups.size()) {
      return false;
    }
    passing = !isWorthIt();
    groups.clear();
    next = 0;
    if (waiting) {
      waiting = false;
      if (passing) {
        hand(row, Platform.BYTE_ARRAY_OFFSET);
      } else {
        groups.add(row);
        rows = 1;
      }
    } else {
      rows = 0;
    }
    return true;
  }

  private boolean isWorthIt() {
    return groups.size() * 100L <= rows * PERCENT_TO_PASS;
  }

  private void hand(Object base, long at) {
    if (finish == null) {
      handFinished(base, at);
      return;
    }
    group.pointTo(base, at, row.length);
    UnsafeRow made = finish.apply(group);
    if (layout.holds(made)) {
      handFinished(made.getBaseObject(), made.getBaseOffset());
    } else {
      layout.pack(made, finished);
      handFinished(finished, Platform.BYTE_ARRAY_OFFSET);
    }
  }

  private void handFinished(Object base, long at) {
    blocks.add((int) (layout.hash(base, at) >>> partShift), base, at);
  }
}
