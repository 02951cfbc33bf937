package org.flowlake.jobs.groups;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.LongConsumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.flowlake.converters.source.FlowBatchRow;
import scala.Tuple2;

/**
 * The groups of one task's rows, as blocks by the part of all groups that they belong to. A table
 * that is full is handed on and begun anew; so the same group may come again.
 */
final class PartialGroups implements Iterator<Tuple2<Integer, byte[]>> {
  private static final int GROUPS_AT_ONCE = 1024;

  private final Iterator<InternalRow> rows;
  private final List<PartialTable> tables = new ArrayList<>();
  private final Deque<PartialTable> full = new ArrayDeque<>();
  private final Deque<Tuple2<Integer, byte[]>> ready = new ArrayDeque<>();
  private final GroupBlocks blocks;
  private final LongConsumer taken;
  private boolean ended;

  /**
   * Reads nothing yet.
   *
   * @param forms of every row; all make rows of {@code layout}
   * @param parts a power of two
   * @param mostBytes what the groups of all forms may take
   * @param taken is told of rows that were read without a call of {@code rows}
   */
  PartialGroups(
      Iterator<InternalRow> rows,
      List<RowForm> forms,
      GroupLayout layout,
      int parts,
      int mostBytes,
      LongConsumer taken) {
    this.rows = rows;
    this.taken = taken;
    this.blocks =
        new GroupBlocks(
            new RowCode(layout), parts, (part, block) -> ready.add(new Tuple2<>(part, block)));
    for (RowForm form : forms) {
      tables.add(new PartialTable(form, layout, parts, mostBytes / forms.size(), blocks));
    }
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && !ended) {
      if (!full.isEmpty()) {
        PartialTable table = full.peek();
        if (table.handOn(GROUPS_AT_ONCE) && table.group()) {
          full.remove();
        }
      } else if (rows.hasNext()) {
        read();
      } else {
        end();
      }
    }
    return !ready.isEmpty();
  }

  @Override
  public Tuple2<Integer, byte[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  /** Until a table is full or a block ready. */
  private void read() {
    while (full.isEmpty() && ready.isEmpty() && rows.hasNext()) {
      InternalRow row = rows.next();
      int count = 1;
      if (row instanceof FlowBatchRow flows) {
        count = flows.takeRest();
        taken.accept(count - 1);
      }
      for (PartialTable table : tables) {
        table.take(row, count);
        if (!table.group()) {
          full.add(table);
        }
      }
    }
  }

  private void end() {
    for (PartialTable table : tables) {
      boolean grouped;
      do {
        grouped = table.groupBatch();
        while (!table.handOn(GROUPS_AT_ONCE)) {
          continue;
        }
      } while (!grouped);
    }
    blocks.flush();
    ended = true;
  }
}
