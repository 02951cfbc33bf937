package org.flowlake.jobs.groups;

import java.util.Arrays;

/** Gathers rows by the part that they belong to, and hands them on in blocks. */
final class GroupBlocks {
  private static final int BLOCK_BYTES = 32 << 10;

  private final RowCode code;
  private final byte[][] blocks;
  private final int[] used;
  private final Target target;

  /** Takes a block; it is the target's own. */
  @FunctionalInterface
  interface Target {
    void block(int part, byte[] block);
  }

  GroupBlocks(RowCode code, int parts, Target target) {
    this.code = code;
    this.blocks = new byte[parts][];
    this.used = new int[parts];
    this.target = target;
  }

  /** Adds a row of the layout. */
  void add(int part, Object base, long at) {
    if (blocks[part] == null) {
      blocks[part] = new byte[BLOCK_BYTES];
    } else if (used[part] + code.mostBytes() > BLOCK_BYTES) {
      hand(part);
    }
    used[part] = code.encode(base, at, blocks[part], used[part]);
  }

  /** Hands on what was gathered. */
  void flush() {
    for (int part = 0; part < blocks.length; part++) {
      if (used[part] > 0) {
        hand(part);
      }
    }
  }

  private void hand(int part) {
    target.block(part, Arrays.copyOf(blocks[part], used[part] + RowCode.SLACK));
    used[part] = 0;
  }
}
