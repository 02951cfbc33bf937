package org.flowlake.converters.parquet.write;

import java.io.IOException;
import java.util.Arrays;
import org.apache.iceberg.shaded.org.apache.parquet.bytes.BytesInput;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.apache.iceberg.shaded.org.apache.parquet.column.Encoding;
import org.apache.iceberg.shaded.org.apache.parquet.column.ParquetProperties;
import org.apache.iceberg.shaded.org.apache.parquet.column.page.DictionaryPage;
import org.apache.iceberg.shaded.org.apache.parquet.column.page.PageWriter;
import org.apache.iceberg.shaded.org.apache.parquet.column.statistics.Statistics;

/**
 * The values of one optional column that wait until their row group is full, and are encoded all at
 * once then. Parquet's own writers encode value by value, and ask after each whether a dictionary
 * still pays, which takes twice the time.
 */
public abstract sealed class ColumnBuffer permits WordBuffer, BytesBuffer {
  private static final byte ABSENT = 0;
  private static final byte PRESENT = 1;
  private static final int WIDTH_OF_LEVELS = 1;
  private static final int FIRST_CAPACITY = 1 << 10;

  private final ColumnDescriptor column;
  private final ParquetProperties properties;
  private final PageBytes levelBytes;
  private int rows;
  private int absent;

  /** For each row whether it has a value; only kept once a row has none. */
  private byte[] levels = {};

  ColumnBuffer(ColumnDescriptor column, ParquetProperties properties, EncodingMemory memory) {
    this.column = column;
    this.properties = properties;
    this.levelBytes = memory.levels();
  }

  /** Adds a row without a value. */
  public final void addAbsent() {
    if (absent == 0) {
      levels = Arrays.copyOf(levels, Math.max(levels.length, rows + FIRST_CAPACITY));
      Arrays.fill(levels, 0, rows, PRESENT);
    }
    absent++;
    addLevel(ABSENT);
  }

  /** Counts a row with a value, which the caller keeps. */
  final void addPresent() {
    if (absent > 0) {
      addLevel(PRESENT);
    } else {
      rows++;
    }
  }

  private void addLevel(byte level) {
    if (rows == levels.length) {
      levels = Arrays.copyOf(levels, rows * 2);
    }
    levels[rows++] = level;
  }

  final ColumnDescriptor column() {
    return column;
  }

  final ParquetProperties properties() {
    return properties;
  }

  /** How many values there are. */
  final int present() {
    return rows - absent;
  }

  /** Bytes of the values in Parquet's plain encoding. */
  abstract long plainBytes();

  /** Writes all that is there, in as few pages as the settings allow, and forgets it. */
  final void write(PageWriter target) throws IOException {
    startPages();
    int pages =
        (int)
            Math.max(
                partsOf(rows, properties.getPageRowCountLimit()),
                partsOf(plainBytes(), properties.getPageSizeThreshold()));
    int value = 0;
    for (int page = 0; page < pages; page++) {
      int from = (int) ((long) rows * page / pages);
      int to = (int) ((long) rows * (page + 1) / pages);
      int end = value + presentIn(from, to);
      Statistics<?> statistics = Statistics.createStats(column.getPrimitiveType());
      statistics.incrementNumNulls(to - from - (end - value));
      BytesInput values = encode(value, end, statistics);
      target.writePageV2(
          to - from,
          to - from - (end - value),
          to - from,
          BytesInput.empty(),
          levels(from, to, end - value),
          encoding(),
          values,
          statistics);
      endPage();
      value = end;
    }
    DictionaryPage dictionary = dictionary();
    if (dictionary != null) {
      target.writeDictionaryPage(dictionary);
    }
    rows = 0;
    absent = 0;
    clear();
  }

  private static long partsOf(long whole, int part) {
    return (whole + part - 1) / part;
  }

  private int presentIn(int from, int to) {
    if (absent == 0) {
      return to - from;
    }
    int present = 0;
    for (int row = from; row < to; row++) {
      present += levels[row];
    }
    return present;
  }

  private BytesInput levels(int from, int to, int present) {
    levelBytes.clear();
    int count = to - from;
    if (present == 0 || present == count) {
      RunEncoder.addRun(present == 0 ? ABSENT : PRESENT, count, WIDTH_OF_LEVELS, levelBytes);
    } else {
      long[] numbers = new long[count];
      for (int i = 0; i < count; i++) {
        numbers[i] = levels[from + i];
      }
      RunEncoder.encode(numbers, 0, count, WIDTH_OF_LEVELS, levelBytes);
    }
    return levelBytes.written();
  }

  /** All values are there: chooses how to encode them. */
  abstract void startPages();

  /** How the values of pages are encoded; asked after each was. */
  abstract Encoding encoding();

  /**
   * Encodes values from..to, for a page.
   *
   * @param statistics take the least and the greatest
   * @return good until the next call
   */
  abstract BytesInput encode(int from, int to, Statistics<?> statistics);

  /** What was encoded last is written. */
  abstract void endPage();

  /** The dictionary of the pages; null if there is none. */
  abstract DictionaryPage dictionary();

  /** Forgets the values. */
  abstract void clear();
}
