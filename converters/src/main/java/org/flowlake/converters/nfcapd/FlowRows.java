package org.flowlake.converters.nfcapd;

import java.util.Arrays;
import org.flowlake.converters.flow.FlowReadCounts;
import org.flowlake.converters.io.LittleEndian;

/**
 * Where the wanted extensions lie in the next flow records of a block: found record by record, then
 * read column by column, so that each column is one tight loop. All records of one fill lie in the
 * same byte array.
 *
 * <pre>
 * flow record: u16 type 11, u16 size, u16 elements, u8 engine type, u8 engine id, u16 exporter,
 *              u8 flags, u8 export version; then elements: u16 number, u16 length, payload
 * </pre>
 */
final class FlowRows {
  static final int RECORD_HEADER_BYTES = 12;

  /** Offset of the number of elements in a record. */
  static final int ELEMENTS_AT = 4;

  /** Few enough that the records of one fill stay in the processor's cache. */
  static final int CAPACITY = 512;

  private static final int NOT_WANTED = -1;

  /** A power of two: shapes are found by the lower bits of their records' sizes. */
  private static final int SHAPES = 64;

  private static final int OLD_SAMPLER_BYTES = 12;
  private static final int OLD_NAT_EVENT_BYTES = 24;

  /** Slot of the record itself; extensions follow. */
  private static final int RECORD_SLOT = 0;

  private final int[] slots = new int[NfcapdExtension.NUMBERS];
  private int width = 1;
  private int[] positions = new int[CAPACITY];
  private final RecordShape[] shapes = new RecordShape[SHAPES];

  /** By the same lower bits: the size of the last record that had none of these shapes. */
  private final int[] unknownBytes = new int[SHAPES];

  private byte[] bytes;
  private int size;
  private long extensionsSeen;
  private long extensionsHere;

  FlowRows() {
    Arrays.fill(slots, NOT_WANTED);
    // Needed to decide between two address families in one record.
    want(NfcapdExtension.IPV4_FLOW);
    want(NfcapdExtension.IPV6_FLOW);
    want(NfcapdExtension.LAYER2);
  }

  /**
   * Makes the positions of this extension known in every row.
   *
   * @param extension null for the record header
   * @return the slot to ask {@link #position} with
   */
  int want(NfcapdExtension extension) {
    if (extension == null) {
      return RECORD_SLOT;
    }
    int number = extension.number();
    if (slots[number] == NOT_WANTED) {
      slots[number] = width++;
      positions = new int[CAPACITY * width];
      Arrays.fill(shapes, null);
    }
    return slots[number];
  }

  /** Forgets the rows; the next ones lie in this array. */
  void restart(byte[] in) {
    bytes = in;
    size = 0;
    extensionsHere = 0;
  }

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  boolean full() {
    return size == CAPACITY;
  }

  /** Where the payload begins that this slot stands for; 0 where the record has none. */
  int position(int row, int slot) {
    return positions[row * width + slot];
  }

  /**
   * Keeps some of the rows, which become the first ones.
   *
   * @param kept their numbers and an offset that all have, ascending
   * @param offset the number that the first row has there
   * @param count how many of them
   */
  void retain(int[] kept, int offset, int count) {
    if (count < size) {
      for (int i = 0; i < count; i++) {
        int from = (kept[i] - offset) * width;
        int to = i * width;
        for (int slot = 0; slot < width; slot++) {
          positions[to + slot] = positions[from + slot];
        }
      }
      size = count;
    }
  }

  /** Whether one of these rows has an extension of this mask (bit n: extension n). */
  boolean hasAny(long mask) {
    return (extensionsHere & mask) != 0;
  }

  /** Bit n is set once a record had an extension n. */
  long extensionsSeen() {
    return extensionsSeen;
  }

  /**
   * Adds the flow record at this place as a row.
   *
   * @param start of the record; its {@code recordBytes} lie within the array
   * @return null, or why the record cannot be used; no row is added then
   */
  String add(int start, int recordBytes, FlowReadCounts counts) {
    if (recordBytes < RECORD_HEADER_BYTES) {
      return "flow record of " + recordBytes + " bytes, its header alone has 12";
    }
    int row = size * width;
    RecordShape shape = shapes[recordBytes % SHAPES];
    if (shape != null && shape.fits(bytes, start, recordBytes)) {
      shape.put(start, positions, row);
      end(shape.extensions());
      return null;
    }
    boolean isUsual = true;
    int end = start + recordBytes;
    Arrays.fill(positions, row, row + width, 0);
    positions[row + RECORD_SLOT] = start;
    int elements = LittleEndian.u16(bytes, start + ELEMENTS_AT);
    int at = start + RECORD_HEADER_BYTES;
    long seen = 0;
    for (int i = 0; i < elements; i++) {
      if (end - at < NfcapdExtension.HEADER_BYTES) {
        return "flow record with less than the " + elements + " elements that it announces";
      }
      int number = LittleEndian.u16(bytes, at);
      int length = LittleEndian.u16(bytes, at + 2);
      if (length < NfcapdExtension.HEADER_BYTES || length > end - at) {
        return "element of length " + length + " where 4 to " + (end - at) + " bytes can be";
      }
      if (number >= NfcapdExtension.NUMBERS) {
        counts.skip("unknown extension " + number);
        isUsual = false;
      } else if (number != 0) {
        int payload = length - NfcapdExtension.HEADER_BYTES;
        if (payload < NfcapdExtension.payloadBytes(number)) {
          counts.skip("extension " + number + " of " + length + " bytes, too short for its values");
          isUsual = false;
        } else {
          seen |= 1L << number;
          if (slots[number] != NOT_WANTED) {
            positions[row + slots[number]] = at + NfcapdExtension.HEADER_BYTES;
          }
        }
      }
      at += length;
    }
    if ((seen & OLD_FORMS) != 0 || (seen & BOTH_FAMILIES) == BOTH_FAMILIES) {
      settle(row, seen);
    } else if (isUsual) {
      learn(start, recordBytes, seen);
    }
    end(seen);
    return null;
  }

  /** Keeps the shape of sizes that come more than once: texts and payloads have any. */
  private void learn(int start, int recordBytes, long extensions) {
    int place = recordBytes % SHAPES;
    if (unknownBytes[place] == recordBytes) {
      shapes[place] =
          new RecordShape(bytes, start, recordBytes, positions, size * width, width, extensions);
    }
    unknownBytes[place] = recordBytes;
  }

  private void end(long extensions) {
    extensionsSeen |= extensions;
    extensionsHere |= extensions;
    size++;
  }

  private static final long BOTH_FAMILIES =
      1L << NfcapdExtension.IPV4_FLOW.number() | 1L << NfcapdExtension.IPV6_FLOW.number();

  private static final long OLD_FORMS =
      1L << NfcapdExtension.SAMPLER.number() | 1L << NfcapdExtension.NAT_EVENT.number();

  /** Brings old forms of an extension into today's, and leaves one address family. */
  private void settle(int row, long seen) {
    modernize(row, NfcapdExtension.SAMPLER);
    modernize(row, NfcapdExtension.NAT_EVENT);
    if ((seen & BOTH_FAMILIES) != BOTH_FAMILIES) {
      return;
    }
    int v4 = row + slots[NfcapdExtension.IPV4_FLOW.number()];
    int v6 = row + slots[NfcapdExtension.IPV6_FLOW.number()];
    int layer2 = positions[row + slots[NfcapdExtension.LAYER2.number()]];
    int stated = layer2 == 0 ? 0 : LittleEndian.u8(bytes, layer2 + 26);
    boolean keepV6 = stated == 6 || (stated != 4 && LittleEndian.i64(bytes, positions[v4]) == 0);
    positions[keepV6 ? v4 : v6] = 0;
  }

  /**
   * Rewrites the element in place. nfdump 1.7.0 and 1.7.1 wrote the sampler as i32 id, u32
   * interval, u16 mode, u16 exporter, and 1.7.0 had two VRFs in the NAT event; nfdump 1.7.8 takes
   * both for the new form and shows wrong numbers.
   */
  private void modernize(int row, NfcapdExtension extension) {
    int slot = slots[extension.number()];
    int at = slot == NOT_WANTED ? 0 : positions[row + slot];
    if (at == 0) {
      return;
    }
    int payload = LittleEndian.u16(bytes, at - 2) - NfcapdExtension.HEADER_BYTES;
    if (extension == NfcapdExtension.SAMPLER && payload == OLD_SAMPLER_BYTES) {
      LittleEndian.putI64(bytes, at, LittleEndian.i32(bytes, at));
    } else if (extension == NfcapdExtension.NAT_EVENT && payload == OLD_NAT_EVENT_BYTES) {
      LittleEndian.putI32(bytes, at + 8, LittleEndian.i32(bytes, at + 16));
      bytes[at + 12] = bytes[at + 20];
    }
  }
}
