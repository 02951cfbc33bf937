package org.flowlake.converters.source;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.Set;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowType;

/** A whole number computed from the fields of one flow; null if any of them is. */
sealed interface NumberExpression extends Serializable {
  Set<FlowField> fields();

  Value over(FlowBatch batch);

  /** The number for each row of a batch. */
  interface Value {
    boolean isNull(int row);

    /** Meaningless where {@link #isNull(int)}. */
    long at(int row);
  }

  /** A field of type INT, LONG or TIMESTAMP. */
  record Field(FlowField field) implements NumberExpression {
    @Override
    public Set<FlowField> fields() {
      return Set.of(field);
    }

    @Override
    public Value over(FlowBatch batch) {
      FlowColumn column = batch.column(field);
      return field.type() == FlowType.INT ? new IntValue(column) : new LongValue(column);
    }
  }

  /** The same number for every flow. */
  record Constant(long number) implements NumberExpression {
    @Override
    public Set<FlowField> fields() {
      return Set.of();
    }

    @Override
    public Value over(FlowBatch batch) {
      return new ConstantValue(number);
    }
  }

  /**
   * Two numbers combined. Only operators that cannot fail or overflow to another SQL answer are
   * taken over from Spark; it evaluates all others itself.
   */
  record Bitwise(Operator operator, NumberExpression left, NumberExpression right)
      implements NumberExpression {
    enum Operator {
      AND,
      OR,
      XOR
    }

    @Override
    public Set<FlowField> fields() {
      EnumSet<FlowField> fields = EnumSet.noneOf(FlowField.class);
      fields.addAll(left.fields());
      fields.addAll(right.fields());
      return fields;
    }

    @Override
    public Value over(FlowBatch batch) {
      return new BitwiseValue(operator, left.over(batch), right.over(batch));
    }
  }

  /** See {@link Field}. */
  record IntValue(FlowColumn column) implements Value {
    @Override
    public boolean isNull(int row) {
      return column.isNull(row);
    }

    @Override
    public long at(int row) {
      return column.intAt(row);
    }
  }

  /** See {@link Field}. */
  record LongValue(FlowColumn column) implements Value {
    @Override
    public boolean isNull(int row) {
      return column.isNull(row);
    }

    @Override
    public long at(int row) {
      return column.longAt(row);
    }
  }

  /** See {@link Constant}. */
  record ConstantValue(long number) implements Value {
    @Override
    public boolean isNull(int row) {
      return false;
    }

    @Override
    public long at(int row) {
      return number;
    }
  }

  /** See {@link Bitwise}. */
  record BitwiseValue(Bitwise.Operator operator, Value left, Value right) implements Value {
    @Override
    public boolean isNull(int row) {
      return left.isNull(row) || right.isNull(row);
    }

    @Override
    public long at(int row) {
      return switch (operator) {
        case AND -> left.at(row) & right.at(row);
        case OR -> left.at(row) | right.at(row);
        case XOR -> left.at(row) ^ right.at(row);
      };
    }
  }
}
