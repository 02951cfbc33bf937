package org.flowlake.converters.lake;

import java.io.IOException;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnWriter;
import org.apache.iceberg.shaded.org.apache.parquet.io.api.Binary;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;
import org.flowlake.converters.parquet.ColumnFile;
import org.flowlake.converters.parquet.ColumnValues;

/** Decoded columns straight into Parquet's column writers: no row, no copy. */
final class FlowDataFile {
  private FlowDataFile() {}

  /**
   * Opens a new data file for flows of this batch.
   *
   * @param partition the day, see {@link LakeLayout}
   */
  static ColumnFile open(
      Table table, EncryptedOutputFile file, StructLike partition, FlowBatch batch)
      throws IOException {
    return new ColumnFile(
        table, table.schema(), file, partition, descriptor -> values(descriptor, batch));
  }

  private static ColumnValues values(ColumnDescriptor descriptor, FlowBatch batch) {
    String name = descriptor.getPath()[0];
    FlowField field =
        FlowSchema.field(name)
            .orElseThrow(() -> new IllegalStateException(name + " is no flow field"));
    FlowColumn column = batch.column(field);
    return switch (field.type()) {
      case INT -> (target, from, to) -> writeInts(column, target, from, to);
      // Times too: the table keeps them as microseconds.
      case LONG, TIMESTAMP -> (target, from, to) -> writeLongs(column, target, from, to);
      case ADDRESS -> (target, from, to) -> writeAddresses(column, target, from, to);
      case TEXT, BYTES -> (target, from, to) -> writeBytes(column, target, from, to);
    };
  }

  private static void writeInts(FlowColumn column, ColumnWriter target, int from, int to) {
    for (int row = from; row < to; row++) {
      if (column.isNull(row)) {
        target.writeNull(ColumnValues.TOP, ColumnValues.ABSENT);
      } else {
        target.write(column.intAt(row), ColumnValues.TOP, ColumnValues.PRESENT);
      }
    }
  }

  private static void writeLongs(FlowColumn column, ColumnWriter target, int from, int to) {
    for (int row = from; row < to; row++) {
      if (column.isNull(row)) {
        target.writeNull(ColumnValues.TOP, ColumnValues.ABSENT);
      } else {
        target.write(column.longAt(row), ColumnValues.TOP, ColumnValues.PRESENT);
      }
    }
  }

  /** Flows are sorted by address, so one and the same often comes many times. */
  private static void writeAddresses(FlowColumn column, ColumnWriter target, int from, int to) {
    Binary address = null;
    for (int row = from; row < to; row++) {
      if (column.isNull(row)) {
        target.writeNull(ColumnValues.TOP, ColumnValues.ABSENT);
        address = null;
        continue;
      }
      if (address == null || !column.isSameAddress(row, row - 1)) {
        address = Binary.fromConstantByteArray(column.bytesAt(row));
      }
      target.write(address, ColumnValues.TOP, ColumnValues.PRESENT);
    }
  }

  private static void writeBytes(FlowColumn column, ColumnWriter target, int from, int to) {
    for (int row = from; row < to; row++) {
      if (column.isNull(row)) {
        target.writeNull(ColumnValues.TOP, ColumnValues.ABSENT);
      } else {
        target.write(
            Binary.fromConstantByteArray(column.bytesAt(row)),
            ColumnValues.TOP,
            ColumnValues.PRESENT);
      }
    }
  }
}
