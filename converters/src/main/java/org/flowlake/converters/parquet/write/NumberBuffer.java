package org.flowlake.converters.parquet.write;

import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.apache.iceberg.shaded.org.apache.parquet.column.Encoding;
import org.apache.iceberg.shaded.org.apache.parquet.column.ParquetProperties;
import org.apache.iceberg.shaded.org.apache.parquet.column.statistics.Statistics;
import org.apache.iceberg.shaded.org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Numbers of 32 or 64 bits; differences where a dictionary is no shorter. */
public final class NumberBuffer extends WordBuffer {
  private final boolean isLong;
  private final DeltaEncoder differences = new DeltaEncoder();

  NumberBuffer(ColumnDescriptor column, ParquetProperties properties, EncodingMemory memory) {
    super(column, properties, memory, 1, isLong(column) ? Long.BYTES : Integer.BYTES);
    this.isLong = isLong(column);
  }

  private static boolean isLong(ColumnDescriptor column) {
    PrimitiveTypeName type = column.getPrimitiveType().getPrimitiveTypeName();
    if (type != PrimitiveTypeName.INT32 && type != PrimitiveTypeName.INT64) {
      throw new IllegalArgumentException(column + " is no column of numbers");
    }
    return type == PrimitiveTypeName.INT64;
  }

  /**
   * Adds a row with a number.
   *
   * @param number of the column's unit; in a column of 32 bits it must fit an int, which is not
   *     checked
   */
  public void add(long number) {
    addPresent();
    addWord(number);
  }

  @Override
  Encoding encodingWithoutDictionary() {
    return Encoding.DELTA_BINARY_PACKED;
  }

  /** Numbers in no order have differences that are one bit longer than their range. */
  @Override
  long bytesWithoutDictionary(long[] numbers, int count) {
    long range = greatest(numbers, 0, count) - least(numbers, 0, count);
    return (long) count * (Long.SIZE - Long.numberOfLeadingZeros(range) + 1) / Byte.SIZE;
  }

  private static long least(long[] numbers, int from, int to) {
    long least = numbers[from];
    for (int i = from + 1; i < to; i++) {
      least = Math.min(least, numbers[i]);
    }
    return least;
  }

  private static long greatest(long[] numbers, int from, int to) {
    long greatest = numbers[from];
    for (int i = from + 1; i < to; i++) {
      greatest = Math.max(greatest, numbers[i]);
    }
    return greatest;
  }

  @Override
  void describe(long[] numbers, int from, int to, Statistics<?> statistics) {
    long least = least(numbers, from, to);
    long greatest = greatest(numbers, from, to);
    if (isLong) {
      statistics.updateStats(least);
      statistics.updateStats(greatest);
    } else {
      statistics.updateStats((int) least);
      statistics.updateStats((int) greatest);
    }
  }

  @Override
  void encode(long[] numbers, int from, int to, PageBytes target) {
    differences.encode(numbers, from, to, isLong, target);
  }

  @Override
  void addPlain(long[] numbers, int count, PageBytes target) {
    for (int i = 0; i < count; i++) {
      target.addLowest(numbers[i], isLong ? Long.BYTES : Integer.BYTES);
    }
  }
}
