package org.flowlake.converters.parquet.write;

import java.nio.ByteBuffer;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.apache.iceberg.shaded.org.apache.parquet.column.Encoding;
import org.apache.iceberg.shaded.org.apache.parquet.column.ParquetProperties;
import org.apache.iceberg.shaded.org.apache.parquet.column.statistics.Statistics;
import org.apache.iceberg.shaded.org.apache.parquet.io.api.Binary;

/**
 * Addresses of 16 bytes. Where a dictionary is no shorter, Parquet's DELTA_BYTE_ARRAY: how many
 * bytes each shares with the one before, how many follow, and these.
 */
public final class AddressBuffer extends WordBuffer {
  private static final int WORDS = 2;
  private static final int BYTES = 2 * Long.BYTES;
  private static final int PLAIN_BYTES = Integer.BYTES + BYTES;

  private final DeltaEncoder differences = new DeltaEncoder();
  private long[] lengths = {};

  AddressBuffer(ColumnDescriptor column, ParquetProperties properties, EncodingMemory memory) {
    super(column, properties, memory, WORDS, PLAIN_BYTES);
  }

  /**
   * Adds a row with an address.
   *
   * @param high its first eight bytes, the first one the highest
   * @param low its last eight bytes
   */
  public void add(long high, long low) {
    addPresent();
    addWord(high);
    addWord(low);
  }

  @Override
  Encoding encodingWithoutDictionary() {
    return Encoding.DELTA_BYTE_ARRAY;
  }

  /** No more than these, for addresses that have nothing in common. */
  @Override
  long bytesWithoutDictionary(long[] words, int count) {
    return plainBytes();
  }

  @Override
  void describe(long[] words, int from, int to, Statistics<?> statistics) {
    int least = from;
    int greatest = from;
    for (int i = from + 1; i < to; i++) {
      if (isLess(words, i, least)) {
        least = i;
      } else if (isLess(words, greatest, i)) {
        greatest = i;
      }
    }
    statistics.updateStats(binary(words, least));
    statistics.updateStats(binary(words, greatest));
  }

  private static boolean isLess(long[] words, int some, int other) {
    int order = Long.compareUnsigned(words[WORDS * some], words[WORDS * other]);
    return order < 0
        || order == 0
            && Long.compareUnsigned(words[WORDS * some + 1], words[WORDS * other + 1]) < 0;
  }

  private static Binary binary(long[] words, int i) {
    return Binary.fromConstantByteArray(
        ByteBuffer.allocate(BYTES).putLong(words[WORDS * i]).putLong(words[WORDS * i + 1]).array());
  }

  @Override
  void encode(long[] words, int from, int to, PageBytes target) {
    int count = to - from;
    if (lengths.length < count) {
      lengths = new long[count];
    }
    for (int i = 0; i < count; i++) {
      lengths[i] = i == 0 ? 0 : shared(words, from + i);
    }
    differences.encode(lengths, 0, count, false, target);
    for (int i = 0; i < count; i++) {
      lengths[i] = BYTES - lengths[i];
    }
    differences.encode(lengths, 0, count, false, target);
    for (int i = 0; i < count; i++) {
      addLast(words, from + i, (int) lengths[i], target);
    }
  }

  /** Bytes that an address has in common with the one before. */
  private static int shared(long[] words, int i) {
    int at = WORDS * i;
    long high = words[at] ^ words[at - WORDS];
    if (high != 0) {
      return Long.numberOfLeadingZeros(high) / Byte.SIZE;
    }
    return Long.BYTES
        + Long.numberOfLeadingZeros(words[at + 1] ^ words[at + 1 - WORDS]) / Byte.SIZE;
  }

  private static void addLast(long[] words, int i, int count, PageBytes target) {
    int ofLow = Math.min(count, Long.BYTES);
    target.addLowestReversed(words[WORDS * i], count - ofLow);
    target.addLowestReversed(words[WORDS * i + 1], ofLow);
  }

  @Override
  void addPlain(long[] words, int count, PageBytes target) {
    for (int i = 0; i < count; i++) {
      target.addLowest(BYTES, Integer.BYTES);
      addLast(words, i, BYTES, target);
    }
  }
}
