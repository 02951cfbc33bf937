package org.flowlake.jobs.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * A compiled condition: a constant, or a column.
 *
 * @param column null for a constant
 * @param implied what sources can test and holds wherever the column does: the column itself if it
 *     is made of plain comparisons; null if there is nothing, and for a constant
 * @param constant what a constant is; meaningless for a column
 */
record Condition(Column column, Column implied, boolean constant) {
  static final Condition TRUE = new Condition(null, null, true);
  static final Condition FALSE = new Condition(null, null, false);

  /** A condition of plain comparisons, which sources can test. */
  static Condition of(Column column) {
    return new Condition(column, column, false);
  }

  /** A condition that no source can test, and that implies nothing which one can. */
  static Condition computed(Column column) {
    return new Condition(column, null, false);
  }

  /** Plain comparisons and a test that no source can make, both of which must hold. */
  static Condition computed(Column implied, Column test) {
    return new Condition(implied.and(test), implied, false);
  }

  static Condition constant(boolean value) {
    return value ? TRUE : FALSE;
  }

  boolean isConstant() {
    return column == null;
  }

  /**
   * The condition with what it implies in front. Spark pushes an OR as a whole or not at all: one
   * test that no source can make would hide the others.
   */
  Condition behindImplied() {
    return implied == null || implied == column ? this : computed(implied, column);
  }

  Column toColumn() {
    return column == null ? functions.lit(constant) : column;
  }

  static Condition and(List<Condition> operands) {
    List<Condition> kept = operands.stream().filter(operand -> !operand.isConstant()).toList();
    if (isAmong(operands, FALSE) || kept.isEmpty()) {
      return constant(!isAmong(operands, FALSE));
    }
    Column all = joined(kept, Condition::column, Column::and);
    List<Condition> telling = kept.stream().filter(operand -> operand.implied != null).toList();
    return telling.isEmpty()
        ? computed(all)
        : new Condition(all, arePlain(kept) ? all : joinedImplied(telling, Column::and), false);
  }

  static Condition or(List<Condition> operands) {
    List<Condition> kept = operands.stream().filter(operand -> !operand.isConstant()).toList();
    if (isAmong(operands, TRUE) || kept.isEmpty()) {
      return constant(isAmong(operands, TRUE));
    }
    Column any = joined(kept, Condition::column, Column::or);
    return kept.stream().anyMatch(operand -> operand.implied == null)
        ? computed(any)
        : new Condition(any, arePlain(kept) ? any : joinedImplied(kept, Column::or), false);
  }

  private static boolean isAmong(List<Condition> operands, Condition constant) {
    return operands.stream().anyMatch(operand -> operand == constant);
  }

  private static boolean arePlain(List<Condition> operands) {
    return operands.stream().allMatch(operand -> operand.implied == operand.column);
  }

  private static Column joinedImplied(List<Condition> operands, BinaryOperator<Column> join) {
    return joined(operands, Condition::implied, join);
  }

  /**
   * A tree of the least depth: Catalyst walks conditions by recursion, and a chain of thousands
   * ends it.
   */
  private static Column joined(
      List<Condition> operands, Function<Condition, Column> part, BinaryOperator<Column> join) {
    List<Column> level = operands.stream().map(part).toList();
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
