package org.flowlake.converters.nfcapd;

import java.util.Arrays;
import org.flowlake.converters.io.LittleEndian;

/**
 * Encoder of a raw LZO1X stream that minilzo's {@code lzo1x_decompress_safe} and {@link
 * Lzo1xDecoder} read: greedy, one candidate per hash of four bytes, as LZO1X-1 does it. The
 * instructions are those of the kernel's Documentation/staging/lzo.rst.
 */
final class Lzo1xEncoder {
  private static final int HASH_BITS = 14;
  private static final int HASH_MULTIPLIER = 0x9E3779B1;
  private static final int SHORTEST_MATCH = 4;

  /** A match shorter than this may use the two-byte instruction. */
  private static final int LONGEST_M2 = 8;

  private static final int FARTHEST_M2 = 0x800;
  private static final int FARTHEST_M3 = 0x4000;
  private static final int FARTHEST_M4 = 0xBFFF;
  private static final int M3 = 32;
  private static final int M4 = 16;

  /** The stream may begin with so many literals in one instruction. */
  private static final int LONGEST_FIRST_RUN = 238;

  /** After so many bytes without a match the search begins to take larger steps. */
  private static final int PATIENCE_SHIFT = 6;

  private final byte[] in;
  private final int end;
  private final byte[] out;
  private int op;

  private Lzo1xEncoder(byte[] in, int count) {
    this.in = in;
    this.end = count;
    // Literals alone need one more byte for each 255, and a few around them.
    this.out = new byte[count + count / 16 + 64];
  }

  /** The stream of the first {@code count} bytes, in an array of its size. */
  static byte[] encode(byte[] in, int count) {
    Lzo1xEncoder encoder = new Lzo1xEncoder(in, count);
    encoder.run();
    return Arrays.copyOf(encoder.out, encoder.op);
  }

  private void run() {
    int[] seen = new int[1 << HASH_BITS];
    int literals = 0;
    int ip = 1;
    int lastStart = end - SHORTEST_MATCH;
    while (ip <= lastStart) {
      int four = LittleEndian.i32(in, ip);
      int hash = four * HASH_MULTIPLIER >>> (Integer.SIZE - HASH_BITS);
      int candidate = seen[hash];
      seen[hash] = ip;
      if (ip - candidate > FARTHEST_M4 || LittleEndian.i32(in, candidate) != four) {
        ip += 1 + (ip - literals >> PATIENCE_SHIFT);
        continue;
      }
      int length = SHORTEST_MATCH + equalBytes(candidate + SHORTEST_MATCH, ip + SHORTEST_MATCH);
      literals(literals, ip);
      match(ip - candidate, length);
      ip += length;
      literals = ip;
    }
    literals(literals, end);
    out[op++] = M4 | 1;
    out[op++] = 0;
    out[op++] = 0;
  }

  private int equalBytes(int candidate, int ip) {
    int match = Arrays.mismatch(in, candidate, candidate + end - ip, in, ip, end);
    return match < 0 ? end - ip : match;
  }

  private void literals(int from, int to) {
    int count = to - from;
    if (count == 0) {
      return;
    }
    if (op == 0 && count <= LONGEST_FIRST_RUN) {
      out[op++] = (byte) (17 + count);
    } else if (count <= 3) {
      // The two low bits of the match before, which are the first of its last two bytes.
      out[op - 2] |= (byte) count;
    } else if (count <= 18) {
      out[op++] = (byte) (count - 3);
    } else {
      out[op++] = 0;
      extension(count - 18);
    }
    System.arraycopy(in, from, out, op, count);
    op += count;
  }

  private void match(int distance, int length) {
    if (length <= LONGEST_M2 && distance <= FARTHEST_M2) {
      int back = distance - 1;
      out[op++] = (byte) (length - 1 << 5 | (back & 7) << 2);
      out[op++] = (byte) (back >> 3);
    } else if (distance <= FARTHEST_M3) {
      length(M3, length - 2, 31);
      pair(distance - 1);
    } else {
      int back = distance - FARTHEST_M3;
      length(M4 | (back & FARTHEST_M3) >> 11, length - 2, 7);
      pair(back);
    }
  }

  private void length(int instruction, int length, int most) {
    if (length <= most) {
      out[op++] = (byte) (instruction | length);
    } else {
      out[op++] = (byte) instruction;
      extension(length - most);
    }
  }

  private void pair(int back) {
    LittleEndian.putU16(out, op, back << 2);
    op += 2;
  }

  /** A zero byte for every 255, then the rest, which is not zero. */
  private void extension(int length) {
    int rest = length;
    while (rest > 255) {
      out[op++] = 0;
      rest -= 255;
    }
    out[op++] = (byte) rest;
  }
}
