package org.flowlake.converters.lake;

import java.io.IOException;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;
import org.flowlake.converters.parquet.write.AddressBuffer;
import org.flowlake.converters.parquet.write.BytesBuffer;
import org.flowlake.converters.parquet.write.ColumnFile;
import org.flowlake.converters.parquet.write.ColumnValues;
import org.flowlake.converters.parquet.write.NumberBuffer;

/** Decoded columns straight into Parquet columns: no row, no object per value. */
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

  private static ColumnValues<?> values(ColumnDescriptor descriptor, FlowBatch batch) {
    String name = descriptor.getPath()[0];
    FlowField field =
        FlowSchema.field(name)
            .orElseThrow(() -> new IllegalStateException(name + " is no flow field"));
    FlowColumn column = batch.column(field);
    return switch (field.type()) {
      case INT -> ColumnValues.ofNumbers((target, from, to) -> addInts(column, target, from, to));
      // Times too: the table keeps them as microseconds.
      case LONG, TIMESTAMP ->
          ColumnValues.ofNumbers((target, from, to) -> addLongs(column, target, from, to));
      case ADDRESS ->
          ColumnValues.ofAddresses((target, from, to) -> addAddresses(column, target, from, to));
      case TEXT, BYTES ->
          ColumnValues.ofBytes((target, from, to) -> addBytes(column, target, from, to));
    };
  }

  private static void addInts(FlowColumn column, NumberBuffer target, int from, int to) {
    boolean hasNulls = column.hasNulls();
    for (int row = from; row < to; row++) {
      if (hasNulls && column.isNull(row)) {
        target.addAbsent();
      } else {
        target.add(column.intAt(row));
      }
    }
  }

  private static void addLongs(FlowColumn column, NumberBuffer target, int from, int to) {
    boolean hasNulls = column.hasNulls();
    for (int row = from; row < to; row++) {
      if (hasNulls && column.isNull(row)) {
        target.addAbsent();
      } else {
        target.add(column.longAt(row));
      }
    }
  }

  private static void addAddresses(FlowColumn column, AddressBuffer target, int from, int to) {
    boolean hasNulls = column.hasNulls();
    for (int row = from; row < to; row++) {
      if (hasNulls && column.isNull(row)) {
        target.addAbsent();
      } else {
        target.add(column.addressHigh(row), column.addressLow(row));
      }
    }
  }

  private static void addBytes(FlowColumn column, BytesBuffer target, int from, int to) {
    boolean hasNulls = column.hasNulls();
    for (int row = from; row < to; row++) {
      if (hasNulls && column.isNull(row)) {
        target.addAbsent();
      } else {
        target.add(column.bytesAt(row));
      }
    }
  }
}
