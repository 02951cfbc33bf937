package org.flowlake.converters.source;

import java.util.Arrays;
import java.util.Set;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowField;

/**
 * Membership of a number in a list of constants.
 *
 * @param sorted the constants, ascending; the array is kept
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, only searched
record NumberIn(NumberExpression left, long[] sorted) implements FlowPredicate {
  @Override
  public Set<FlowField> fields() {
    return left.fields();
  }

  @Override
  public RowTest over(FlowBatch batch) {
    NumberExpression.Value value = left.over(batch);
    return row ->
        value.isNull(row)
            ? UNKNOWN
            : FlowPredicate.truth(Arrays.binarySearch(sorted, value.at(row)) >= 0);
  }
}
