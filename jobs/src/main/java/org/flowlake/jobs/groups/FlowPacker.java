package org.flowlake.jobs.groups;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.Platform;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.source.FlowBatchRow;
import org.flowlake.jobs.rows.CounterColumns;

/**
 * Packs flows from their decoded columns, counted as {@link CounterColumns#ofFlows} does it: column
 * by column, all flows that were decoded together.
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
  private final int size;
  private final List<FlowCell> cells;

  /** Places in the rows that are read; -1 where they have none. */
  private final int[] counterOrdinals;

  private final int[] cellOrdinals;

  /**
   * A packer.
   *
   * @param names columns of the rows that are read
   */
  FlowPacker(GroupLayout layout, List<FlowCell> cells, List<String> names) {
    this.layout = layout;
    this.size = layout.size();
    this.cells = cells;
    this.counterOrdinals =
        COUNTERS.stream().mapToInt(field -> names.indexOf(field.column())).toArray();
    this.cellOrdinals =
        cells.stream()
            .mapToInt(cell -> cell.column() == null ? -1 : names.indexOf(cell.column()))
            .toArray();
  }

  /** The fields of flows whose columns are read for the counters. */
  static List<FlowField> counters() {
    return COUNTERS;
  }

  @Override
  public void pack(InternalRow read, int from, int count, RowBatch target) {
    FlowBatchRow flows = (FlowBatchRow) read;
    int first = flows.row() + from;
    byte[] rows = target.rows();
    long at = target.add(count);
    fill(rows, at, 0, count);
    fill(rows, at + counterAt(CounterColumns.RECORDS), 1, count);
    for (int i = 0; i < counterOrdinals.length; i++) {
      packCounter(i, column(flows, counterOrdinals[i]), first, count, rows, at);
    }
    for (int cell = 0; cell < cellOrdinals.length; cell++) {
      packCell(cell, column(flows, cellOrdinals[cell]), first, count, rows, at);
    }
  }

  /** The column; null where none of the flows has a value. */
  private static FlowColumn column(FlowBatchRow flows, int ordinal) {
    if (ordinal < 0) {
      return null;
    }
    FlowColumn column = flows.column(ordinal);
    return column.hasValues() ? column : null;
  }

  private void packCounter(
      int counter, FlowColumn column, int first, int count, byte[] rows, long at) {
    long to = at + counterAt(CounterColumns.FLOWS + counter);
    boolean isFlows = counter == 0;
    if (column == null) {
      fill(rows, to, isFlows ? 1 : 0, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      long value = column.isNull(first + i) ? 0 : column.longAt(first + i);
      Platform.putLong(rows, to + (long) i * size, isFlows && value == 0 ? 1 : value);
    }
  }

  private void packCell(int cell, FlowColumn column, int first, int count, byte[] rows, long at) {
    if (column == null) {
      for (int i = 0; i < count; i++) {
        packAbsent(cell, rows, at + (long) i * size);
      }
      return;
    }
    switch (column.field().type()) {
      case INT -> packInts(cell, column, first, count, rows, at);
      case LONG, TIMESTAMP -> packLongs(cell, column, first, count, rows, at);
      case ADDRESS -> packAddresses(cell, column, first, count, rows, at);
      case TEXT, BYTES ->
          throw new IllegalStateException(column.field().column() + " has no fixed size");
    }
  }

  private void packInts(int cell, FlowColumn column, int first, int count, byte[] rows, long at) {
    for (int i = 0; i < count; i++) {
      long row = at + (long) i * size;
      if (column.isNull(first + i)) {
        packAbsent(cell, rows, row);
      } else {
        Platform.putLong(rows, row + GroupLayout.wordAt(cell), column.intAt(first + i));
      }
    }
  }

  private void packLongs(int cell, FlowColumn column, int first, int count, byte[] rows, long at) {
    for (int i = 0; i < count; i++) {
      long row = at + (long) i * size;
      if (column.isNull(first + i)) {
        packAbsent(cell, rows, row);
      } else {
        Platform.putLong(rows, row + GroupLayout.wordAt(cell), column.longAt(first + i));
      }
    }
  }

  private void packAddresses(
      int cell, FlowColumn column, int first, int count, byte[] rows, long at) {
    int address = layout.addressAt(cell);
    for (int i = 0; i < count; i++) {
      long row = at + (long) i * size;
      if (column.isNull(first + i)) {
        packAbsent(cell, rows, row);
      } else {
        Platform.putLong(rows, row + GroupLayout.wordAt(cell), GroupLayout.addressWord(address));
        putHalves(
            rows,
            row + address,
            Long.reverseBytes(column.addressHigh(first + i)),
            Long.reverseBytes(column.addressLow(first + i)));
      }
    }
  }

  private void packAbsent(int cell, byte[] rows, long row) {
    Long absent = cells.get(cell).absent();
    Platform.putLong(rows, row + GroupLayout.wordAt(cell), absent == null ? 0 : absent);
    if (absent == null) {
      Platform.putLong(rows, row, Platform.getLong(rows, row) | GroupLayout.nullBit(cell));
    }
    int address = layout.addressAt(cell);
    if (address > 0) {
      putHalves(rows, row + address, 0, 0);
    }
  }

  private static void putHalves(byte[] rows, long address, long high, long low) {
    Platform.putLong(rows, address, high);
    Platform.putLong(rows, address + GroupLayout.WORD, low);
  }

  /** Puts a word into every row; {@code to} is its place in the first one. */
  private void fill(byte[] rows, long to, long value, int count) {
    for (int i = 0; i < count; i++) {
      Platform.putLong(rows, to + (long) i * size, value);
    }
  }

  private static int counterAt(int counter) {
    return GroupLayout.NULL_BITS + counter * GroupLayout.WORD;
  }
}
