package org.flowlake.converters.search;

import org.apache.spark.unsafe.types.UTF8String;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.parquet.AddressColumn;
import org.flowlake.converters.parquet.BytesColumn;
import org.flowlake.converters.parquet.NumberColumn;
import org.flowlake.converters.parquet.StoredColumn;

/** A field of flows as it is stored, and its values as Spark's rows hold them. */
final class StoredField {
  private final FlowField field;
  private final StoredColumn column;

  StoredField(FlowField field) {
    this.field = field;
    this.column =
        switch (field.type()) {
          case INT, LONG -> NumberColumn.ofNumbers(field.column());
          case TIMESTAMP -> NumberColumn.ofTimes(field.column());
          case ADDRESS -> new AddressColumn(field.column());
          case TEXT, BYTES -> new BytesColumn(field.column());
        };
  }

  StoredColumn column() {
    return column;
  }

  /** The value of a row of the row group that the column holds; null where it is absent. */
  Object value(int row) {
    if (column.isAbsent(row)) {
      return null;
    }
    return switch (field.type()) {
      case INT -> (int) ((NumberColumn) column).value(row);
      case LONG, TIMESTAMP -> ((NumberColumn) column).value(row);
      case ADDRESS -> ((AddressColumn) column).bytes(row);
      case BYTES -> ((BytesColumn) column).value(row);
      case TEXT -> UTF8String.fromBytes(((BytesColumn) column).value(row));
    };
  }
}
