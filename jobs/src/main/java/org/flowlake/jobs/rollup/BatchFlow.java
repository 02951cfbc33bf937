package org.flowlake.jobs.rollup;

import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowType;
import org.flowlake.jobs.filter.FlowValues;

/** One row of a batch, for the interpreter of filters. */
record BatchFlow(FlowBatch rows, int row) implements FlowValues {
  @Override
  public boolean isNull(FlowField field) {
    FlowColumn column = rows.column(field);
    return column == null || column.isNull(row);
  }

  @Override
  public long number(FlowField field) {
    FlowColumn column = rows.column(field);
    return field.type() == FlowType.INT ? column.intAt(row) : column.longAt(row);
  }

  @Override
  public byte[] bytes(FlowField field) {
    return rows.column(field).bytesAt(row);
  }
}
