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
    return new Test(batch.column(field), outcome(-1), outcome(0), outcome(1), high, low);
  }

  private byte outcome(int sign) {
    return (byte) FlowPredicate.truth(comparison.holds(sign));
  }

  /** Outcomes by whether the column's address is the lower one, the same, the higher one. */
  private record Test(FlowColumn column, byte lower, byte same, byte higher, long high, long low)
      implements RowTest {
    @Override
    public int test(int row) {
      if (column.isNull(row)) {
        return UNKNOWN;
      }
      int sign = Long.compareUnsigned(column.addressHigh(row), high);
      if (sign == 0) {
        sign = Long.compareUnsigned(column.addressLow(row), low);
      }
      return sign < 0 ? lower : sign == 0 ? same : higher;
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
