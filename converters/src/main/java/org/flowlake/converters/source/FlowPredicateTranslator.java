package org.flowlake.converters.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.GeneralScalarExpression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.unsafe.types.UTF8String;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;
import org.flowlake.converters.flow.FlowType;
import org.flowlake.converters.source.FlowPredicate.Comparison;

/**
 * From Spark's predicate to ours; empty for whatever this source does not test itself, which Spark
 * then tests on the rows.
 */
final class FlowPredicateTranslator {
  private FlowPredicateTranslator() {}

  static Optional<FlowPredicate> translate(Expression expression) {
    if (!(expression instanceof Predicate predicate)) {
      return Optional.empty();
    }
    Expression[] parts = predicate.children();
    return switch (predicate.name()) {
      case "AND" -> all(parts).map(FlowPredicate.And::new);
      case "OR" -> all(parts).map(FlowPredicate.Or::new);
      case "NOT" -> translate(parts[0]).map(FlowPredicate.Not::new);
      case "ALWAYS_TRUE" -> Optional.of(new FlowPredicate.Constant(FlowPredicate.TRUE));
      case "ALWAYS_FALSE" -> Optional.of(new FlowPredicate.Constant(FlowPredicate.FALSE));
      case "IS_NULL" -> field(parts[0]).map(FlowPredicate.IsNull::new);
      case "IS_NOT_NULL" ->
          field(parts[0]).map(field -> new FlowPredicate.Not(new FlowPredicate.IsNull(field)));
      case "=" -> comparison(parts, Comparison.EQ);
      case "<>" -> comparison(parts, Comparison.EQ).map(FlowPredicate.Not::new);
      case "<" -> comparison(parts, Comparison.LT);
      case "<=" -> comparison(parts, Comparison.LE);
      case ">" -> comparison(parts, Comparison.GT);
      case ">=" -> comparison(parts, Comparison.GE);
      case "IN" -> in(parts);
      default -> Optional.empty();
    };
  }

  private static Optional<List<FlowPredicate>> all(Expression[] parts) {
    List<FlowPredicate> translated = new ArrayList<>();
    for (Expression part : parts) {
      Optional<FlowPredicate> one = translate(part);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      translated.add(one.get());
    }
    return Optional.of(translated);
  }

  private static Optional<FlowPredicate> comparison(Expression[] parts, Comparison comparison) {
    if (parts[0] instanceof Literal<?> && !(parts[1] instanceof Literal<?>)) {
      return comparison(new Expression[] {parts[1], parts[0]}, comparison.flipped());
    }
    if (!(parts[1] instanceof Literal<?> literal)) {
      return Optional.empty();
    }
    if (literal.value() == null) {
      return Optional.of(new FlowPredicate.Constant(FlowPredicate.UNKNOWN));
    }
    Optional<Long> number = number(literal);
    if (number.isPresent()) {
      return numeric(parts[0]).map(left -> new NumberComparison(left, comparison, number.get()));
    }
    Optional<FlowField> field = field(parts[0]);
    byte[] bytes = bytes(literal);
    if (field.isEmpty() || bytes == null) {
      return Optional.empty();
    }
    if (field.get().type() == FlowType.ADDRESS) {
      if (bytes.length != FlowColumn.ADDRESS_BYTES) {
        return Optional.empty();
      }
      ByteBuffer address = ByteBuffer.wrap(bytes);
      return Optional.of(
          new AddressComparison(field.get(), comparison, address.getLong(), address.getLong()));
    }
    return comparison == Comparison.EQ && isBytes(field.get())
        ? Optional.of(new BytesEqual(field.get(), bytes))
        : Optional.empty();
  }

  /** {@code x IN (a, b, ...)}: the first child is x. A null in the list makes a miss unknown. */
  private static Optional<FlowPredicate> in(Expression[] parts) {
    List<Literal<?>> list = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      if (!(parts[i] instanceof Literal<?> literal) || literal.value() == null) {
        return Optional.empty();
      }
      list.add(literal);
    }
    Optional<NumberExpression> left = numeric(parts[0]);
    if (left.isPresent()) {
      List<Optional<Long>> numbers = list.stream().map(FlowPredicateTranslator::number).toList();
      if (numbers.stream().anyMatch(Optional::isEmpty)) {
        return Optional.empty();
      }
      long[] sorted = numbers.stream().mapToLong(Optional::get).sorted().toArray();
      return Optional.of(new NumberIn(left.get(), sorted));
    }
    List<byte[]> constants = list.stream().map(FlowPredicateTranslator::bytes).toList();
    return field(parts[0])
        .filter(field -> field.type() == FlowType.ADDRESS)
        .filter(
            field ->
                constants.stream()
                    .allMatch(bytes -> bytes != null && bytes.length == FlowColumn.ADDRESS_BYTES))
        .map(field -> AddressIn.of(field, constants));
  }

  private static Optional<NumberExpression> numeric(Expression expression) {
    if (expression instanceof Literal<?> literal) {
      return number(literal).map(NumberExpression.Constant::new);
    }
    if (expression instanceof GeneralScalarExpression general && general.children().length == 2) {
      NumberExpression.Bitwise.Operator operator =
          switch (general.name()) {
            case "&" -> NumberExpression.Bitwise.Operator.AND;
            case "|" -> NumberExpression.Bitwise.Operator.OR;
            case "^" -> NumberExpression.Bitwise.Operator.XOR;
            default -> null;
          };
      if (operator == null) {
        return Optional.empty();
      }
      Optional<NumberExpression> left = numeric(general.children()[0]);
      Optional<NumberExpression> right = numeric(general.children()[1]);
      return left.isPresent() && right.isPresent()
          ? Optional.of(new NumberExpression.Bitwise(operator, left.get(), right.get()))
          : Optional.empty();
    }
    return field(expression)
        .filter(field -> field.type() != FlowType.ADDRESS && !isBytes(field))
        .map(NumberExpression.Field::new);
  }

  private static boolean isBytes(FlowField field) {
    return field.type() == FlowType.TEXT || field.type() == FlowType.BYTES;
  }

  private static Optional<FlowField> field(Expression expression) {
    if (expression instanceof NamedReference reference && reference.fieldNames().length == 1) {
      return FlowSchema.field(reference.fieldNames()[0]);
    }
    return Optional.empty();
  }

  private static Optional<Long> number(Literal<?> literal) {
    Object value = literal.value();
    if (value instanceof Long || value instanceof Integer) {
      return Optional.of(((Number) value).longValue());
    }
    return Optional.empty();
  }

  /** The bytes of a binary or text constant; null for any other. */
  private static byte[] bytes(Literal<?> literal) {
    Object value = literal.value();
    if (value instanceof byte[] bytes) {
      return Arrays.copyOf(bytes, bytes.length);
    }
    if (value instanceof UTF8String text) {
      return text.getBytes();
    }
    return value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : null;
  }
}
