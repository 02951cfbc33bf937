package org.flowlake.converters.nfcapd;

import java.io.IOException;
import org.flowlake.converters.flow.FlowReadCounts;
import org.flowlake.converters.io.LittleEndian;

/**
 * Goes through the records of one block after the other and hands out its flow records in portions.
 *
 * <pre>
 * record: u16 type, u16 size with these 4 bytes, then what the type says
 * </pre>
 */
final class RecordWalk {
  static final int HEADER_BYTES = 4;

  static final int EXTENSION_MAP = 2;
  static final int EXPORTER = 7;
  static final int EXPORTER_STATISTICS = 8;
  static final int LEGACY_SAMPLER = 9;
  static final int LAYOUT_1_FLOW = 10;
  static final int FLOW = 11;
  static final int APPLICATION_NAMES = 12;
  static final int INTERFACE_NAMES = 13;
  static final int VRF_NAMES = 14;
  static final int SAMPLER = 15;
  private static final int SLACK = 256;

  private final BlockChain chain;
  private final FlowReadCounts counts;
  private final FlowRows rows;
  private final RecordListener listener;
  private final LayoutOneConverter converter = new LayoutOneConverter();

  private byte[] payload;
  private long left;
  private int position;
  private int end;
  private long keptBytes;
  private long otherRecords;

  /**
   * @param listener is told of the records that are not flows
   */
  RecordWalk(BlockChain chain, FlowReadCounts counts, FlowRows rows, RecordListener listener) {
    this.chain = chain;
    this.counts = counts;
    this.rows = rows;
    this.listener = listener;
  }

  /** Begins with the block that the chain has just read. */
  void startBlock() {
    payload = chain.payload();
    left = chain.records();
    position = 0;
    end = chain.payloadBytes();
    keptBytes = 0;
    otherRecords = 0;
  }

  /**
   * Fills the rows with the next flow records of the block.
   *
   * @return false if the block has no more
   */
  boolean fill() throws IOException {
    boolean layoutOne = chain.type() == BlockChain.TYPE_LAYOUT_1;
    if (layoutOne) {
      converter.restart();
    }
    rows.restart(layoutOne ? converter.bytes() : payload);
    while (left > 0 && !rows.full() && !(layoutOne && converter.full())) {
      left--;
      int size = end - position < HEADER_BYTES ? 0 : LittleEndian.u16(payload, position + 2);
      if (size < HEADER_BYTES || size > end - position) {
        chain.damage(
            chain.offsetOf(position),
            "rest of a block behind a damaged record",
            "record of size " + size + ", expected 4 to " + (end - position) + " bytes");
        left = 0;
        break;
      }
      if (layoutOne) {
        layoutOneRecord(size);
      } else {
        layoutTwoRecord(size);
      }
      position += size;
    }
    return rows.size() > 0;
  }

  /** Whether the block may have more flow records. */
  boolean hasMore() {
    return left > 0;
  }

  /** The block's size as nfdump 1.7.8 counts it; {@link #knowsBytes} says from when on. */
  long blockBytes() {
    return chain.type() == BlockChain.TYPE_LAYOUT_1 ? keptBytes : chain.payloadBytes();
  }

  /** Whether {@link #blockBytes} is known before all of the block was walked. */
  boolean knowsBytes() {
    return chain.type() != BlockChain.TYPE_LAYOUT_1;
  }

  /** Whether the block, as nfdump 1.7.8 holds it in memory, has records that are not flows. */
  boolean hasOtherRecords() {
    return otherRecords > 0;
  }

  private void layoutTwoRecord(int size) throws IOException {
    int type = LittleEndian.u16(payload, position);
    if (type == FLOW) {
      addFlow(position, size);
      return;
    }
    otherRecords++;
    switch (type) {
      case EXTENSION_MAP, SLACK -> {}
      case EXPORTER,
          EXPORTER_STATISTICS,
          LEGACY_SAMPLER,
          SAMPLER,
          APPLICATION_NAMES,
          INTERFACE_NAMES,
          VRF_NAMES ->
          listener.record(type, payload, position, size);
      default -> counts.skip("unknown record type " + type);
    }
  }

  private void layoutOneRecord(int size) throws IOException {
    int type = LittleEndian.u16(payload, position);
    switch (type) {
      case LAYOUT_1_FLOW -> {
        try {
          int start = converter.convert(payload, position, size);
          keptBytes += converter.end() - start;
          addFlow(start, converter.end() - start);
        } catch (DamagedBlockException e) {
          damagedFlow(e.getMessage());
        }
      }
      case EXTENSION_MAP -> {
        try {
          converter.addMap(payload, position, size);
        } catch (DamagedBlockException e) {
          chain.damage(chain.offsetOf(position), "damaged extension map", e.getMessage());
        }
      }
      case EXPORTER, EXPORTER_STATISTICS, LEGACY_SAMPLER -> {
        // nfdump 1.7.8 copies these to the converted block, and counts them.
        otherRecords++;
        keptBytes += size;
        listener.record(type, payload, position, size);
      }
      default -> counts.skip("unknown record type " + type);
    }
  }

  private void addFlow(int start, int size) throws IOException {
    String reason = rows.add(start, size, counts);
    if (reason != null) {
      damagedFlow(reason);
    }
  }

  private void damagedFlow(String reason) throws IOException {
    chain.damage(chain.offsetOf(position), "damaged flow record", reason);
  }
}
