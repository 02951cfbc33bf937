package org.flowlake.converters.parquet.write;

import java.util.Arrays;
import org.apache.iceberg.shaded.org.apache.parquet.bytes.BytesInput;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.apache.iceberg.shaded.org.apache.parquet.column.Encoding;
import org.apache.iceberg.shaded.org.apache.parquet.column.ParquetProperties;
import org.apache.iceberg.shaded.org.apache.parquet.column.page.DictionaryPage;
import org.apache.iceberg.shaded.org.apache.parquet.column.statistics.Statistics;
import org.apache.iceberg.shaded.org.apache.parquet.column.values.ValuesWriter;
import org.apache.iceberg.shaded.org.apache.parquet.io.api.Binary;

/** Texts, in UTF-8, or other bytes. These are few and rare, so Parquet's own writer has them. */
public final class BytesBuffer extends ColumnBuffer {
  private static final int FIRST_CAPACITY = 1 << 4;

  private byte[][] values = new byte[FIRST_CAPACITY][];
  private int size;
  private long bytes;
  private ValuesWriter writer;
  private Encoding encoding;

  BytesBuffer(ColumnDescriptor column, ParquetProperties properties, EncodingMemory memory) {
    super(column, properties, memory);
  }

  /**
   * Adds a row with a value.
   *
   * @param value not null; kept, not copied
   */
  public void add(byte[] value) {
    addPresent();
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
    bytes += Integer.BYTES + value.length;
  }

  @Override
  long plainBytes() {
    return bytes;
  }

  @Override
  void startPages() {
    writer = properties().newValuesWriter(column());
  }

  @Override
  BytesInput encode(int from, int to, Statistics<?> statistics) {
    for (int i = from; i < to; i++) {
      Binary value = Binary.fromConstantByteArray(values[i]);
      statistics.updateStats(value);
      writer.writeBytes(value);
    }
    BytesInput encoded = writer.getBytes();
    encoding = writer.getEncoding();
    return encoded;
  }

  @Override
  Encoding encoding() {
    return encoding;
  }

  @Override
  void endPage() {
    writer.reset();
  }

  @Override
  DictionaryPage dictionary() {
    return writer.toDictPageAndClose();
  }

  @Override
  void clear() {
    writer.close();
    Arrays.fill(values, 0, size, null);
    size = 0;
    bytes = 0;
  }
}
