package org.flowlake.converters.source;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowField;

/**
 * A filter that Spark pushed down, in a form that is tested on decoded columns before any row is
 * made. Logic has three values as in SQL: a comparison with null is unknown, and only flows for
 * which the whole is true pass.
 */
sealed interface FlowPredicate extends Serializable
    permits FlowPredicate.And,
        FlowPredicate.Or,
        FlowPredicate.Not,
        FlowPredicate.Constant,
        FlowPredicate.IsNull,
        AddressComparison,
        AddressIn,
        BytesEqual,
        NumberComparison,
        NumberIn {
  int FALSE = 0;
  int TRUE = 1;
  int UNKNOWN = 2;

  /** The fields that a test looks at. */
  Set<FlowField> fields();

  /** The test over the columns of one batch; the batch must have all {@link #fields()}. */
  RowTest over(FlowBatch batch);

  /** Decides one row: {@link #FALSE}, {@link #TRUE} or {@link #UNKNOWN}. */
  @FunctionalInterface
  interface RowTest {
    int test(int row);
  }

  /** The outcome of a comparison of which the operand may be null. */
  static int truth(boolean value) {
    return value ? TRUE : FALSE;
  }

  static Set<FlowField> fieldsOf(List<FlowPredicate> parts) {
    EnumSet<FlowField> fields = EnumSet.noneOf(FlowField.class);
    parts.forEach(part -> fields.addAll(part.fields()));
    return fields;
  }

  /** True where every part is; no part at all is true. */
  record And(List<FlowPredicate> parts) implements FlowPredicate {
    @Override
    public Set<FlowField> fields() {
      return fieldsOf(parts);
    }

    @Override
    public RowTest over(FlowBatch batch) {
      RowTest[] tests = parts.stream().map(part -> part.over(batch)).toArray(RowTest[]::new);
      return row -> {
        int outcome = TRUE;
        for (RowTest test : tests) {
          int one = test.test(row);
          if (one == FALSE) {
            return FALSE;
          }
          outcome = Math.max(outcome, one);
        }
        return outcome;
      };
    }
  }

  /** True where any part is; no part at all is false. */
  record Or(List<FlowPredicate> parts) implements FlowPredicate {
    @Override
    public Set<FlowField> fields() {
      return fieldsOf(parts);
    }

    @Override
    public RowTest over(FlowBatch batch) {
      RowTest[] tests = parts.stream().map(part -> part.over(batch)).toArray(RowTest[]::new);
      return row -> {
        int outcome = FALSE;
        for (RowTest test : tests) {
          int one = test.test(row);
          if (one == TRUE) {
            return TRUE;
          }
          outcome = Math.max(outcome, one);
        }
        return outcome;
      };
    }
  }

  /** The opposite; unknown stays unknown. */
  record Not(FlowPredicate part) implements FlowPredicate {
    @Override
    public Set<FlowField> fields() {
      return part.fields();
    }

    @Override
    public RowTest over(FlowBatch batch) {
      RowTest test = part.over(batch);
      return row -> {
        int one = test.test(row);
        return one == UNKNOWN ? UNKNOWN : TRUE - one;
      };
    }
  }

  /** The same outcome for every flow. */
  record Constant(int outcome) implements FlowPredicate {
    @Override
    public Set<FlowField> fields() {
      return Set.of();
    }

    @Override
    public RowTest over(FlowBatch batch) {
      int constant = outcome;
      return row -> constant;
    }
  }

  /** Whether the field is absent; never unknown. */
  record IsNull(FlowField field) implements FlowPredicate {
    @Override
    public Set<FlowField> fields() {
      return Set.of(field);
    }

    @Override
    public RowTest over(FlowBatch batch) {
      var column = batch.column(field);
      return row -> truth(column.isNull(row));
    }
  }

  /** One of the orderings of a value against another. */
  enum Comparison {
    EQ,
    LT,
    LE,
    GT,
    GE;

    /** Whether it holds for operands whose comparison gave this sign. */
    boolean holds(int sign) {
      return switch (this) {
        case EQ -> sign == 0;
        case LT -> sign < 0;
        case LE -> sign <= 0;
        case GT -> sign > 0;
        case GE -> sign >= 0;
      };
    }

    /** The same ordering with the operands exchanged. */
    Comparison flipped() {
      return switch (this) {
        case EQ -> EQ;
        case LT -> GT;
        case LE -> GE;
        case GT -> LT;
        case GE -> LE;
      };
    }
  }
}
