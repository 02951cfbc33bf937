package org.flowlake.jobs.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.CalendarInterval;
import org.apache.spark.unsafe.types.GeographyVal;
import org.apache.spark.unsafe.types.GeometryVal;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.unsafe.types.VariantVal;
import org.flowlake.converters.parquet.AddressColumn;
import org.flowlake.converters.parquet.NumberColumn;
import org.flowlake.converters.parquet.StoredColumn;

/**
 * A row of columns for Spark's generated code, moved from row to row. Cannot be changed or kept.
 */
final class StoredRow extends InternalRow {
  private static final long serialVersionUID = 1L;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final transient StoredColumn[] columns;

  /**
   * One array per address, overwritten by the next row: the code that asks copies what it keeps.
   */
  private final byte[][] addresses;

  private int row;

  /** A row of these columns. */
  StoredRow(List<? extends StoredColumn> columns) {
    this.columns = columns.toArray(StoredColumn[]::new);
    this.addresses = new byte[columns.size()][AddressColumn.BYTES];
  }

  /** Moves to a row of the row group that the columns hold. */
  StoredRow at(int place) {
    row = place;
    return this;
  }

  @Override
  public int numFields() {
    return columns.length;
  }

  @Override
  public boolean isNullAt(int ordinal) {
    return columns[ordinal].isAbsent(row);
  }

  @Override
  public long getLong(int ordinal) {
    return ((NumberColumn) columns[ordinal]).value(row);
  }

  @Override
  public int getInt(int ordinal) {
    return (int) getLong(ordinal);
  }

  @Override
  public byte[] getBinary(int ordinal) {
    AddressColumn column = (AddressColumn) columns[ordinal];
    WORDS.set(addresses[ordinal], 0, column.high(row));
    WORDS.set(addresses[ordinal], Long.BYTES, column.low(row));
    return addresses[ordinal];
  }

  @Override
  public Object get(int ordinal, DataType type) {
    if (isNullAt(ordinal)) {
      return null;
    } else if (columns[ordinal] instanceof AddressColumn) {
      return getBinary(ordinal).clone();
    }
    return DataTypes.IntegerType.equals(type)
        ? (Object) getInt(ordinal)
        : (Object) getLong(ordinal);
  }

  @Override
  public void setNullAt(int ordinal) {
    throw otherType();
  }

  @Override
  public void update(int ordinal, Object value) {
    throw otherType();
  }

  @Override
  public InternalRow copy() {
    throw otherType();
  }

  @Override
  public boolean getBoolean(int ordinal) {
    throw otherType();
  }

  @Override
  public byte getByte(int ordinal) {
    throw otherType();
  }

  @Override
  public short getShort(int ordinal) {
    throw otherType();
  }

  @Override
  public float getFloat(int ordinal) {
    throw otherType();
  }

  @Override
  public double getDouble(int ordinal) {
    throw otherType();
  }

  @Override
  public Decimal getDecimal(int ordinal, int precision, int scale) {
    throw otherType();
  }

  @Override
  public UTF8String getUTF8String(int ordinal) {
    throw otherType();
  }

  @Override
  public GeographyVal getGeography(int ordinal) {
    throw otherType();
  }

  @Override
  public GeometryVal getGeometry(int ordinal) {
    throw otherType();
  }

  @Override
  public CalendarInterval getInterval(int ordinal) {
    throw otherType();
  }

  @Override
  public VariantVal getVariant(int ordinal) {
    throw otherType();
  }

  @Override
  public InternalRow getStruct(int ordinal, int fields) {
    throw otherType();
  }

  @Override
  public ArrayData getArray(int ordinal) {
    throw otherType();
  }

  @Override
  public MapData getMap(int ordinal) {
    throw otherType();
  }

  private static UnsupportedOperationException otherType() {
    return new UnsupportedOperationException("Only numbers, times and addresses, and only read");
  }
}
