package org.flowlake.converters.parquet;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** A column of addresses, each 16 bytes, as two words of which the first byte is the highest. */
public final class AddressColumn extends StoredColumn {
  public static final int BYTES = 16;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private long[] high = {};
  private long[] low = {};
  private long[] lengths = {};

  /** All bits; none where all rows have the first value. */
  private int places;

  private long[] dictionary = {};

  /** Addresses of this name. */
  public AddressColumn(String name) {
    super(name);
  }

  /** The first eight bytes; 0 where the address is absent. */
  public long high(int row) {
    return high[row & places];
  }

  /** The last eight bytes; 0 where the address is absent. */
  public long low(int row) {
    return low[row & places];
  }

  @Override
  boolean accepts(PrimitiveType type) {
    return type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
  }

  @Override
  void reserve(int count) {
    places = -1;
    if (high.length < count) {
      high = new long[count];
      low = new long[count];
    }
  }

  @Override
  void fill(Statistics<?> valueInMin) {
    reserve(1);
    places = 0;
    ByteBuffer value =
        valueInMin == null
            ? ByteBuffer.allocate(BYTES)
            : checked(ByteBuffer.wrap(valueInMin.getMinBytes()));
    high[0] = value.getLong(value.position());
    low[0] = value.getLong(value.position() + Long.BYTES);
  }

  @Override
  void takeDictionary(Dictionary stored) {
    dictionary = new long[2 * (stored.getMaxId() + 1)];
    for (int i = 0; i < dictionary.length; i += 2) {
      ByteBuffer value = checked(stored.decodeToBinary(i / 2).toByteBuffer());
      dictionary[i] = value.getLong(value.position());
      dictionary[i + 1] = value.getLong(value.position() + Long.BYTES);
    }
  }

  @Override
  void decode(Page page, int from, int present) throws IOException {
    if (page.encoding() == Encoding.DELTA_BYTE_ARRAY) {
      decodePrefixed(page, from, present);
      return;
    }
    if (page.encoding().usesDictionary()) {
      page.packed().ids(low, from, present);
      for (int row = from; row < from + present; row++) {
        int at = 2 * (int) low[row];
        high[row] = dictionary[at];
        low[row] = dictionary[at + 1];
      }
      return;
    }
    ValuesReader reader = page.values();
    for (int row = from; row < from + present; row++) {
      Binary bytes = reader.readBytes();
      ByteBuffer value = checked(bytes.toByteBuffer());
      high[row] = value.getLong(value.position());
      low[row] = value.getLong(value.position() + Long.BYTES);
    }
  }

  /**
   * Each value is what it shares with the one before and the bytes that follow: in sorted columns
   * most share everything.
   */
  private void decodePrefixed(Page page, int from, int present) throws IOException {
    if (lengths.length < 2 * present) {
      lengths = new long[2 * present];
    }
    PackedPage packed = page.packed();
    packed.deltas(lengths, 0, present);
    packed.deltas(lengths, present, present);
    byte[] suffixes = packed.bytes();
    long first = 0;
    long second = 0;
    for (int row = from; row < from + present; row++) {
      int prefix = (int) lengths[row - from];
      int suffix = (int) lengths[present + row - from];
      if (prefix + suffix != BYTES || prefix < 0 || suffix < 0 || prefix > 0 && row == from) {
        throw new IOException(
            "Column "
                + name()
                + " has an address of "
                + (prefix + suffix)
                + " bytes in row "
                + row);
      }
      if (suffix > 0) {
        int at = packed.skip(suffix);
        long next = (long) WORDS.get(suffixes, at);
        if (suffix <= Long.BYTES) {
          second = joined(second, next, suffix);
        } else {
          int inFirst = suffix - Long.BYTES;
          first = joined(first, next, inFirst);
          second = (long) WORDS.get(suffixes, at + inFirst);
        }
      }
      high[row] = first;
      low[row] = second;
    }
  }

  /** A word with the first 1 to 8 bytes of another one in the place of its last ones. */
  private static long joined(long word, long bytes, int count) {
    int kept = Long.SIZE - count * Byte.SIZE;
    return word & ~(-1L >>> kept) | bytes >>> kept;
  }

  private ByteBuffer checked(ByteBuffer value) {
    if (value.remaining() != BYTES) {
      throw new IllegalStateException(
          "Column "
              + name()
              + " has an address of "
              + value.remaining()
              + " bytes, where all have "
              + BYTES);
    }
    return value;
  }

  @Override
  public long word(int row, int index) {
    return index == 0 ? high(row) : low(row);
  }

  @Override
  void move(int from, int to) {
    high[to] = high[from];
    low[to] = low[from];
  }

  @Override
  void clear(int row) {
    high[row] = 0;
    low[row] = 0;
  }

  @Override
  void markDifferent(boolean[] changed, int count) {
    for (int row = 1; row < count; row++) {
      changed[row] |= high[row] != high[row - 1] || low[row] != low[row - 1];
    }
  }
}
