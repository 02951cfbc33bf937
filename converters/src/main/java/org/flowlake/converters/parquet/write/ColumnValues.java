package org.flowlake.converters.parquet.write;

import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.apache.iceberg.shaded.org.apache.parquet.column.ParquetProperties;

/** Where the values of one optional column at top level come from, and of which kind they are. */
public final class ColumnValues<B extends ColumnBuffer> {
  private final Buffers<B> buffers;
  private final Source<B> source;

  private ColumnValues(Buffers<B> buffers, Source<B> source) {
    this.buffers = buffers;
    this.source = source;
  }

  /** Gives the values of some rows. */
  @FunctionalInterface
  public interface Source<B extends ColumnBuffer> {
    /** Adds the values of rows from..to, a present or an absent one for each, in order. */
    void addTo(B target, int from, int to);
  }

  private interface Buffers<B extends ColumnBuffer> {
    B create(ColumnDescriptor column, ParquetProperties properties, EncodingMemory memory);
  }

  /** Numbers of 32 or 64 bits, or times in the column's unit. */
  public static ColumnValues<NumberBuffer> ofNumbers(Source<NumberBuffer> source) {
    return new ColumnValues<>(NumberBuffer::new, source);
  }

  /** Addresses, each 16 bytes. */
  public static ColumnValues<AddressBuffer> ofAddresses(Source<AddressBuffer> source) {
    return new ColumnValues<>(AddressBuffer::new, source);
  }

  /** Texts, in UTF-8, or other bytes, of any length. */
  public static ColumnValues<BytesBuffer> ofBytes(Source<BytesBuffer> source) {
    return new ColumnValues<>(BytesBuffer::new, source);
  }

  /** The column with its values, of which none are there yet. */
  Column<B> of(ColumnDescriptor column, ParquetProperties properties, EncodingMemory memory) {
    return new Column<>(buffers.create(column, properties, memory), source);
  }

  /** A column of a file. */
  record Column<B extends ColumnBuffer>(B buffer, Source<B> source) {
    void add(int from, int to) {
      source.addTo(buffer, from, to);
    }
  }
}
