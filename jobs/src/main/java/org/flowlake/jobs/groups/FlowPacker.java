package org.flowlake.jobs.groups;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.Platform;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowType;
import org.flowlake.converters.source.FlowBatchRow;
import org.flowlake.jobs.rows.CounterColumns;

/**
 * Packs flows from their decoded columns, counted as {@link CounterColumns#ofFlows} does it. What
 * no flow of a block has, and most columns are such, is written once for all of them.
 */
final class FlowPacker implements RowPacker {
  /** The counters of a flow that are added up or compared, in the order of their columns. */
  private static final List<FlowField> COUNTERS =
      List.of(
          FlowField.FLOWS,
          FlowField.IN_PACKETS,
          FlowField.IN_BYTES,
          FlowField.OUT_PACKETS,
          FlowField.OUT_BYTES,
          FlowField.FIRST_SEEN,
          FlowField.LAST_SEEN);

  private final GroupLayout layout;
  private final List<FlowCell> cells;

  /** Places in the rows that are read; -1 where they have none. */
  private final int[] counterOrdinals;

  private final int[] cellOrdinals;

  private final FlowColumn[] counters = new FlowColumn[COUNTERS.size()];
  private final FlowColumn[] columns;
  private final int[] active;
  private int activeCount;
  private long constantNulls;
  private FlowBatchRow flow;
  private long block;

  /**
   * A packer.
   *
   * @param names columns of the rows that are read
   */
  FlowPacker(GroupLayout layout, List<FlowCell> cells, List<String> names) {
    this.layout = layout;
    this.cells = cells;
    this.counterOrdinals =
        COUNTERS.stream().mapToInt(field -> names.indexOf(field.column())).toArray();
    this.cellOrdinals =
        cells.stream()
            .mapToInt(cell -> cell.column() == null ? -1 : names.indexOf(cell.column()))
            .toArray();
    this.columns = new FlowColumn[cells.size()];
    this.active = new int[cells.size()];
  }

  /** The fields of flows whose columns are read for the counters. */
  static List<FlowField> counters() {
    return COUNTERS;
  }

  @Override
  public void pack(InternalRow read, byte[] target) {
    FlowBatchRow next = (FlowBatchRow) read;
    if (next != flow || next.block() != block) {
      startBlock(next, target);
    }
    int row = next.row();
    packCounters(row, target);
    long nulls = constantNulls;
    for (int i = 0; i < activeCount; i++) {
      int cell = active[i];
      FlowColumn column = columns[cell];
      if (column.isNull(row)) {
        nulls |= packAbsent(cell, target);
      } else {
        packValue(cell, column, row, target);
      }
    }
    Platform.putLong(target, Platform.BYTE_ARRAY_OFFSET, nulls);
  }

  private void packCounters(int row, byte[] target) {
    for (int i = 0; i < counters.length; i++) {
      FlowColumn column = counters[i];
      if (column != null) {
        long value = column.isNull(row) ? 0 : column.longAt(row);
        if (i == 0 && value == 0) {
          value = 1;
        }
        putCounter(target, CounterColumns.FLOWS + i, value);
      }
    }
  }

  private void packValue(int cell, FlowColumn column, int row, byte[] target) {
    long word = Platform.BYTE_ARRAY_OFFSET + (long) GroupLayout.wordAt(cell);
    FlowType type = column.field().type();
    if (type == FlowType.INT) {
      Platform.putLong(target, word, column.intAt(row));
    } else if (type == FlowType.ADDRESS) {
      int address = layout.addressAt(cell);
      Platform.putLong(target, word, GroupLayout.addressWord(address));
      long at = Platform.BYTE_ARRAY_OFFSET + (long) address;
      Platform.putLong(target, at, Long.reverseBytes(column.addressHigh(row)));
      Platform.putLong(target, at + GroupLayout.WORD, Long.reverseBytes(column.addressLow(row)));
    } else {
      Platform.putLong(target, word, column.longAt(row));
    }
  }

  /** Gives the column's null bit, if it is null. */
  private long packAbsent(int cell, byte[] target) {
    long word = Platform.BYTE_ARRAY_OFFSET + (long) GroupLayout.wordAt(cell);
    Long absent = cells.get(cell).absent();
    if (absent != null) {
      Platform.putLong(target, word, absent);
      return 0;
    }
    Platform.putLong(target, word, 0);
    int address = layout.addressAt(cell);
    if (address > 0) {
      long at = Platform.BYTE_ARRAY_OFFSET + (long) address;
      Platform.putLong(target, at, 0);
      Platform.putLong(target, at + GroupLayout.WORD, 0);
    }
    return GroupLayout.nullBit(cell);
  }

  /** Writes what is the same for all flows of a block, and finds the columns that are not. */
  private void startBlock(FlowBatchRow next, byte[] target) {
    flow = next;
    block = next.block();
    Arrays.fill(target, (byte) 0);
    putCounter(target, CounterColumns.RECORDS, 1);
    putCounter(target, CounterColumns.FLOWS, 1);
    for (int i = 0; i < counters.length; i++) {
      counters[i] = withValues(next, counterOrdinals[i]);
    }
    activeCount = 0;
    constantNulls = 0;
    for (int cell = 0; cell < columns.length; cell++) {
      columns[cell] = withValues(next, cellOrdinals[cell]);
      if (columns[cell] == null) {
        constantNulls |= packAbsent(cell, target);
      } else {
        active[activeCount++] = cell;
      }
    }
  }

  /** The column; null where no flow of the block has a value. */
  private static FlowColumn withValues(FlowBatchRow flow, int ordinal) {
    if (ordinal < 0) {
      return null;
    }
    FlowColumn column = flow.column(ordinal);
    return column.hasValues() ? column : null;
  }

  private static void putCounter(byte[] target, int counter, long value) {
    Platform.putLong(
        target,
        Platform.BYTE_ARRAY_OFFSET + GroupLayout.NULL_BITS + (long) counter * GroupLayout.WORD,
        value);
  }
}
