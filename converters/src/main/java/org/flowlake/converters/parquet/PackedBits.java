package org.flowlake.converters.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers of so many bits each, the next one where the one before ended, lowest bits first: what
 * Parquet's encodings have in common. Parquet's own reader of them takes one byte at a time.
 */
final class PackedBits {
  /** Bytes that must follow the last number, whatever they hold. */
  static final int ROOM = 2 * Long.BYTES;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Up to so many bits lie in one word, wherever in a byte they begin. */
  private static final int ONE_WORD = 57;

  /** Eight numbers of up to so many bits lie in one word, and end where a byte does. */
  private static final int EIGHT_IN_WORD = 8;

  private PackedBits() {}

  /**
   * Unpacks numbers.
   *
   * @param bytes that hold them, and {@link #ROOM} more
   * @param at where the first byte is
   * @param width bits of each, 0 to 64
   */
  static void unpack(byte[] bytes, int at, int width, long[] target, int from, int count) {
    long mask = width == Long.SIZE ? -1 : (1L << width) - 1;
    long bit = (long) at * Byte.SIZE;
    for (int i = from; i < from + count; i++, bit += width) {
      int place = (int) (bit >>> 3);
      int shift = (int) bit & 7;
      long number = (long) WORDS.get(bytes, place) >>> shift;
      if (width > ONE_WORD && shift > 0) {
        number |= (long) WORDS.get(bytes, place + Long.BYTES) << (Long.SIZE - shift);
      }
      target[i] = number & mask;
    }
  }

  /**
   * Unpacks differences: each value is the one before, a difference and the least of all.
   *
   * @param value the one before the first
   * @return the last value
   */
  static long unpackDifferences(
      byte[] bytes, int at, int width, long[] target, int from, int count, long value, long least) {
    long last = value;
    if (width > ONE_WORD) {
      unpack(bytes, at, width, target, from, count);
      for (int i = from; i < from + count; i++) {
        last += least + target[i];
        target[i] = last;
      }
      return last;
    }
    long mask = (1L << width) - 1;
    int next = from;
    int place = at;
    // Lengths of what addresses share are that narrow.
    for (; width <= EIGHT_IN_WORD && next + 8 <= from + count; next += 8, place += width) {
      long word = (long) WORDS.get(bytes, place);
      for (int i = next; i < next + 8; i++, word >>>= width) {
        last += least + (word & mask);
        target[i] = last;
      }
    }
    long bit = (long) place * Byte.SIZE;
    for (int i = next; i < from + count; i++, bit += width) {
      long number = (long) WORDS.get(bytes, (int) (bit >>> 3)) >>> ((int) bit & 7);
      last += least + (number & mask);
      target[i] = last;
    }
    return last;
  }

  /** The bytes of so many numbers; the last byte may be full only in part. */
  static int bytes(int width, int count) {
    return (int) (((long) width * count + Byte.SIZE - 1) / Byte.SIZE);
  }
}
