package org.flowlake.jobs.extra;

import org.apache.spark.sql.Column;
import org.flowlake.jobs.rows.ExtraColumn;
import org.flowlake.jobs.rows.FlowColumns;

/** A figure of a group of flows that is no sum of counters. */
public sealed interface GroupMeasure permits DistinctCount, Percentile {
  /** The column that shows it. */
  ExtraColumn column();

  /** What of each flow it is made of. */
  Column input(FlowColumns flows);

  /** The figure of a group, over the inputs of its flows; nulls do not count. */
  Column result(Column input);
}
