package org.flowlake.converters.nfcapd;

import java.lang.ref.SoftReference;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The arrays into which blocks are read and expanded. Those of a file that was read serve the next
 * one: new ones would be zeroed first, and lie where the processor's cache has nothing of them.
 */
final class BlockBuffers {
  private static final Deque<SoftReference<BlockBuffers>> FREE = new ConcurrentLinkedDeque<>();

  private byte[] packed = new byte[0];
  private byte[] expanded = new byte[0];

  private BlockBuffers() {}

  /** Arrays that nobody else uses until they are given back. */
  static BlockBuffers take() {
    SoftReference<BlockBuffers> free;
    while ((free = FREE.pollFirst()) != null) {
      BlockBuffers buffers = free.get();
      if (buffers != null) {
        return buffers;
      }
    }
    return new BlockBuffers();
  }

  /** To be called once, by who took them. */
  void giveBack() {
    FREE.addFirst(new SoftReference<>(this));
  }

  /** For a block as it is in the file: an array of at least so many bytes. */
  byte[] packed(int bytes) {
    if (packed.length < bytes) {
      packed = new byte[Math.max(bytes, Math.min(2 * packed.length, BlockCompression.BLOCK_LIMIT))];
    }
    return packed;
  }

  /** For an expanded block: an array of at least so many bytes. */
  byte[] expanded(int bytes) {
    if (expanded.length < bytes) {
      expanded = new byte[bytes];
    }
    return expanded;
  }
}
