package org.flowlake.converters.nfcapd;

import java.util.Arrays;

/** Records gathered until they make a block of nfdump's size. */
final class RecordBlock {
  /** nfdump 1.7 writes a block before it would reach this size: 2 MiB. */
  static final int BYTES = 2 << 20;

  private final byte[] bytes = new byte[BYTES];
  private int size;
  private int records;
  private WrittenTotals totals = new WrittenTotals();

  boolean isEmpty() {
    return records == 0;
  }

  boolean hasRoom(int more) {
    return size + more < BYTES;
  }

  /** The records lie in the first {@link #size()} bytes. */
  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  /** Of the flows among the records; whoever adds flows counts them here. */
  WrittenTotals totals() {
    return totals;
  }

  /** Makes room for one more record, all zero, and returns where it begins. */
  int add(int recordBytes) {
    int start = size;
    size += recordBytes;
    records++;
    Arrays.fill(bytes, start, size, (byte) 0);
    return start;
  }

  /** Copies whole records of which the caller knows that there is room. */
  void add(NfcapdBlock more) {
    System.arraycopy(more.bytes(), 0, bytes, size, more.bytes().length);
    size += more.bytes().length;
    records += more.records();
    totals.add(more.totals());
  }

  /** Hands the block over, compressed, and begins the next. */
  NfcapdBlock takePacked(BlockEncoding encoding) {
    return take(encoding.compress(bytes, size), NfcapdBlock.Form.PACKED);
  }

  /** Hands the block over as it is and begins the next. */
  NfcapdBlock takePlain() {
    return take(Arrays.copyOf(bytes, size), NfcapdBlock.Form.PLAIN);
  }

  private NfcapdBlock take(byte[] payload, NfcapdBlock.Form form) {
    NfcapdBlock block = new NfcapdBlock(payload, records, form, totals);
    size = 0;
    records = 0;
    totals = new WrittenTotals();
    return block;
  }
}
