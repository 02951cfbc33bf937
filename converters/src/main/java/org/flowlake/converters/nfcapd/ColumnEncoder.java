package org.flowlake.converters.nfcapd;

import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.io.LittleEndian;

/**
 * Writes one field of many flows into their records: the reverse of {@link ColumnDecoder}. Absent
 * values stay the zeros that are there.
 */
final class ColumnEncoder {
  private static final long MICROS_PER_MILLI = 1000;
  private static final int FLAGS = 0x7F;

  /** A user name has 66 bytes with the zero behind it. */
  private static final int LONGEST_USER = 65;

  private static final int UTF8_LATER_BYTE_MASK = 0xC0;
  private static final int UTF8_LATER_BYTE = 0x80;

  private final FieldLayout layout;
  private final FlowColumn column;

  /**
   * @param layout where the values go; need not be the column's own
   */
  ColumnEncoder(FieldLayout layout, FlowColumn column) {
    this.layout = layout;
    this.column = column;
  }

  /**
   * Writes the values of the rows that have the extension.
   *
   * @param rows where each row's extension lies
   * @param slot the extension's number there
   */
  void write(RecordPositions rows, int slot, RecordBlock block) {
    byte[] out = block.bytes();
    for (int i = 0; i < rows.size(); i++) {
      int row = rows.firstRow() + i;
      int at = rows.payload(i, slot);
      if (at == RecordPositions.ABSENT || column.isNull(row)) {
        continue;
      }
      boolean second = rows.isSecondForm(i, slot);
      int place = at + (second ? layout.secondOffset() : layout.offset());
      if (layout.extension() == NfcapdExtension.USER) {
        putUser(column.bytesAt(row), place, block);
      } else {
        put(row, place, second, out);
      }
    }
  }

  /** The only text of fixed size; a longer one is cut between two characters, and counted. */
  private static void putUser(byte[] name, int at, RecordBlock block) {
    int length = name.length;
    if (length > LONGEST_USER) {
      length = LONGEST_USER;
      while (length > 0 && (name[length] & UTF8_LATER_BYTE_MASK) == UTF8_LATER_BYTE) {
        length--;
      }
      block.totals().cutText();
    }
    System.arraycopy(name, 0, block.bytes(), at, length);
  }

  private void put(int row, int at, boolean second, byte[] out) {
    switch (layout.kind()) {
      case U8 -> out[at] = (byte) column.intAt(row);
      case FLAGS -> out[at] = (byte) (column.intAt(row) & FLAGS);
      case U16 -> LittleEndian.putU16(out, at, column.intAt(row));
      case U31 -> LittleEndian.putI32(out, at, column.intAt(row));
      case U32 -> LittleEndian.putI32(out, at, (int) column.longAt(row));
      case I64, MAC48 -> LittleEndian.putI64(out, at, column.longAt(row));
      case MILLIS, MILLIS_OR_ZERO, FIRST_SEEN ->
          LittleEndian.putI64(out, at, millis(column.longAt(row)));
      case ADDRESS -> {
        if (second) {
          LittleEndian.putI64(out, at, column.addressHigh(row));
          LittleEndian.putI64(out, at + Long.BYTES, column.addressLow(row));
        } else {
          LittleEndian.putI32(out, at, (int) column.addressLow(row));
        }
      }
      case TEXT, BYTES -> {
        byte[] value = column.bytesAt(row);
        System.arraycopy(value, 0, out, at, value.length);
      }
      case IP_VERSION, SOURCE -> {}
    }
  }

  static long millis(long micros) {
    return Math.floorDiv(micros, MICROS_PER_MILLI);
  }
}
