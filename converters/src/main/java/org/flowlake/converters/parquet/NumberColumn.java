package org.flowlake.converters.parquet;

import java.io.IOException;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.column.values.dictionary.PlainValuesDictionary.PlainLongDictionary;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** A column of 32 or 64 bit numbers, or of times in microseconds since 1970-01-01 UTC. */
public final class NumberColumn extends StoredColumn {
  private final boolean isTime;
  private long[] values = {};

  /** All bits; none where all rows have the first value. */
  private int places;

  private long[] dictionary = {};

  private NumberColumn(String name, boolean isTime) {
    super(name);
    this.isTime = isTime;
  }

  /** Plain numbers. */
  public static NumberColumn ofNumbers(String name) {
    return new NumberColumn(name, false);
  }

  /** Times. */
  public static NumberColumn ofTimes(String name) {
    return new NumberColumn(name, true);
  }

  /** The value of a row; 0 where it is absent. */
  public long value(int row) {
    return values[row & places];
  }

  /** The sum of the values of these rows. */
  public long sum(int from, int to) {
    if (isConstant()) {
      return values[0] * (to - from);
    }
    long sum = 0;
    for (int row = from; row < to; row++) {
      sum += values[row];
    }
    return sum;
  }

  /** The same where 0 and absent values count as one. */
  public long sumOfOnes(int from, int to) {
    if (isConstant()) {
      return values[0] == 0 ? to - from : values[0] * (to - from);
    }
    long sum = 0;
    for (int row = from; row < to; row++) {
      sum += values[row] == 0 ? 1 : values[row];
    }
    return sum;
  }

  /** The smallest value of these rows, which are one at least. */
  public long least(int from, int to) {
    if (isConstant()) {
      return values[0];
    }
    long least = values[from];
    for (int row = from + 1; row < to; row++) {
      least = Math.min(least, values[row]);
    }
    return least;
  }

  /** The greatest value of these rows, which are one at least. */
  public long greatest(int from, int to) {
    if (isConstant()) {
      return values[0];
    }
    long greatest = values[from];
    for (int row = from + 1; row < to; row++) {
      greatest = Math.max(greatest, values[row]);
    }
    return greatest;
  }

  @Override
  boolean accepts(PrimitiveType type) {
    boolean isLong = type.getPrimitiveTypeName() == PrimitiveTypeName.INT64;
    if (isTime) {
      return isLong
          && type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation unit
          && unit.getUnit() == TimeUnit.MICROS;
    }
    return isLong || type.getPrimitiveTypeName() == PrimitiveTypeName.INT32;
  }

  @Override
  void reserve(int count) {
    places = -1;
    if (values.length < count) {
      values = new long[count];
    }
  }

  @Override
  void fill(Statistics<?> valueInMin) {
    reserve(1);
    places = 0;
    long value = 0;
    if (valueInMin instanceof LongStatistics longs) {
      value = longs.getMin();
    } else if (valueInMin instanceof IntStatistics ints) {
      value = ints.getMin();
    }
    values[0] = value;
  }

  @Override
  void takeDictionary(Dictionary stored) {
    dictionary = new long[stored.getMaxId() + 1];
    boolean isLong = stored instanceof PlainLongDictionary;
    for (int id = 0; id < dictionary.length; id++) {
      dictionary[id] = isLong ? stored.decodeToLong(id) : stored.decodeToInt(id);
    }
  }

  @Override
  void decode(Page page, int from, int present) throws IOException {
    boolean isLong = isLong(page);
    int to = from + present;
    if (page.encoding().usesDictionary()) {
      page.packed().ids(values, from, present);
      for (int row = from; row < to; row++) {
        values[row] = dictionary[(int) values[row]];
      }
    } else if (page.encoding() == Encoding.DELTA_BINARY_PACKED) {
      page.packed().deltas(values, from, present);
      // Differences of 32 bit numbers are of 32 bits too.
      for (int row = from; !isLong && row < to; row++) {
        values[row] = (int) values[row];
      }
    } else {
      ValuesReader reader = page.values();
      for (int row = from; row < to; row++) {
        values[row] = isLong ? reader.readLong() : reader.readInteger();
      }
    }
  }

  @Override
  void pick(Page page, int from, int[] places, int present) throws IOException {
    int to = from + places.length;
    if (page.encoding().usesDictionary()) {
      page.packed().ids(values, from, places);
      for (int row = from; row < to; row++) {
        values[row] = dictionary[(int) values[row]];
      }
    } else if (page.encoding() == Encoding.DELTA_BINARY_PACKED) {
      page.packed().deltas(values, from, places, present);
      for (int row = from; !isLong(page) && row < to; row++) {
        values[row] = (int) values[row];
      }
    } else {
      Picked picked = page.picked(places);
      for (int row = from; row < to; row++) {
        ValuesReader reader = picked.next();
        values[row] = isLong(page) ? reader.readLong() : reader.readInteger();
      }
    }
  }

  private static boolean isLong(Page page) {
    return page.column().getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64;
  }

  @Override
  public long word(int row, int index) {
    return index == 0 ? value(row) : 0;
  }

  @Override
  void move(int from, int to) {
    values[to] = values[from];
  }

  @Override
  void clear(int row) {
    values[row] = 0;
  }

  @Override
  void markDifferent(boolean[] changed, int count) {
    for (int row = 1; row < count; row++) {
      changed[row] |= values[row] != values[row - 1];
    }
  }
}
