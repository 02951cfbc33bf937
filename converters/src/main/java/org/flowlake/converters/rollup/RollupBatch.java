package org.flowlake.converters.rollup;

import java.util.ArrayList;
import java.util.List;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;

/**
 * Rows of a rollup in the shape of flows.
 *
 * @param flows their keys, sums, and earliest and latest time
 * @param records how many flow records each row stands for
 */
record RollupBatch(FlowBatch flows, long[] records) {
  /** The columns that rows with these fields are made from. */
  static List<String> columns(List<FlowField> fields) {
    List<String> names = new ArrayList<>(List.of(RollupTable.RECORDS));
    for (FlowField field : fields) {
      switch (field) {
        case FIRST_SEEN ->
            names.addAll(List.of(RollupTable.FIRST_MILLIS, RollupTable.FIRST_MICROS));
        case LAST_SEEN -> names.addAll(List.of(RollupTable.LAST_MILLIS, RollupTable.LAST_MICROS));
        default -> names.add(field.column());
      }
    }
    return names;
  }

  /**
   * The rows of a row group.
   *
   * @param stored {@link #columns} of these fields
   */
  static RollupBatch of(RowGroupColumns stored, List<FlowField> fields) {
    FlowBatch batch = new FlowBatch(fields, stored.rows());
    long[] records = stored.longs(RollupTable.RECORDS, 0);
    for (FlowField field : fields) {
      FlowColumn column = batch.column(field);
      switch (field) {
        case FIRST_SEEN ->
            appendTimes(stored, column, RollupTable.FIRST_MILLIS, RollupTable.FIRST_MICROS);
        case LAST_SEEN ->
            appendTimes(stored, column, RollupTable.LAST_MILLIS, RollupTable.LAST_MICROS);
        case FLOWS -> appendFlows(stored, column, records);
        default -> stored.appendTo(column);
      }
    }
    batch.endFlows(stored.rows());
    return new RollupBatch(batch, records);
  }

  /** The number of flows is stored only where it differs from that of the records. */
  private static void appendFlows(RowGroupColumns columns, FlowColumn flows, long[] records) {
    long[] stored = columns.longs(FlowField.FLOWS.column(), Long.MIN_VALUE);
    for (int row = 0; row < stored.length; row++) {
      flows.appendLong(stored[row] == Long.MIN_VALUE ? records[row] : stored[row]);
    }
  }

  private static void appendTimes(
      RowGroupColumns columns, FlowColumn times, String millis, String micros) {
    long[] whole = columns.longs(millis, Long.MIN_VALUE);
    long[] rest = columns.longs(micros, 0);
    for (int row = 0; row < whole.length; row++) {
      if (whole[row] == Long.MIN_VALUE) {
        times.appendNull();
      } else {
        times.appendLong(whole[row] * RollupTable.MICROS_PER_MILLI + rest[row]);
      }
    }
  }
}
