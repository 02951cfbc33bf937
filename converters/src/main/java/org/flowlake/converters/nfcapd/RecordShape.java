package org.flowlake.converters.nfcapd;

import org.flowlake.converters.io.LittleEndian;

/**
 * Where the extensions lie in flow records that have the same ones, in the same order and lengths.
 * A collector writes few such shapes, so that most records need only be compared with the last one
 * of their size.
 */
final class RecordShape {
  private final int recordBytes;

  /** Offsets of the elements' headers in the record, and what stands there. */
  private final int[] headerAt;

  private final int[] headers;

  /** By slot: offsets of payloads in the record; 0 where it has none. */
  private final int[] payloadAt;

  private final long extensions;

  /**
   * The shape of a record that was walked through.
   *
   * @param start of the record
   * @param positions begin at {@code from} with the places of the payloads, 0 where it has none
   * @param width how many there are
   * @param extensions bit n is set if it has an extension n
   */
  RecordShape(
      byte[] bytes,
      int start,
      int recordBytes,
      int[] positions,
      int from,
      int width,
      long extensions) {
    this.recordBytes = recordBytes;
    int elements = LittleEndian.u16(bytes, start + FlowRows.ELEMENTS_AT);
    this.extensions = extensions;
    headerAt = new int[elements];
    headers = new int[elements];
    int at = FlowRows.RECORD_HEADER_BYTES;
    for (int i = 0; i < elements; i++) {
      headerAt[i] = at;
      headers[i] = LittleEndian.i32(bytes, start + at);
      at += LittleEndian.u16(bytes, start + at + 2);
    }
    payloadAt = new int[width];
    for (int slot = 1; slot < width; slot++) {
      int position = positions[from + slot];
      payloadAt[slot] = position == 0 ? 0 : position - start;
    }
  }

  /** Whether the record at this place has this shape. */
  boolean fits(byte[] bytes, int start, int size) {
    if (size != recordBytes
        || LittleEndian.u16(bytes, start + FlowRows.ELEMENTS_AT) != headers.length) {
      return false;
    }
    for (int i = 0; i < headers.length; i++) {
      if (LittleEndian.i32(bytes, start + headerAt[i]) != headers[i]) {
        return false;
      }
    }
    return true;
  }

  /** Writes the places of a record of this shape to {@code positions}, from an index on. */
  void put(int start, int[] positions, int from) {
    positions[from] = start;
    for (int slot = 1; slot < payloadAt.length; slot++) {
      int at = payloadAt[slot];
      positions[from + slot] = at == 0 ? 0 : start + at;
    }
  }

  long extensions() {
    return extensions;
  }
}
