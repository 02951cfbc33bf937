package org.flowlake.converters.nfcapd;

import java.io.Serializable;

/**
 * Flow records on their way into a file, made by a {@link FlowBlockEncoder}.
 *
 * @param bytes of the block, without its header
 * @param records how many there are
 * @param form whether the bytes are compressed as the file wants it, or can still be joined
 * @param totals of the flows among them
 */
public record NfcapdBlock(byte[] bytes, int records, Form form, WrittenTotals totals)
    implements Serializable {
  /** What the bytes are. */
  public enum Form {
    /** Compressed: one block of the file. */
    PACKED,
    /** The records themselves, too few for a block. */
    PLAIN
  }
}
