package org.flowlake.converters.nfcapd;

import java.io.Closeable;
import java.io.IOException;
import org.flowlake.converters.flow.FlowReadCounts;
import org.flowlake.converters.io.CorruptFlowFileException;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.FlowFileInput;
import org.flowlake.converters.io.LittleEndian;

/**
 * The data blocks of one file, one after the other, expanded into a buffer that is used again.
 *
 * <pre>
 * block: u32 records, u32 bytes that follow, u16 type, u16 flags (1: not compressed), bytes
 * </pre>
 */
final class BlockChain implements Closeable {
  static final int HEADER_BYTES = 12;

  /** Block of layout 1 records. */
  static final int TYPE_LAYOUT_1 = 2;

  /** Block of layout 2 records. */
  static final int TYPE_LAYOUT_2 = 3;

  private static final int TYPE_NFDUMP_1_5 = 1;
  private static final int TYPE_ARRAY = 4;
  private static final int FLAG_UNCOMPRESSED = 1;

  private final FlowFileInput in;
  private final BlockCompression compression;
  private final DamagePolicy policy;
  private final FlowReadCounts counts;
  private final long end;
  private final boolean untilEnd;
  private long announced;
  private long position;

  private final byte[] header = new byte[HEADER_BYTES];
  private BlockBuffers buffers;

  private long offset;
  private long records;
  private int type;
  private boolean compressed;
  private byte[] payload;
  private int payloadBytes;

  /**
   * @param position of the first block
   * @param end where blocks must end
   * @param blocks how many blocks there are; negative to read on until the end
   */
  BlockChain(
      FlowFileInput in,
      BlockCompression compression,
      DamagePolicy policy,
      FlowReadCounts counts,
      long position,
      long end,
      long blocks) {
    this.in = in;
    this.compression = compression;
    this.policy = policy;
    this.counts = counts;
    this.position = position;
    this.end = end;
    this.announced = blocks;
    this.untilEnd = blocks < 0;
  }

  /**
   * Reads the next block of flow records; blocks of other types are stepped over and counted.
   *
   * @return false at the end, or where damage ends the chain and the policy is to skip it
   */
  boolean next() throws IOException {
    while (untilEnd ? position < end : announced > 0) {
      announced--;
      if (!readHeader()) {
        return false;
      }
      if (isWanted() && expand()) {
        return true;
      }
    }
    return false;
  }

  /** Number of records that the block's header announces. */
  long records() {
    return records;
  }

  /** {@link #TYPE_LAYOUT_1} or {@link #TYPE_LAYOUT_2}. */
  int type() {
    return type;
  }

  /** The expanded block: this array's first {@link #payloadBytes()} bytes, until the next block. */
  byte[] payload() {
    return payload;
  }

  int payloadBytes() {
    return payloadBytes;
  }

  /** Offset in the file of this place of the block: the block's own where it is compressed. */
  long offsetOf(int payloadPosition) {
    return compressed ? offset : offset + HEADER_BYTES + payloadPosition;
  }

  /** Damage at a place in the file: ends reading, or is counted under its kind. */
  void damage(long at, String kind, String reason) throws CorruptFlowFileException {
    if (policy == DamagePolicy.FAIL) {
      throw new CorruptFlowFileException(in.path(), at, reason);
    }
    counts.skip(kind);
  }

  private boolean readHeader() throws IOException {
    offset = position;
    if (end - position < HEADER_BYTES) {
      String missing = untilEnd ? "" : ", " + (announced + 1) + " more blocks are announced";
      damage(
          offset,
          "blocks cut off by the end of the file",
          (end - position) + " bytes left for a block header of 12" + missing);
      return false;
    }
    in.readFully(position, header, 0, HEADER_BYTES);
    records = LittleEndian.u32(header, 0);
    long size = LittleEndian.u32(header, 4);
    type = LittleEndian.u16(header, 8);
    compressed =
        compression != BlockCompression.NONE
            && (LittleEndian.u16(header, 10) & FLAG_UNCOMPRESSED) == 0;
    if (size == 0 || size > BlockCompression.BLOCK_LIMIT || records == 0) {
      damage(
          offset,
          "blocks behind a damaged block header",
          "block header with "
              + records
              + " records and size "
              + size
              + ", expected at least 1 record and 1 to "
              + BlockCompression.BLOCK_LIMIT
              + " bytes");
      return false;
    }
    if (size > end - position - HEADER_BYTES) {
      damage(
          offset,
          "blocks cut off by the end of the file",
          "block of " + size + " bytes, only " + (end - position - HEADER_BYTES) + " are left");
      return false;
    }
    payloadBytes = (int) size;
    position += HEADER_BYTES + size;
    return true;
  }

  private boolean isWanted() throws CorruptFlowFileException {
    switch (type) {
      case TYPE_LAYOUT_1, TYPE_LAYOUT_2 -> {
        return true;
      }
      case TYPE_ARRAY -> counts.skip("array block");
      case TYPE_NFDUMP_1_5 -> counts.skip("block of nfdump 1.5");
      default -> counts.skip("block of unknown type " + type);
    }
    return false;
  }

  private boolean expand() throws IOException {
    if (buffers == null) {
      buffers = BlockBuffers.take();
    }
    int size = payloadBytes;
    byte[] packed = buffers.packed(size);
    in.readFully(offset + HEADER_BYTES, packed, 0, size);
    if (!compressed) {
      payload = packed;
      return true;
    }
    try {
      expand(packed, size);
      return true;
    } catch (DamagedBlockException e) {
      damage(offset, "block that cannot be expanded", compression + " block: " + e.getMessage());
      return false;
    }
  }

  /** The expanded size is not stored: a first try in a likely size, a second up to the limit. */
  private void expand(byte[] packed, int size) throws DamagedBlockException {
    payload = buffers.expanded(BlockCompression.likelyBytes(size));
    try {
      payloadBytes = compression.expandInto(payload, packed, size);
    } catch (DamagedBlockException e) {
      if (payload.length == BlockCompression.BLOCK_LIMIT) {
        throw e;
      }
      payload = buffers.expanded(BlockCompression.BLOCK_LIMIT);
      payloadBytes = compression.expandInto(payload, packed, size);
    }
  }

  /** Ends reading; the last block's array may be another's from now on. */
  @Override
  public void close() {
    if (buffers != null) {
      payload = null;
      buffers.giveBack();
      buffers = null;
    }
  }
}
