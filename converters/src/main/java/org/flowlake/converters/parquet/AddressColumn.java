package org.flowlake.converters.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
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

  private long[] high = {};
  private long[] low = {};
  private final PrefixedAddresses prefixed = new PrefixedAddresses();

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

  /** The 16 bytes of an address. */
  public byte[] bytes(int row) {
    return ByteBuffer.allocate(BYTES).putLong(high(row)).putLong(low(row)).array();
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
      prefixed.load(page.packed(), name(), from, present);
      prefixed.copyTo(high, low, from);
      return;
    }
    if (page.encoding().usesDictionary()) {
      page.packed().ids(low, from, present);
      takeIds(from, present);
      return;
    }
    ValuesReader reader = page.values();
    for (int row = from; row < from + present; row++) {
      take(row, reader.readBytes());
    }
  }

  @Override
  void pick(Page page, int from, int[] places, int present) throws IOException {
    if (page.encoding() == Encoding.DELTA_BYTE_ARRAY) {
      prefixed.load(page.packed(), name(), 0, present);
      prefixed.copyTo(high, low, from, places);
    } else if (page.encoding().usesDictionary()) {
      page.packed().ids(low, from, places);
      takeIds(from, places.length);
    } else {
      Picked picked = page.picked(places);
      for (int row = from; row < from + places.length; row++) {
        take(row, picked.next().readBytes());
      }
    }
  }

  /** Puts the addresses in the place of the ids that the low words are. */
  private void takeIds(int from, int count) {
    for (int row = from; row < from + count; row++) {
      int at = 2 * (int) low[row];
      high[row] = dictionary[at];
      low[row] = dictionary[at + 1];
    }
  }

  private void take(int row, Binary address) {
    ByteBuffer value = checked(address.toByteBuffer());
    high[row] = value.getLong(value.position());
    low[row] = value.getLong(value.position() + Long.BYTES);
  }

  private ByteBuffer checked(ByteBuffer value) {
    return checked(value, name());
  }

  static ByteBuffer checked(ByteBuffer value, String column) {
    if (value.remaining() != BYTES) {
      throw new IllegalStateException(
          "Column "
              + column
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
