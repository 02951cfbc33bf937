package org.flowlake.converters.source;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.CalendarInterval;
import org.apache.spark.unsafe.types.GeographyVal;
import org.apache.spark.unsafe.types.GeometryVal;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.unsafe.types.VariantVal;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;

/**
 * A view of one flow of a batch as Spark's row; the same object for every flow. Scans of raw files
 * give such rows, so that who reads them can also take values straight from the decoded columns.
 */
public final class FlowBatchRow extends InternalRow {
  private static final long serialVersionUID = 1L;

  private final transient FlowBatch batch;
  private final transient FlowColumn[] columns;
  private transient int row;
  private transient int next;

  /**
   * @param fields the fields of the row, in order; all must be of the batch
   */
  FlowBatchRow(FlowBatch batch, List<FlowField> fields) {
    this.batch = batch;
    this.columns = fields.stream().map(batch::column).toArray(FlowColumn[]::new);
  }

  /** To be called when the batch was filled anew. */
  void restart() {
    next = 0;
  }

  /** Shows the next flow; false where the batch has no more. */
  boolean moveToNext() {
    if (next == batch.size()) {
      return false;
    }
    row = next++;
    return true;
  }

  /**
   * Takes this flow and all that follow it in the columns: the scan goes on behind them, and
   * decodes others into the columns then.
   *
   * @return how many they are; they stand at {@link #row()} and the places after it
   */
  public int takeRest() {
    next = batch.size();
    return next - row;
  }

  /** The flow's place in the columns. */
  public int row() {
    return row;
  }

  /** The decoded values of a column of this row, for all flows that were decoded together. */
  public FlowColumn column(int ordinal) {
    return columns[ordinal];
  }

  @Override
  public int numFields() {
    return columns.length;
  }

  @Override
  public boolean isNullAt(int ordinal) {
    return columns[ordinal].isNull(row);
  }

  @Override
  public int getInt(int ordinal) {
    return columns[ordinal].intAt(row);
  }

  @Override
  public long getLong(int ordinal) {
    return columns[ordinal].longAt(row);
  }

  @Override
  public byte[] getBinary(int ordinal) {
    return columns[ordinal].bytesAt(row);
  }

  @Override
  public UTF8String getUTF8String(int ordinal) {
    return UTF8String.fromBytes(columns[ordinal].bytesAt(row));
  }

  @Override
  public Object get(int ordinal, DataType dataType) {
    FlowColumn column = columns[ordinal];
    if (column.isNull(row)) {
      return null;
    }
    return switch (column.field().type()) {
      case INT -> column.intAt(row);
      case LONG, TIMESTAMP -> column.longAt(row);
      case ADDRESS, BYTES -> column.bytesAt(row);
      case TEXT -> getUTF8String(ordinal);
    };
  }

  @Override
  public InternalRow copy() {
    Object[] values = new Object[columns.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = get(i, FlowSchema.dataType(columns[i].field().type()));
    }
    return new GenericInternalRow(values);
  }

  @Override
  public void setNullAt(int ordinal) {
    throw readOnly();
  }

  @Override
  public void update(int ordinal, Object value) {
    throw readOnly();
  }

  @Override
  public boolean getBoolean(int ordinal) {
    throw noSuchColumn(ordinal);
  }

  @Override
  public byte getByte(int ordinal) {
    throw noSuchColumn(ordinal);
  }

  @Override
  public short getShort(int ordinal) {
    throw noSuchColumn(ordinal);
  }

  @Override
  public float getFloat(int ordinal) {
    throw noSuchColumn(ordinal);
  }

  @Override
  public double getDouble(int ordinal) {
    throw noSuchColumn(ordinal);
  }

  @Override
  public Decimal getDecimal(int ordinal, int precision, int scale) {
    throw noSuchColumn(ordinal);
  }

  @Override
  public CalendarInterval getInterval(int ordinal) {
    throw noSuchColumn(ordinal);
  }

  @Override
  public VariantVal getVariant(int ordinal) {
    throw noSuchColumn(ordinal);
  }

  @Override
  public GeographyVal getGeography(int ordinal) {
    throw noSuchColumn(ordinal);
  }

  @Override
  public GeometryVal getGeometry(int ordinal) {
    throw noSuchColumn(ordinal);
  }

  @Override
  public InternalRow getStruct(int ordinal, int fields) {
    throw noSuchColumn(ordinal);
  }

  @Override
  public ArrayData getArray(int ordinal) {
    throw noSuchColumn(ordinal);
  }

  @Override
  public MapData getMap(int ordinal) {
    throw noSuchColumn(ordinal);
  }

  private static UnsupportedOperationException readOnly() {
    return new UnsupportedOperationException("A row of a flow batch is read-only");
  }

  private UnsupportedOperationException noSuchColumn(int ordinal) {
    return new UnsupportedOperationException(
        columns[ordinal].field().column() + " is of type " + columns[ordinal].field().type());
  }
}
