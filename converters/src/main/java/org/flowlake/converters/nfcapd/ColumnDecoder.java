package org.flowlake.converters.nfcapd;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.io.LittleEndian;

/** Appends one field of many records to its column. Chosen once per batch, one loop per kind. */
final class ColumnDecoder {
  private static final long MICROS_PER_MILLI = 1000;
  private static final long LAST_MILLI = Long.MAX_VALUE / MICROS_PER_MILLI;
  private static final long LOW_48_BITS = 0xFFFF_FFFF_FFFFL;
  private static final int FLAGS = 0x7F;

  private final FieldLayout layout;
  private final long extensions;
  private final int slot;
  private final int secondSlot;
  private final int nselSlot;
  private final int natEventSlot;
  private final int sourceId;

  /**
   * @param rows learns which extensions this field needs
   * @param sourceId value of {@link FlowField#SOURCE_ID}
   */
  ColumnDecoder(FlowField field, FlowRows rows, int sourceId) {
    this.layout = FieldLayout.of(field);
    this.extensions = mask(layout.extension()) | mask(layout.second());
    this.slot = rows.want(layout.extension());
    this.secondSlot = layout.second() == null ? -1 : rows.want(layout.second());
    boolean first = layout.kind() == FieldLayout.Kind.FIRST_SEEN;
    this.nselSlot = first ? rows.want(NfcapdExtension.NSEL) : -1;
    this.natEventSlot = first ? rows.want(NfcapdExtension.NAT_EVENT) : -1;
    this.sourceId = sourceId;
  }

  private static long mask(NfcapdExtension extension) {
    return extension == null ? 0 : 1L << extension.number();
  }

  /** Appends a value or null for every row. */
  void append(FlowRows rows, FlowColumn column) {
    if (extensions != 0 && !rows.hasAny(extensions)) {
      // Most of the hundred fields are in no record of a block.
      column.appendNulls(rows.size());
      return;
    }
    switch (layout.kind()) {
      case U8 -> appendU8(rows, column, 0xFF);
      case FLAGS -> appendU8(rows, column, FLAGS);
      case U16 -> appendU16(rows, column);
      case U31 -> appendU31(rows, column);
      case U32 -> appendU32(rows, column);
      case I64 -> appendI64(rows, column, -1L);
      case MAC48 -> appendI64(rows, column, LOW_48_BITS);
      case MILLIS -> appendMillis(rows, column);
      case MILLIS_OR_ZERO -> appendMillisOrZero(rows, column);
      case FIRST_SEEN -> appendFirstSeen(rows, column);
      case ADDRESS -> appendAddress(rows, column);
      case IP_VERSION -> appendIpVersion(rows, column);
      case TEXT -> appendText(rows, column);
      case BYTES -> appendBytes(rows, column);
      case SOURCE -> appendSource(rows, column);
    }
  }

  private void appendU8(FlowRows rows, FlowColumn column, int mask) {
    byte[] bytes = rows.bytes();
    int first = column.extend(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      int at = rows.position(row, slot);
      if (at == 0 && slot != 0) {
        column.setNull(first + row);
      } else {
        column.setInt(first + row, bytes[at + layout.offset()] & mask);
      }
    }
  }

  private void appendU16(FlowRows rows, FlowColumn column) {
    byte[] bytes = rows.bytes();
    int first = column.extend(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      int at = rows.position(row, slot);
      if (at == 0 && slot != 0) {
        column.setNull(first + row);
      } else {
        column.setInt(first + row, LittleEndian.u16(bytes, at + layout.offset()));
      }
    }
  }

  private void appendU31(FlowRows rows, FlowColumn column) {
    byte[] bytes = rows.bytes();
    int first = column.extend(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      int at = valuePosition(rows, row);
      if (at == 0) {
        column.setNull(first + row);
      } else {
        column.setInt(first + row, LittleEndian.i32(bytes, at) & Integer.MAX_VALUE);
      }
    }
  }

  /** The value itself, in whichever form of the extension the record has. */
  private int valuePosition(FlowRows rows, int row) {
    int at = rows.position(row, slot);
    if (at != 0) {
      return at + layout.offset();
    }
    int second = secondSlot < 0 ? 0 : rows.position(row, secondSlot);
    return second == 0 ? 0 : second + layout.secondOffset();
  }

  private void appendU32(FlowRows rows, FlowColumn column) {
    byte[] bytes = rows.bytes();
    int first = column.extend(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      int at = rows.position(row, slot);
      if (at == 0) {
        column.setNull(first + row);
      } else {
        column.setLong(first + row, LittleEndian.u32(bytes, at + layout.offset()));
      }
    }
  }

  private void appendI64(FlowRows rows, FlowColumn column, long mask) {
    byte[] bytes = rows.bytes();
    int first = column.extend(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      int at = rows.position(row, slot);
      if (at == 0) {
        column.setNull(first + row);
      } else {
        column.setLong(first + row, LittleEndian.i64(bytes, at + layout.offset()) & mask);
      }
    }
  }

  private void appendMillis(FlowRows rows, FlowColumn column) {
    byte[] bytes = rows.bytes();
    int first = column.extend(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      int at = rows.position(row, slot);
      if (at == 0) {
        column.setNull(first + row);
      } else {
        column.setLong(first + row, micros(LittleEndian.i64(bytes, at + layout.offset())));
      }
    }
  }

  private void appendMillisOrZero(FlowRows rows, FlowColumn column) {
    byte[] bytes = rows.bytes();
    int first = column.extend(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      int at = rows.position(row, slot);
      long millis = at == 0 ? 0 : LittleEndian.i64(bytes, at + layout.offset());
      if (millis == 0) {
        column.setNull(first + row);
      } else {
        column.setLong(first + row, micros(millis));
      }
    }
  }

  private void appendFirstSeen(FlowRows rows, FlowColumn column) {
    int first = column.extend(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      int at = rows.position(row, slot);
      if (at == 0) {
        column.setNull(first + row);
      } else {
        column.setLong(first + row, micros(firstSeenMillis(rows, row, at)));
      }
    }
  }

  private long firstSeenMillis(FlowRows rows, int row, int generic) {
    return firstSeenMillis(
        rows.bytes(), generic, rows.position(row, nselSlot), rows.position(row, natEventSlot));
  }

  /** First packet, else firewall event, else NAT event, as nfdump 1.7.8 does it on reading. */
  static long firstSeenMillis(byte[] bytes, int generic, int nsel, int natEvent) {
    long millis = LittleEndian.i64(bytes, generic);
    if (millis == 0 && nsel != 0) {
      return LittleEndian.i64(bytes, nsel);
    }
    if (millis == 0 && natEvent != 0) {
      return LittleEndian.i64(bytes, natEvent);
    }
    return millis;
  }

  /** Times beyond the year 294246, only met in damaged data, become the last one. */
  private static long micros(long millis) {
    return millis < 0 || millis > LAST_MILLI
        ? LAST_MILLI * MICROS_PER_MILLI
        : millis * MICROS_PER_MILLI;
  }

  private void appendAddress(FlowRows rows, FlowColumn column) {
    byte[] bytes = rows.bytes();
    int first = column.extend(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      int v4 = rows.position(row, slot);
      int v6 = rows.position(row, secondSlot);
      if (v4 != 0) {
        column.setIpv4(first + row, LittleEndian.i32(bytes, v4 + layout.offset()));
      } else if (v6 != 0) {
        int at = v6 + layout.secondOffset();
        column.setAddress(
            first + row, LittleEndian.i64(bytes, at), LittleEndian.i64(bytes, at + 8));
      } else {
        column.setNull(first + row);
      }
    }
  }

  private void appendIpVersion(FlowRows rows, FlowColumn column) {
    int first = column.extend(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      if (rows.position(row, slot) != 0) {
        column.setInt(first + row, 4);
      } else if (rows.position(row, secondSlot) != 0) {
        column.setInt(first + row, 6);
      } else {
        column.setNull(first + row);
      }
    }
  }

  private void appendText(FlowRows rows, FlowColumn column) {
    byte[] bytes = rows.bytes();
    for (int row = 0; row < rows.size(); row++) {
      int at = rows.position(row, slot);
      if (at == 0) {
        column.appendNull();
        continue;
      }
      int start = at + layout.offset();
      int end = elementEnd(bytes, at);
      int length = 0;
      while (start + length < end && bytes[start + length] != 0) {
        length++;
      }
      column.appendBytes(utf8(Arrays.copyOfRange(bytes, start, start + length)));
    }
  }

  /** Text that is not UTF-8 came from a device that speaks ISO 8859-1. */
  private static byte[] utf8(byte[] text) {
    for (byte b : text) {
      if (b < 0) {
        try {
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
          return text;
        } catch (CharacterCodingException e) {
          return new String(text, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.UTF_8);
        }
      }
    }
    return text;
  }

  private void appendBytes(FlowRows rows, FlowColumn column) {
    byte[] bytes = rows.bytes();
    for (int row = 0; row < rows.size(); row++) {
      int at = rows.position(row, slot);
      if (at == 0) {
        column.appendNull();
      } else {
        column.appendBytes(Arrays.copyOfRange(bytes, at + layout.offset(), elementEnd(bytes, at)));
      }
    }
  }

  private void appendSource(FlowRows rows, FlowColumn column) {
    int first = column.extend(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      column.setInt(first + row, sourceId);
    }
  }

  /** The length in an element's header includes that header. */
  private static int elementEnd(byte[] bytes, int payload) {
    int length = LittleEndian.u16(bytes, payload - 2);
    return payload - NfcapdExtension.HEADER_BYTES + length;
  }
}
