package org.flowlake.converters.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.schema.PrimitiveType;

/** A column of addresses of which only those are told apart that are wanted. */
final class WantedColumn extends StoredColumn {
  private final WantedAddresses wanted;
  private final PrefixedAddresses prefixed = new PrefixedAddresses();
  private boolean[] marks = {};
  private boolean[] dictionary = {};
  private long[] ids = {};
  private boolean some;

  /** All bits; none where all rows have the first value. */
  private int places;

  WantedColumn(String name, WantedAddresses wanted) {
    super(name);
    this.wanted = wanted;
  }

  /** Whether any row has a wanted address. */
  boolean isAnyWanted() {
    return some;
  }

  /** Whether a row has a wanted address; an absent one is not. */
  boolean isWanted(int row) {
    return marks[row & places];
  }

  @Override
  boolean accepts(PrimitiveType type) {
    return type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.BINARY;
  }

  @Override
  void reserve(int count) {
    places = -1;
    some = false;
    if (marks.length < count) {
      marks = new boolean[count];
    }
  }

  @Override
  void fill(Statistics<?> valueInMin) {
    reserve(1);
    places = 0;
    marks[0] = valueInMin != null && isWanted(ByteBuffer.wrap(valueInMin.getMinBytes()));
    some = marks[0];
  }

  @Override
  void takeDictionary(Dictionary stored) {
    dictionary = new boolean[stored.getMaxId() + 1];
    for (int id = 0; id < dictionary.length; id++) {
      dictionary[id] = isWanted(stored.decodeToBinary(id).toByteBuffer());
    }
  }

  @Override
  void decode(Page page, int from, int present) throws IOException {
    if (page.encoding() == Encoding.DELTA_BYTE_ARRAY) {
      prefixed.load(page.packed(), name(), from, present);
      some |= prefixed.mark(wanted, marks, from);
    } else if (page.encoding().usesDictionary()) {
      if (ids.length < present) {
        ids = new long[present];
      }
      page.packed().ids(ids, 0, present);
      for (int i = 0; i < present; i++) {
        marks[from + i] = dictionary[(int) ids[i]];
        some |= marks[from + i];
      }
    } else {
      ValuesReader reader = page.values();
      for (int row = from; row < from + present; row++) {
        marks[row] = isWanted(reader.readBytes().toByteBuffer());
        some |= marks[row];
      }
    }
  }

  /** A search goes through all rows. */
  @Override
  void pick(Page page, int from, int[] places, int present) {
    throw new UnsupportedOperationException("Column " + name() + " is searched");
  }

  private boolean isWanted(ByteBuffer address) {
    ByteBuffer value = AddressColumn.checked(address, name());
    return wanted.contains(
        value.getLong(value.position()), value.getLong(value.position() + Long.BYTES));
  }

  /** 1 for a wanted one, 0 for any other. */
  @Override
  public long word(int row, int index) {
    return isWanted(row) ? 1 : 0;
  }

  @Override
  void move(int from, int to) {
    marks[to] = marks[from];
  }

  @Override
  void clear(int row) {
    marks[row] = false;
  }

  @Override
  void markDifferent(boolean[] changed, int count) {
    for (int row = 1; row < count; row++) {
      changed[row] |= marks[row] != marks[row - 1];
    }
  }
}
