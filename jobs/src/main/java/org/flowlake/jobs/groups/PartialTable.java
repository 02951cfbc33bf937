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
  private final RowBatch batch;
  private final UnsafeProjection finish;
  private final GroupLayout layout;
  private final int rowBytes;
  private final byte[] finished;
  private final int partShift;
  private final GroupBlocks blocks;
  private long rows;
  private boolean tried;
  private boolean passing;

  /** What was read, and how many rows of it are in the batch or in groups. */
  private InternalRow taken;

  private int takenRows;
  private int packedRows;

  /** The first row of the batch that is in no group yet; the batch is full, or the last one. */
  private int waiting;

  private boolean found;
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
    this.batch = new RowBatch(form.layout());
    this.rowBytes = form.layout().size();
    this.finish = form.finish();
    this.layout = layout;
    this.finished = new byte[layout.size()];
    this.partShift = GroupLayout.partShift(parts);
    this.blocks = blocks;
  }

  /** Takes so many rows, the first of which is given, to be grouped. */
  void take(InternalRow read, int count) {
    taken = read;
    takenRows = count;
    packedRows = 0;
  }

  /**
   * Groups the rows that were taken; they are not looked at again.
   *
   * @return false where the table must be handed on first, and this called again
   */
  boolean group() {
    while (true) {
      if (batch.room() == 0 && !groupBatch()) {
        return false;
      }
      int count = Math.min(batch.room(), takenRows - packedRows);
      if (count == 0) {
        return true;
      }
      packer.pack(taken, packedRows, count, batch);
      packedRows += count;
    }
  }

  /** Groups what is in the batch, full or not; false as above. */
  boolean groupBatch() {
    if (passing) {
      for (; waiting < batch.size(); waiting++) {
        hand(batch.rows(), batch.at(waiting));
      }
    } else {
      if (!found) {
        groups.find(batch);
        found = true;
      }
      for (; waiting < batch.size(); waiting++) {
        if (!groups.add(batch, waiting)) {
          return false;
        }
        rows++;
      }
    }
    batch.clear();
    waiting = 0;
    found = false;
    if (rows < TRIAL_ROWS || tried) {
      return true;
    }
    tried = true;
    return isWorthIt();
  }

  /** Hands on so many groups; true once the table is empty. */
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
    rows = 0;
    tried = false;
    found = false;
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
    group.pointTo(base, at, rowBytes);
    UnsafeRow made = finish.apply(group);
    if (layout.holds(made)) {
      handFinished(made.getBaseObject(), made.getBaseOffset());
    } else {
      layout.pack(made, finished, Platform.BYTE_ARRAY_OFFSET);
      handFinished(finished, Platform.BYTE_ARRAY_OFFSET);
    }
  }

  private void handFinished(Object base, long at) {
    blocks.add((int) (layout.hash(base, at) >>> partShift), base, at);
  }
}
