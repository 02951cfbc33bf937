package org.flowlake.converters.parquet;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** A column of texts, in UTF-8, or of other bytes, of any length. An object per value. */
public final class BytesColumn extends StoredColumn {
  private byte[][] values = {};

  /** All bits; none where all rows have the first value. */
  private int places;

  private byte[][] dictionary = {};

  /** Bytes of this name. */
  public BytesColumn(String name) {
    super(name);
  }

  /** The value of a row, which rows may share; null where it is absent. */
  public byte[] value(int row) {
    return values[row & places];
  }

  @Override
  boolean accepts(PrimitiveType type) {
    return type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
  }

  @Override
  void reserve(int count) {
    places = -1;
    if (values.length < count) {
      values = new byte[count][];
    }
  }

  @Override
  void fill(Statistics<?> valueInMin) {
    reserve(1);
    places = 0;
    values[0] = valueInMin == null ? null : valueInMin.getMinBytes();
  }

  @Override
  void takeDictionary(Dictionary stored) {
    dictionary = new byte[stored.getMaxId() + 1][];
    for (int id = 0; id < dictionary.length; id++) {
      dictionary[id] = stored.decodeToBinary(id).getBytes();
    }
  }

  @Override
  void decode(Page page, int from, int present) throws IOException {
    ValuesReader reader = page.values();
    boolean isId = page.encoding().usesDictionary();
    for (int row = from; row < from + present; row++) {
      values[row] =
          isId ? dictionary[reader.readValueDictionaryId()] : reader.readBytes().getBytes();
    }
  }

  @Override
  void pick(Page page, int from, int[] places, int present) throws IOException {
    Picked picked = page.picked(places);
    boolean isId = page.encoding().usesDictionary();
    for (int row = from; row < from + places.length; row++) {
      ValuesReader reader = picked.next();
      values[row] =
          isId ? dictionary[reader.readValueDictionaryId()] : reader.readBytes().getBytes();
    }
  }

  /** Bytes of any length are no words. */
  @Override
  public long word(int row, int index) {
    throw new UnsupportedOperationException("Column " + name() + " has bytes of any length");
  }

  @Override
  void move(int from, int to) {
    values[to] = values[from];
  }

  @Override
  void clear(int row) {
    values[row] = null;
  }

  @Override
  void markDifferent(boolean[] changed, int count) {
    for (int row = 1; row < count; row++) {
      changed[row] |= !Arrays.equals(values[row], values[row - 1]);
    }
  }
}
