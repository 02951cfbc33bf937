package org.flowlake.converters.lake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.parquet.ParquetValueWriter;
import org.apache.iceberg.parquet.ParquetValueWriters.PrimitiveWriter;
import org.apache.iceberg.parquet.ParquetValueWriters.StructWriter;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.apache.iceberg.shaded.org.apache.parquet.io.api.Binary;
import org.apache.iceberg.shaded.org.apache.parquet.schema.MessageType;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;

/**
 * Decoded columns straight into Parquet's column writers: no row, no copy, no call per value that
 * depends on its type. All columns are optional and at top level, so an absent value has definition
 * level 0.
 */
final class FlowParquetWriter extends StructWriter<FlowParquetWriter.Cursor> {
  private static final int ABSENT = 0;

  /** The flow to be written next; one object for all of them. */
  static final class Cursor {
    private int row;

    void moveTo(int newRow) {
      row = newRow;
    }
  }

  private FlowParquetWriter(List<ParquetValueWriter<?>> columns) {
    super(columns);
  }

  /** Opens a new data file of one day for the flows of this batch. */
  static DataWriter<Cursor> open(
      Table table, EncryptedOutputFile file, StructLike partition, FlowBatch batch)
      throws IOException {
    return Parquet.writeData(file)
        .forTable(table)
        .withSpec(table.spec())
        .withPartition(partition)
        .createWriterFunc(schema -> of(schema, batch))
        .overwrite()
        .build();
  }

  /** For the columns of this file schema, all of which must be of the batch. */
  static FlowParquetWriter of(MessageType schema, FlowBatch batch) {
    List<ParquetValueWriter<?>> writers = new ArrayList<>();
    for (ColumnDescriptor descriptor : schema.getColumns()) {
      String name = descriptor.getPath()[0];
      FlowField field =
          FlowSchema.field(name)
              .orElseThrow(() -> new IllegalStateException(name + " is no flow field"));
      FlowColumn column = batch.column(field);
      writers.add(
          switch (field.type()) {
            case INT -> new IntWriter(descriptor, column);
            case LONG, TIMESTAMP -> new LongWriter(descriptor, column);
            case ADDRESS, TEXT, BYTES -> new BytesWriter(descriptor, column);
          });
    }
    return new FlowParquetWriter(writers);
  }

  @Override
  protected Object get(Cursor cursor, int column) {
    return cursor;
  }

  /** See {@link org.flowlake.converters.flow.FlowType#INT}. */
  private static final class IntWriter extends PrimitiveWriter<Cursor> {
    private final FlowColumn values;

    IntWriter(ColumnDescriptor descriptor, FlowColumn values) {
      super(descriptor);
      this.values = values;
    }

    @Override
    public void write(int repetitionLevel, Cursor cursor) {
      if (values.isNull(cursor.row)) {
        column.writeNull(repetitionLevel, ABSENT);
      } else {
        column.writeInteger(repetitionLevel, values.intAt(cursor.row));
      }
    }
  }

  /** Numbers of 64 bits, and times, which the table keeps as microseconds too. */
  private static final class LongWriter extends PrimitiveWriter<Cursor> {
    private final FlowColumn values;

    LongWriter(ColumnDescriptor descriptor, FlowColumn values) {
      super(descriptor);
      this.values = values;
    }

    @Override
    public void write(int repetitionLevel, Cursor cursor) {
      if (values.isNull(cursor.row)) {
        column.writeNull(repetitionLevel, ABSENT);
      } else {
        column.writeLong(repetitionLevel, values.longAt(cursor.row));
      }
    }
  }

  /** Addresses, text and bytes. */
  private static final class BytesWriter extends PrimitiveWriter<Cursor> {
    private final FlowColumn values;

    BytesWriter(ColumnDescriptor descriptor, FlowColumn values) {
      super(descriptor);
      this.values = values;
    }

    @Override
    public void write(int repetitionLevel, Cursor cursor) {
      if (values.isNull(cursor.row)) {
        column.writeNull(repetitionLevel, ABSENT);
      } else {
        column.writeBinary(
            repetitionLevel, Binary.fromConstantByteArray(values.bytesAt(cursor.row)));
      }
    }
  }
}
