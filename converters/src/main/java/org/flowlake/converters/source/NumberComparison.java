package org.flowlake.converters.source;

import java.util.Set;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowField;

/** A number computed from the flow against a constant; times are microseconds. */
record NumberComparison(NumberExpression left, FlowPredicate.Comparison comparison, long right)
    implements FlowPredicate {
  @Override
  public Set<FlowField> fields() {
    return left.fields();
  }

  @Override
  public RowTest over(FlowBatch batch) {
    NumberExpression.Value value = left.over(batch);
    Comparison operator = comparison;
    long constant = right;
    return row ->
        value.isNull(row)
            ? UNKNOWN
            : FlowPredicate.truth(operator.holds(Long.compare(value.at(row), constant)));
  }
}
