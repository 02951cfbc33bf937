package org.flowlake.converters.rollup;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowType;

/**
 * Columns of a row group, each decoded as a whole into an array. Many hold one value, or none, in
 * all rows of it, as its statistics say: these are not read.
 */
final class RowGroupColumns {
  private static final VarHandle BIG_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final GroupConverter NO_ASSEMBLY = new NoAssembly();

  private final int rows;
  private final Map<String, Long> constants = new HashMap<>();
  private final Map<String, ColumnDescriptor> columns = new HashMap<>();
  private final ColumnReadStoreImpl store;

  private RowGroupColumns(
      ParquetFileReader reader, ParquetMetadata footer, int number, Collection<String> names)
      throws IOException {
    BlockMetaData block = footer.getBlocks().get(number);
    this.rows = Math.toIntExact(block.getRowCount());
    MessageType file = footer.getFileMetaData().getSchema();
    Set<String> known = known(block);
    List<Type> types = new ArrayList<>(file.getFields());
    types.removeIf(type -> !names.contains(type.getName()) || known.contains(type.getName()));
    MessageType read = new MessageType(file.getName(), types);
    read.getColumns().forEach(column -> columns.put(column.getPath()[0], column));
    if (types.isEmpty()) {
      this.store = null;
    } else {
      reader.setRequestedSchema(read);
      this.store =
          new ColumnReadStoreImpl(
              reader.readRowGroup(number),
              NO_ASSEMBLY,
              read,
              footer.getFileMetaData().getCreatedBy());
    }
  }

  /**
   * Reads columns; a name that the file does not have is a column of nulls.
   *
   * @param number of the row group, from 0
   */
  static RowGroupColumns read(
      ParquetFileReader reader, ParquetMetadata footer, int number, Collection<String> names)
      throws IOException {
    return new RowGroupColumns(reader, footer, number, names);
  }

  private Set<String> known(BlockMetaData block) {
    Set<String> known = new HashSet<>();
    for (ColumnChunkMetaData chunk : block.getColumns()) {
      String name = chunk.getPath().toDotString();
      Statistics<?> statistics = chunk.getStatistics();
      if (statistics != null && statistics.isNumNullsSet()) {
        if (statistics.getNumNulls() == rows) {
          known.add(name);
        } else if (statistics.getNumNulls() == 0) {
          constant(statistics).ifPresent(value -> constants.put(name, value));
        }
      }
    }
    known.addAll(constants.keySet());
    return known;
  }

  /** The one number of a column without nulls. */
  private static Optional<Long> constant(Statistics<?> statistics) {
    if (statistics.hasNonNullValue() && statistics instanceof LongStatistics longs) {
      return longs.getMin() == longs.getMax() ? Optional.of(longs.getMin()) : Optional.empty();
    } else if (statistics.hasNonNullValue() && statistics instanceof IntStatistics ints) {
      return ints.getMin() == ints.getMax() ? Optional.of((long) ints.getMin()) : Optional.empty();
    }
    return Optional.empty();
  }

  int rows() {
    return rows;
  }

  /** The numbers of a column; each column can be decoded once. */
  long[] longs(String name, long ifAbsent) {
    long[] values = new long[rows];
    ColumnDescriptor descriptor = columns.get(name);
    if (descriptor == null) {
      Arrays.fill(values, constants.getOrDefault(name, ifAbsent));
      return values;
    }
    ColumnReader reader = store.getColumnReader(descriptor);
    boolean wide = descriptor.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64;
    int present = descriptor.getMaxDefinitionLevel();
    for (int row = 0; row < rows; row++) {
      if (reader.getCurrentDefinitionLevel() < present) {
        values[row] = ifAbsent;
      } else {
        values[row] = wide ? reader.getLong() : reader.getInteger();
      }
      reader.consume();
    }
    return values;
  }

  /** Appends the values of a field's column. */
  void appendTo(FlowColumn column) {
    ColumnDescriptor descriptor = columns.get(column.field().column());
    if (descriptor == null) {
      appendConstants(column, rows);
      return;
    }
    ColumnReader reader = store.getColumnReader(descriptor);
    for (int row = 0; row < rows; row++) {
      append(column, reader, descriptor);
      reader.consume();
    }
  }

  /** Appends the values of some rows, which are numbered from 0, in ascending order. */
  void appendTo(FlowColumn column, int[] wanted) {
    ColumnDescriptor descriptor = columns.get(column.field().column());
    if (descriptor == null) {
      appendConstants(column, wanted.length);
      return;
    }
    ColumnReader reader = store.getColumnReader(descriptor);
    int row = 0;
    for (int next : wanted) {
      for (; row < next; row++) {
        if (reader.getCurrentDefinitionLevel() == descriptor.getMaxDefinitionLevel()) {
          reader.skip();
        }
        reader.consume();
      }
      append(column, reader, descriptor);
    }
  }

  private void appendConstants(FlowColumn column, int count) {
    Long constant = constants.get(column.field().column());
    if (constant == null) {
      column.appendNulls(count);
      return;
    }
    for (int row = 0; row < count; row++) {
      if (column.field().type() == FlowType.INT) {
        column.appendInt(constant.intValue());
      } else {
        column.appendLong(constant);
      }
    }
  }

  private static void append(FlowColumn column, ColumnReader reader, ColumnDescriptor descriptor) {
    if (reader.getCurrentDefinitionLevel() < descriptor.getMaxDefinitionLevel()) {
      column.appendNull();
      return;
    }
    switch (column.field().type()) {
      case INT -> column.appendInt(reader.getInteger());
      case LONG, TIMESTAMP -> column.appendLong(reader.getLong());
      case ADDRESS -> {
        byte[] address = reader.getBinary().getBytesUnsafe();
        column.appendAddress(
            (long) BIG_ENDIAN_LONG.get(address, 0),
            (long) BIG_ENDIAN_LONG.get(address, Long.BYTES));
      }
      case TEXT, BYTES -> column.appendBytes(reader.getBinary().getBytes());
    }
  }

  /** Columns are read one by one; nothing is put together to rows. */
  private static final class NoAssembly extends GroupConverter {
    private static final PrimitiveConverter COLUMN = new PrimitiveConverter() {};

    @Override
    public Converter getConverter(int column) {
      return COLUMN;
    }

    @Override
    public void start() {
      throw new UnsupportedOperationException("columns only");
    }

    @Override
    public void end() {
      throw new UnsupportedOperationException("columns only");
    }
  }
}
