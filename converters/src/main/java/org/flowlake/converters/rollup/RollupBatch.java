package org.flowlake.converters.rollup;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;

/**
 * Rows of a rollup in the shape of flows.
 *
 * @param flows their keys, sums, and earliest and latest time
 * @param records how many flow records each row stands for
 */
public record RollupBatch(FlowBatch flows, long[] records) {
  private static final GroupConverter NO_ASSEMBLY = new NoAssembly();

  /** The columns of a file that rows with these fields are made from; those that it has. */
  static MessageType columns(MessageType file, List<FlowField> fields) {
    List<String> names = new ArrayList<>(List.of(RollupTable.RECORDS));
    for (FlowField field : fields) {
      switch (field) {
        case FIRST_SEEN ->
            names.addAll(List.of(RollupTable.FIRST_MILLIS, RollupTable.FIRST_MICROS));
        case LAST_SEEN -> names.addAll(List.of(RollupTable.LAST_MILLIS, RollupTable.LAST_MICROS));
        default -> names.add(field.column());
      }
    }
    List<Type> types = new ArrayList<>(file.getFields());
    types.removeIf(type -> !names.contains(type.getName()));
    return new MessageType(file.getName(), types);
  }

  /**
   * Decodes a row group.
   *
   * @param columns of {@link #columns}
   */
  static RollupBatch of(
      PageReadStore pages, FileMetaData file, MessageType columns, List<FlowField> fields) {
    return new Decoder(pages, file, columns).batch(fields);
  }

  private static final class Decoder {
    private final ColumnReadStoreImpl store;
    private final Map<String, ColumnDescriptor> columns = new HashMap<>();
    private final int rows;

    Decoder(PageReadStore pages, FileMetaData file, MessageType schema) {
      this.store = new ColumnReadStoreImpl(pages, NO_ASSEMBLY, schema, file.getCreatedBy());
      this.rows = Math.toIntExact(pages.getRowCount());
      for (ColumnDescriptor column : schema.getColumns()) {
        columns.put(column.getPath()[0], column);
      }
    }

    RollupBatch batch(List<FlowField> fields) {
      FlowBatch batch = new FlowBatch(fields, rows);
      long[] records = longs(RollupTable.RECORDS, 0);
      for (FlowField field : fields) {
        FlowColumn column = batch.column(field);
        switch (field) {
          case FIRST_SEEN -> times(column, RollupTable.FIRST_MILLIS, RollupTable.FIRST_MICROS);
          case LAST_SEEN -> times(column, RollupTable.LAST_MILLIS, RollupTable.LAST_MICROS);
          case FLOWS -> flows(column, records);
          default -> stored(column);
        }
      }
      batch.endFlows(rows);
      return new RollupBatch(batch, records);
    }

    /** The number of flows is stored only where it differs from that of the records. */
    private void flows(FlowColumn flows, long[] records) {
      long[] stored = longs(FlowField.FLOWS.column(), Long.MIN_VALUE);
      for (int row = 0; row < rows; row++) {
        flows.appendLong(stored[row] == Long.MIN_VALUE ? records[row] : stored[row]);
      }
    }

    private void times(FlowColumn times, String millis, String micros) {
      long[] whole = longs(millis, Long.MIN_VALUE);
      long[] rest = longs(micros, 0);
      for (int row = 0; row < rows; row++) {
        if (whole[row] == Long.MIN_VALUE) {
          times.appendNull();
        } else {
          times.appendLong(whole[row] * RollupTable.MICROS_PER_MILLI + rest[row]);
        }
      }
    }

    private void stored(FlowColumn column) {
      ColumnDescriptor descriptor = columns.get(column.field().column());
      if (descriptor == null) {
        column.appendNulls(rows);
        return;
      }
      ColumnReader reader = store.getColumnReader(descriptor);
      int present = descriptor.getMaxDefinitionLevel();
      for (int row = 0; row < rows; row++) {
        if (reader.getCurrentDefinitionLevel() < present) {
          column.appendNull();
        } else {
          append(column, reader);
        }
        reader.consume();
      }
    }

    private static void append(FlowColumn column, ColumnReader reader) {
      switch (column.field().type()) {
        case INT -> column.appendInt(reader.getInteger());
        case LONG, TIMESTAMP -> column.appendLong(reader.getLong());
        case ADDRESS -> {
          ByteBuffer address = reader.getBinary().toByteBuffer();
          int at = address.position();
          column.appendAddress(address.getLong(at), address.getLong(at + Long.BYTES));
        }
        case TEXT, BYTES -> column.appendBytes(reader.getBinary().getBytes());
      }
    }

    private long[] longs(String name, long ifAbsent) {
      long[] values = new long[rows];
      ColumnDescriptor descriptor = columns.get(name);
      if (descriptor == null) {
        Arrays.fill(values, ifAbsent);
        return values;
      }
      ColumnReader reader = store.getColumnReader(descriptor);
      boolean wide =
          descriptor.getPrimitiveType().getPrimitiveTypeName()
              == org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
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
