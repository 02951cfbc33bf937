package org.flowlake.converters.nfcapd;

import java.nio.charset.StandardCharsets;
import org.flowlake.converters.io.CorruptFlowFileException;
import org.flowlake.converters.io.FileSignature;
import org.flowlake.converters.io.FlowFileInput;
import org.flowlake.converters.io.LittleEndian;
import org.flowlake.converters.io.UnsupportedFlowFormatException;

/**
 * The head of an nfcapd file.
 *
 * <pre>
 * layout 2, 40 bytes (nfdump 1.7)          layout 1, 140 bytes (nfdump 1.6)
 *  0 u16 magic 0xA50C                       0 u16 magic 0xA50C
 *  2 u16 layout                             2 u16 layout
 *  4 u32 version of the writer              4 u32 flags: 1 LZO, 2 anonymised, 8 BZ2, 16 LZ4
 *  8 i64 created, seconds                   8 u32 data blocks
 * 16 u8  compression                       12 char[128] ident
 * 17 u8  encryption                       140 statistics record, 136 bytes
 * 18 u16 appendix blocks                  276 first data block
 * 20 u32 creator
 * 24 i64 offset of the appendix
 * 32 u32 block size, unused
 * 36 u32 data blocks
 * 40 first data block
 * </pre>
 *
 * @param layout 1 or 2
 * @param compression of every block
 * @param writerVersion nfdump version that wrote the file, such as 0x01070801 for 1.7.8; 0 where
 *     unknown (layout 1)
 * @param createdSeconds when the file was created, seconds since 1970-01-01 UTC; 0 where unknown
 * @param creator which program wrote the file
 * @param anonymised whether the header says that addresses were anonymised (layout 1)
 * @param blocks number of data blocks; 0 too in a file that its writer did not finish
 * @param appendixBlocks number of blocks behind the data, with ident and statistics (layout 2)
 * @param appendixOffset where they begin
 * @param ident name of the source as the header gives it (layout 1); "" in layout 2
 */
public record NfcapdFileHeader(
    int layout,
    BlockCompression compression,
    long writerVersion,
    long createdSeconds,
    NfcapdCreator creator,
    boolean anonymised,
    long blocks,
    int appendixBlocks,
    long appendixOffset,
    String ident) {

  static final int LAYOUT_1_BYTES = 140;
  static final int LAYOUT_2_BYTES = 40;
  static final int LAYOUT_1_IDENT = 12;
  static final int LAYOUT_1_FIRST_BLOCK = LAYOUT_1_BYTES + StatisticsRecord.LAYOUT_1_BYTES;
  private static final int MAGIC = 0xA50C;
  private static final int SWAPPED_MAGIC = 0x0CA5;
  private static final long ANONYMISED = 0x2;

  private static final String READABLE = "layouts 1 and 2 of nfdump 1.6 and 1.7 can be read";

  /** Where the first data block lies. */
  long firstBlock() {
    return layout == 1 ? LAYOUT_1_FIRST_BLOCK : LAYOUT_2_BYTES;
  }

  /** The 40 bytes of a layout 2 header. */
  byte[] layoutTwoBytes() {
    byte[] head = new byte[LAYOUT_2_BYTES];
    LittleEndian.putU16(head, 0, MAGIC);
    LittleEndian.putU16(head, 2, 2);
    LittleEndian.putI32(head, 4, (int) writerVersion);
    LittleEndian.putI64(head, 8, createdSeconds);
    head[16] = (byte) compression.code();
    LittleEndian.putU16(head, 18, appendixBlocks);
    LittleEndian.putI32(head, 20, creator.ordinal());
    LittleEndian.putI64(head, 24, appendixOffset);
    LittleEndian.putI32(head, 36, (int) blocks);
    return head;
  }

  static NfcapdFileHeader read(FlowFileInput in)
      throws UnsupportedFlowFormatException, CorruptFlowFileException, java.io.IOException {
    byte[] head = new byte[LAYOUT_1_BYTES];
    int count = (int) Math.min(in.length(), head.length);
    in.readFully(0, head, 0, count);
    refuseOtherFormats(in, head, count);
    int layout = LittleEndian.u16(head, 2);
    if (layout == 2) {
      return layoutTwo(in, head);
    }
    if (layout == 1) {
      return layoutOne(in, head, count);
    }
    String known = layout == 3 ? " (nfdump 1.8)" : "";
    throw new UnsupportedFlowFormatException(
        in.path(),
        "an nfcapd file of layout " + layout + known + " (offset 0x2)",
        READABLE + (layout == 3 ? "; write it anew with nfdump 1.7 -r FILE -w NEW" : ""));
  }

  private static void refuseOtherFormats(FlowFileInput in, byte[] head, int count)
      throws UnsupportedFlowFormatException, CorruptFlowFileException {
    if (count >= 2 && LittleEndian.u16(head, 0) == MAGIC) {
      if (count < LAYOUT_2_BYTES) {
        throw new CorruptFlowFileException(
            in.path(), count, "the file ends within its header of " + LAYOUT_2_BYTES + " bytes");
      }
      return;
    }
    if (count >= 2 && LittleEndian.u16(head, 0) == SWAPPED_MAGIC) {
      throw new UnsupportedFlowFormatException(
          in.path(),
          "an nfcapd file of a big-endian machine",
          "write it anew on a little-endian one, as nfdump cannot read it either");
    }
    if (count == 0) {
      throw new CorruptFlowFileException(in.path(), 0, "the file is empty, expected nfcapd data");
    }
    var other = FileSignature.of(head, count);
    if (other.isPresent()) {
      throw new UnsupportedFlowFormatException(
          in.path(), other.get().format() + ", not an nfcapd file", other.get().advice());
    }
    throw new UnsupportedFlowFormatException(
        in.path(),
        "not an nfcapd file (begins " + hex(head, Math.min(count, 4)) + ", expected 0C A5)",
        READABLE);
  }

  private static NfcapdFileHeader layoutTwo(FlowFileInput in, byte[] head)
      throws UnsupportedFlowFormatException {
    BlockCompression compression = BlockCompression.ofCode(LittleEndian.u8(head, 16));
    if (compression == null) {
      throw new UnsupportedFlowFormatException(
          in.path(),
          "an nfcapd file of unknown compression " + LittleEndian.u8(head, 16) + " (offset 0x10)",
          "known are 0 none, 1 LZO, 2 BZ2, 3 LZ4 and 4 ZSTD");
    }
    if (head[17] != 0) {
      throw new UnsupportedFlowFormatException(
          in.path(), "an encrypted nfcapd file (offset 0x11)", "decrypt it first");
    }
    return new NfcapdFileHeader(
        2,
        compression,
        LittleEndian.u32(head, 4),
        LittleEndian.i64(head, 8),
        NfcapdCreator.ofCode(LittleEndian.i32(head, 20)),
        false,
        LittleEndian.u32(head, 36),
        LittleEndian.u16(head, 18),
        LittleEndian.i64(head, 24),
        "");
  }

  private static NfcapdFileHeader layoutOne(FlowFileInput in, byte[] head, int count)
      throws CorruptFlowFileException {
    if (in.length() < LAYOUT_1_FIRST_BLOCK) {
      throw new CorruptFlowFileException(
          in.path(), count, "the file ends within its header of 276 bytes");
    }
    long flags = LittleEndian.u32(head, 4);
    return new NfcapdFileHeader(
        1,
        BlockCompression.ofLayoutOneFlags(flags),
        0,
        0,
        NfcapdCreator.UNKNOWN,
        (flags & ANONYMISED) != 0,
        LittleEndian.u32(head, 8),
        0,
        0,
        text(head, LAYOUT_1_IDENT, LAYOUT_1_BYTES));
  }

  /** The bytes up to the first zero. */
  static String text(byte[] bytes, int start, int end) {
    int length = 0;
    while (start + length < end && bytes[start + length] != 0) {
      length++;
    }
    return new String(bytes, start, length, StandardCharsets.UTF_8);
  }

  private static String hex(byte[] head, int count) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < count; i++) {
      hex.append(i == 0 ? "" : " ").append(String.format("%02X", head[i]));
    }
    return hex.toString();
  }
}
