package org.flowlake.converters.nfcapd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.flowlake.converters.flow.FlowStatistics;
import org.flowlake.converters.io.LittleEndian;

/**
 * What a layout 2 file holds behind its data blocks.
 *
 * <pre>
 * block of records: 0x8001 ident, text and a zero; 0x8002 statistics, 144 bytes
 * </pre>
 *
 * @param ident name of the source; "" where the file has none
 */
record NfcapdAppendix(String ident, FlowStatistics statistics) {
  static final NfcapdAppendix NONE = new NfcapdAppendix("", FlowStatistics.NONE);

  private static final int IDENT = 0x8001;
  private static final int STATISTICS = 0x8002;

  /** nfdump refuses longer ones. */
  private static final int IDENT_LIMIT = 128;

  private static final int LONGEST_IDENT = IDENT_LIMIT - RecordWalk.HEADER_BYTES - 2;

  private static final byte[] NO_IDENT = "none".getBytes(StandardCharsets.US_ASCII);

  /** Number of records in {@link #toBytes}. */
  static final int RECORDS = 2;

  /** The records of an appendix block; an ident that is too long for nfdump is cut. */
  byte[] toBytes() {
    byte[] name = ident.isEmpty() ? NO_IDENT : ident.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(name.length, LONGEST_IDENT);
    // A zero ends the text, and another one makes its length even.
    int text = length + 2 - length % 2;
    int statisticsAt = RecordWalk.HEADER_BYTES + text;
    byte[] bytes =
        new byte[statisticsAt + RecordWalk.HEADER_BYTES + StatisticsRecord.LAYOUT_2_BYTES];
    LittleEndian.putU16(bytes, 0, IDENT);
    LittleEndian.putU16(bytes, 2, statisticsAt);
    System.arraycopy(name, 0, bytes, RecordWalk.HEADER_BYTES, length);
    LittleEndian.putU16(bytes, statisticsAt, STATISTICS);
    LittleEndian.putU16(bytes, statisticsAt + 2, bytes.length - statisticsAt);
    StatisticsRecord.putLayoutTwo(bytes, statisticsAt + RecordWalk.HEADER_BYTES, statistics);
    return bytes;
  }

  /** Reads the blocks of this chain; later records replace earlier ones. */
  static NfcapdAppendix read(BlockChain chain) throws IOException {
    String ident = "";
    FlowStatistics statistics = FlowStatistics.NONE;
    while (chain.next()) {
      byte[] bytes = chain.payload();
      int at = 0;
      for (long left = chain.records(); left > 0; left--) {
        int room = chain.payloadBytes() - at;
        int size = room < RecordWalk.HEADER_BYTES ? 0 : LittleEndian.u16(bytes, at + 2);
        if (size < RecordWalk.HEADER_BYTES || size > room) {
          chain.damage(
              chain.offsetOf(at),
              "damaged appendix record",
              "appendix record of size " + size + ", expected 4 to " + room + " bytes");
          break;
        }
        int type = LittleEndian.u16(bytes, at);
        int data = at + RecordWalk.HEADER_BYTES;
        if (type == IDENT && size < IDENT_LIMIT) {
          ident = NfcapdFileHeader.text(bytes, data, at + size);
        } else if (type == STATISTICS
            && size - RecordWalk.HEADER_BYTES == StatisticsRecord.LAYOUT_2_BYTES) {
          statistics = StatisticsRecord.layoutTwo(bytes, data);
        }
        at += size;
      }
    }
    return new NfcapdAppendix(ident, statistics);
  }
}
