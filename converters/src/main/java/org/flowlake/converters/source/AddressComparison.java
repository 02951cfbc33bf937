package org.flowlake.converters.source;

import java.util.Set;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;

/** An address against a constant of 16 bytes, both halves compared as unsigned numbers. */
record AddressComparison(FlowField field, FlowPredicate.Comparison comparison, long high, long low)
    implements FlowPredicate {
  @Override
  public Set<FlowField> fields() {
    return Set.of(field);
  }

  @Override
  public RowTest over(FlowBatch batch) {
    FlowColumn column = batch.column(field);
    Comparison operator = comparison;
    return row -> {
      if (column.isNull(row)) {
        return UNKNOWN;
      }
      int sign = Long.compareUnsigned(column.addressHigh(row), high);
      if (sign == 0) {
        sign = Long.compareUnsigned(column.addressLow(row), low);
      }
      return FlowPredicate.truth(operator.holds(sign));
    };
  }
}
