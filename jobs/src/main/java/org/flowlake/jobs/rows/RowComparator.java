package org.flowlake.jobs.rows;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Orders rows by their columns from one on: absent before present, numbers ascending, bytes
 * unsigned. It decides between rows of equal rank, so that the same question has the same answer
 * whatever the number of tasks.
 */
public final class RowComparator implements Comparator<InternalRow>, Serializable {
  private static final long serialVersionUID = 1L;

  private final int from;
  private final DataType[] types;

  /** Compares the columns from this index to the last. */
  public RowComparator(StructType schema, int from) {
    this.from = from;
    this.types =
        Arrays.stream(schema.fields()).map(field -> field.dataType()).toArray(DataType[]::new);
  }

  @Override
  public int compare(InternalRow left, InternalRow right) {
    for (int i = from; i < types.length; i++) {
      int order = compareColumn(left, right, i);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private int compareColumn(InternalRow left, InternalRow right, int i) {
    if (left.isNullAt(i) || right.isNullAt(i)) {
      return Boolean.compare(right.isNullAt(i), left.isNullAt(i));
    }
    DataType type = types[i];
    if (type.equals(DataTypes.LongType)) {
      return Long.compare(left.getLong(i), right.getLong(i));
    } else if (type.equals(DataTypes.IntegerType)) {
      return Integer.compare(left.getInt(i), right.getInt(i));
    } else if (type.equals(DataTypes.BinaryType)) {
      return Arrays.compareUnsigned(left.getBinary(i), right.getBinary(i));
    } else if (type.equals(DataTypes.StringType)) {
      return left.getUTF8String(i).binaryCompare(right.getUTF8String(i));
    }
    throw new IllegalStateException("Column " + i + " of type " + type + " has no order");
  }
}
