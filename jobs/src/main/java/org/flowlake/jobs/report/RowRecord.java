package org.flowlake.jobs.report;

import java.util.Arrays;
import java.util.OptionalLong;
import org.apache.spark.sql.catalyst.InternalRow;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowType;
import org.flowlake.jobs.rows.RowLayout;

/** One row of a job as a flow. Reused: {@link #show} moves it to the next row. */
public final class RowRecord implements FlowRecord {
  private final int[] ordinals;
  private final RowLayout layout;
  private InternalRow row;
  private long position;

  /** Over rows laid out as told. */
  public RowRecord(RowLayout layout) {
    this.layout = layout;
    this.ordinals = new int[FlowField.values().length];
    Arrays.fill(ordinals, -1);
    for (FlowField field : FlowField.values()) {
      ordinals[field.ordinal()] = layout.ordinal(field);
    }
  }

  /** Moves to this row, which is the given one of the list, counted from 1. */
  public RowRecord show(InternalRow next, long nextPosition) {
    row = next;
    position = nextPosition;
    return this;
  }

  @Override
  public boolean has(FlowField field) {
    int ordinal = ordinals[field.ordinal()];
    return ordinal >= 0 && !row.isNullAt(ordinal);
  }

  @Override
  public long number(FlowField field) {
    if (!has(field)) {
      return 0;
    }
    return row.getLong(ordinals[field.ordinal()]);
  }

  @Override
  public byte[] bytes(FlowField field) {
    return has(field) ? row.getBinary(ordinals[field.ordinal()]) : null;
  }

  @Override
  public String text(FlowField field) {
    return field.type() == FlowType.TEXT && has(field)
        ? row.getUTF8String(ordinals[field.ordinal()]).toString()
        : null;
  }

  @Override
  public OptionalLong extra(int index) {
    int ordinal = layout.extraOrdinal(index);
    return row.isNullAt(ordinal) ? OptionalLong.empty() : OptionalLong.of(row.getLong(ordinal));
  }

  @Override
  public long position() {
    return position;
  }
}
