package org.flowlake.jobs.rollup;

import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.rollup.RollupBatch;
import org.flowlake.jobs.filter.FlowValues;

/** One row of a batch, for the interpreter of filters. */
record BatchFlow(RollupBatch rows, int row) implements FlowValues {
  @Override
  public boolean isNull(FlowField field) {
    return rows.isAbsent(field, row);
  }

  @Override
  public long number(FlowField field) {
    return rows.number(field, row);
  }

  @Override
  public byte[] bytes(FlowField field) {
    return rows.address(field, row);
  }
}
