package org.flowlake.converters.rollup;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowType;

/**
 * Rows of a rollup in the shape of flows.
 *
 * @param flows their keys, sums, and earliest and latest time
 * @param records how many flow records each row stands for
 */
public record RollupBatch(FlowBatch flows, long[] records) {
  private static final VarHandle BIG_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final GroupConverter NO_ASSEMBLY = new NoAssembly();

  /** Decodes a row group of which these columns were read. */
  static RollupBatch of(RollupColumns columns, PageReadStore pages, List<FlowField> fields) {
    return new Decoder(columns, pages).batch(fields);
  }

  private static final class Decoder {
    private final ColumnReadStoreImpl store;
    private final Map<String, ColumnDescriptor> columns = new HashMap<>();
    private final Map<String, Long> constants;
    private final int rows;

    Decoder(RollupColumns known, PageReadStore pages) {
      this.store =
          new ColumnReadStoreImpl(pages, NO_ASSEMBLY, known.read(), known.file().getCreatedBy());
      this.constants = known.constants();
      this.rows = known.rows();
      for (ColumnDescriptor column : known.read().getColumns()) {
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
        appendConstant(column);
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

    private void appendConstant(FlowColumn column) {
      Long constant = constants.get(column.field().column());
      if (constant == null) {
        column.appendNulls(rows);
        return;
      }
      for (int row = 0; row < rows; row++) {
        if (column.field().type() == FlowType.INT) {
          column.appendInt(constant.intValue());
        } else {
          column.appendLong(constant);
        }
      }
    }

    private static void append(FlowColumn column, ColumnReader reader) {
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

    private long[] longs(String name, long ifAbsent) {
      long[] values = new long[rows];
      ColumnDescriptor descriptor = columns.get(name);
      if (descriptor == null) {
        Arrays.fill(values, constants.getOrDefault(name, ifAbsent));
        return values;
      }
      ColumnReader reader = store.getColumnReader(descriptor);
      boolean wide =
          descriptor.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64;
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
