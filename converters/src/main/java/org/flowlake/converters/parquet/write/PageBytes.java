package org.flowlake.converters.parquet.write;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.iceberg.shaded.org.apache.parquet.bytes.BytesInput;

/**
 * Bytes of a page that is being encoded, with the forms of numbers that Parquet's encodings use.
 */
final class PageBytes {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** A number of 64 bits takes so many bytes of seven bits each, at the most. */
  private static final int MOST_BYTES_OF_NUMBER = 10;

  private byte[] bytes = new byte[1 << 10];
  private int size;

  void clear() {
    size = 0;
  }

  /** What has been written; good until the next call of another method. */
  BytesInput written() {
    return BytesInput.from(bytes, 0, size);
  }

  void add(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  /** The lowest bytes of a number, lowest first. */
  void addLowest(long value, int count) {
    reserve(Long.BYTES);
    WORDS.set(bytes, size, value);
    size += count;
  }

  /** The lowest bytes of a number, lowest last. */
  void addLowestReversed(long value, int count) {
    addLowest(Long.reverseBytes(value) >>> (Long.BYTES - count) * Byte.SIZE, count);
  }

  /** Seven bits a byte, lowest first, the highest bit of a byte set where another follows. */
  void addVarint(long value) {
    reserve(MOST_BYTES_OF_NUMBER);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** As {@link #addVarint}, with the sign as the lowest bit. */
  void addZigzag(long value) {
    addVarint(value << 1 ^ value >> 63);
  }

  /**
   * Numbers of so many bits each, the next one where the one before ended, lowest bits first; then
   * zeros as if more numbers followed.
   *
   * @param values from..to are written; none has more bits than the width
   * @param width bits of each, 0 to 64
   * @param count how many numbers there seem to be; such that they end where a byte does
   */
  void addPacked(long[] values, int from, int to, int width, int count) {
    int length = Math.toIntExact((long) count * width / Byte.SIZE);
    reserve(length + Long.BYTES);
    Arrays.fill(bytes, size, size + length, (byte) 0);
    if (width > 0) {
      pack(values, from, to, width);
    }
    size += length;
  }

  private void pack(long[] values, int from, int to, int width) {
    long word = 0;
    int used = 0;
    int at = size;
    for (int i = from; i < to; i++) {
      long value = values[i];
      word |= value << used;
      used += width;
      if (used >= Long.SIZE) {
        WORDS.set(bytes, at, word);
        at += Long.BYTES;
        used -= Long.SIZE;
        word = used == 0 ? 0 : value >>> width - used;
      }
    }
    if (used > 0) {
      WORDS.set(bytes, at, word);
    }
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
