package org.flowlake.converters.flow;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a reader has met so far in one file: counts of blocks, records and bytes, and of everything
 * that it stepped over, by reason. Mutable, one per reader.
 */
public final class FlowReadCounts {
  private long blocks;
  private long flows;
  private long values;
  private long expandedBytes;
  private long blockBytes;
  private boolean blockHasOtherRecords;
  private final Map<String, Long> skipped = new TreeMap<>();

  /** A block was begun; of so many bytes, as far as that is known. */
  public void startBlock(long bytes) {
    blockBytes = bytes;
  }

  /**
   * A block was read.
   *
   * @param bytes its size after decompression and, for layout 1, after conversion to layout 2
   *     records: the size that nfdump 1.7.8 counts as "Bytes read"
   * @param flowsInBlock flow records in it, wanted or not
   * @param hasOtherRecords whether it also holds records that are not flows (exporters, samplers)
   */
  public void endBlock(long bytes, long flowsInBlock, boolean hasOtherRecords) {
    blocks++;
    flows += flowsInBlock;
    expandedBytes += bytes;
    blockBytes = bytes;
    blockHasOtherRecords = hasOtherRecords;
  }

  /** So many values of fields were decoded. */
  public void addValues(long decoded) {
    values += decoded;
  }

  /** Something was stepped over; the reason is a short phrase such as "unknown record type 9". */
  public void skip(String reason) {
    skipped.merge(reason, 1L, Long::sum);
  }

  public long blocks() {
    return blocks;
  }

  public long flows() {
    return flows;
  }

  /** Values of fields that were decoded, of flows that are wanted and of others. */
  public long values() {
    return values;
  }

  /** Sum of the blocks' sizes after decompression, bytes. */
  public long expandedBytes() {
    return expandedBytes;
  }

  /** The size of the last block that was begun, as given to {@link #endBlock}. */
  public long lastBlockBytes() {
    return blockBytes;
  }

  public boolean lastBlockHasOtherRecords() {
    return blockHasOtherRecords;
  }

  /** How often each reason to step over something was met. */
  public Map<String, Long> skipped() {
    return skipped;
  }
}
