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
    return new Test(left.over(batch), comparison, right);
  }

  private record Test(NumberExpression.Value left, Comparison comparison, long right)
      implements RowTest {
    @Override
    public int test(int row) {
      return left.isNull(row)
          ? UNKNOWN
          : FlowPredicate.truth(comparison.holds(Long.compare(left.at(row), right)));
    }

    @Override
    public boolean isSimple() {
      return true;
    }

    @Override
    public void test(int from, int to, byte[] outcomes) {
      for (int row = from; row < to; row++) {
        outcomes[row - from] = (byte) test(row);
      }
    }
  }
}
