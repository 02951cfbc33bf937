package org.flowlake.jobs.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * A compiled condition: a constant, or a column.
 *
 * @param column null for a constant
 * @param constant what a constant is; meaningless for a column
 */
record Condition(Column column, boolean constant) {
  static final Condition TRUE = new Condition(null, true);
  static final Condition FALSE = new Condition(null, false);

  static Condition of(Column column) {
    return new Condition(column, false);
  }

  static Condition constant(boolean value) {
    return value ? TRUE : FALSE;
  }

  boolean isConstant() {
    return column == null;
  }

  Column toColumn() {
    return column == null ? functions.lit(constant) : column;
  }

  static Condition and(List<Condition> operands) {
    return joined(operands, TRUE, FALSE, Column::and);
  }

  static Condition or(List<Condition> operands) {
    return joined(operands, FALSE, TRUE, Column::or);
  }

  private static Condition joined(
      List<Condition> operands,
      Condition neutral,
      Condition decisive,
      BinaryOperator<Column> join) {
    List<Column> columns = new ArrayList<>(operands.size());
    for (Condition operand : operands) {
      if (!operand.isConstant()) {
        columns.add(operand.column);
      } else if (operand.constant == decisive.constant) {
        return decisive;
      }
    }
    return columns.isEmpty() ? neutral : of(balanced(columns, join));
  }

  /**
   * A tree of the least depth: Catalyst walks conditions by recursion, and a chain of thousands
   * ends it.
   */
  private static Column balanced(List<Column> columns, BinaryOperator<Column> join) {
    List<Column> level = columns;
    while (level.size() > 1) {
      List<Column> above = new ArrayList<>((level.size() + 1) / 2);
      for (int i = 0; i < level.size(); i += 2) {
        above.add(i + 1 < level.size() ? join.apply(level.get(i), level.get(i + 1)) : level.get(i));
      }
      level = above;
    }
    return level.get(0);
  }
}
