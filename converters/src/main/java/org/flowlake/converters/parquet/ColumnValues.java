package org.flowlake.converters.parquet;

import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnWriter;

/** Where the values of one optional column at top level come from. */
@FunctionalInterface
public interface ColumnValues {
  /** The definition level of an absent value. */
  int ABSENT = 0;

  /** The definition level of a value that is there. */
  int PRESENT = 1;

  /** The repetition level of every value: nothing is a list. */
  int TOP = 0;

  /** Gives the values of rows from..to, one call of the target for each, in order. */
  void write(ColumnWriter target, int from, int to);
}
