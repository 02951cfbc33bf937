package org.flowlake.jobs.stat;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecificInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.flowlake.jobs.rows.CounterColumns;

/**
 * A row of {@link TopNJob#groups} that is made without Spark, with other values for every group:
 * the counters, then the key.
 */
public final class EntryRow {
  static final StructType SCHEMA = schema();

  private final SpecificInternalRow row = new SpecificInternalRow(SCHEMA);

  private static StructType schema() {
    StructType schema = new StructType();
    for (String name : CounterColumns.names()) {
      schema = schema.add(name, DataTypes.LongType);
    }
    return schema
        .add(TopNJob.KEY_NAMES.get(0), DataTypes.IntegerType)
        .add(TopNJob.KEY_NAMES.get(1), DataTypes.LongType)
        .add(TopNJob.KEY_NAMES.get(2), DataTypes.BinaryType)
        .add(TopNJob.KEY_NAMES.get(3), DataTypes.IntegerType);
  }

  /** One of the counters of {@link CounterColumns}, by its index. */
  public void setCounter(int index, long value) {
    row.setLong(index, value);
  }

  /** An entry of a number. */
  public void setKey(int statistic, long number, int proto) {
    setKey(statistic, proto);
    row.setLong(TopNJob.NUMBER, number);
  }

  /** An entry of an address. */
  public void setKey(int statistic, byte[] address, int proto) {
    setKey(statistic, proto);
    row.update(TopNJob.BYTES, address);
  }

  /** The group of the flows that lack the element: no table shows it. */
  public void setKey(int statistic, int proto) {
    row.setInt(TopNJob.STATISTIC, statistic);
    row.setNullAt(TopNJob.NUMBER);
    row.setNullAt(TopNJob.BYTES);
    row.setInt(TopNJob.PROTO, proto);
  }

  /** The row; its values change with the next group. */
  public InternalRow row() {
    return row;
  }
}
