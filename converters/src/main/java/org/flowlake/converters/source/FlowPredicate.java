package org.flowlake.converters.source;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowFilter;

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

  /** Decides rows of one batch: {@link #FALSE}, {@link #TRUE} or {@link #UNKNOWN}. */
  @FunctionalInterface
  interface RowTest {
    /** The outcome of one row. */
    int test(int row);

    /** Whether a row takes so little that many at once are better than those in doubt alone. */
    default boolean isSimple() {
      return false;
    }

    /**
     * The outcomes of rows from one number to before another. Tests that are simple repeat this
     * loop, so that it is compiled for each of them.
     *
     * @param outcomes takes that of row {@code from} first
     */
    default void test(int from, int to, byte[] outcomes) {
      for (int row = from; row < to; row++) {
        outcomes[row - from] = (byte) test(row);
      }
    }
  }

  /** The flows for which the whole is true. */
  default FlowFilter passing() {
    return this instanceof And all && all.parts().isEmpty() ? FlowFilter.ALL : new Passing(this);
  }

  /** Wants the flows for which a predicate is true. */
  record Passing(FlowPredicate whole) implements FlowFilter {
    @Override
    public Set<FlowField> fields() {
      return whole.fields();
    }

    @Override
    public Selection over(FlowBatch batch) {
      RowTest test = whole.over(batch);
      Outcomes outcomes = new Outcomes();
      return (from, to, rows) -> {
        byte[] decided = outcomes.of(test, from, to);
        int count = 0;
        for (int row = from; row < to; row++) {
          rows[count] = row;
          count += decided[row - from] == TRUE ? 1 : 0;
        }
        return count;
      };
    }
  }

  /** Room for outcomes, used again. */
  final class Outcomes {
    private byte[] room = new byte[0];

    /** The outcomes of a test, as {@link RowTest#test(int, int, byte[])} gives them. */
    byte[] of(RowTest test, int from, int to) {
      if (room.length < to - from) {
        room = new byte[to - from];
      }
      test.test(from, to, room);
      return room;
    }
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
      return JoinedTest.of(parts, FALSE, batch);
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
      return JoinedTest.of(parts, TRUE, batch);
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
      return new Opposite(part.over(batch));
    }

    private record Opposite(RowTest part) implements RowTest {
      private static int of(int outcome) {
        return outcome == UNKNOWN ? UNKNOWN : TRUE - outcome;
      }

      @Override
      public int test(int row) {
        return of(part.test(row));
      }

      @Override
      public boolean isSimple() {
        return part.isSimple();
      }

      @Override
      public void test(int from, int to, byte[] outcomes) {
        part.test(from, to, outcomes);
        for (int i = 0; i < to - from; i++) {
          outcomes[i] = (byte) of(outcomes[i]);
        }
      }
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
      return new Absence(batch.column(field));
    }

    private record Absence(FlowColumn column) implements RowTest {
      @Override
      public int test(int row) {
        return truth(column.isNull(row));
      }

      @Override
      public boolean isSimple() {
        return true;
      }

      @Override
      public void test(int from, int to, byte[] outcomes) {
        for (int row = from; row < to; row++) {
          outcomes[row - from] = (byte) truth(column.isNull(row));
        }
      }
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
