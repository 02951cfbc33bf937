package org.flowlake.jobs.groups;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.UnixMicros;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowType;
import org.flowlake.jobs.rows.GroupColumn.Width;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A column of a packed row that is taken from a decoded one as it is.
 *
 * @param column name of the decoded column; null where the value is {@code absent} in every row
 * @param width of the value
 * @param absent the number where the decoded value is null; null for null
 * @param exceptEmbedded whether the value is another one where the decoded one is an address of
 *     {@code ::/96}, or absent
 */
record FlowCell(String column, Width width, Long absent, boolean exceptEmbedded)
    implements Serializable {
  /** How addresses of {@code ::/96} begin. */
  private static final byte[] EMBEDDED = new byte[12];

  private static final Set<String> ADDRESSES =
      Arrays.stream(FlowField.values())
          .filter(field -> field.type() == FlowType.ADDRESS)
          .map(FlowField::column)
          .collect(Collectors.toUnmodifiableSet());

  FlowCell(String column, Width width, Long absent) {
    this(column, width, absent, false);
  }

  /**
   * The cell that an expression over flows is, but for addresses of {@code ::/96}; empty where it
   * must be computed.
   */
  static Optional<FlowCell> ofMost(Expression expression) {
    if (expression instanceof Alias alias) {
      return ofMost(alias.child());
    } else if (expression instanceof CaseWhen cases
        && cases.branches().size() == 1
        && cases.elseValue().isDefined()
        && cases.elseValue().get() instanceof AttributeReference address
        && isEmbedded(cases.branches().apply(0)._1(), address)) {
      return ofColumn(address)
          .map(cell -> new FlowCell(cell.column(), cell.width(), cell.absent(), true));
    }
    return of(expression);
  }

  /** Whether a condition holds for addresses of {@code ::/96} alone. */
  private static boolean isEmbedded(Expression condition, AttributeReference address) {
    if (condition instanceof And both) {
      return isEmbedded(both.left(), address) || isEmbedded(both.right(), address);
    }
    return condition instanceof LessThanOrEqual compared
        && compared.left().semanticEquals(address)
        && compared.right() instanceof Literal literal
        && literal.value() instanceof byte[] last
        && last.length > EMBEDDED.length
        && Arrays.equals(last, 0, EMBEDDED.length, EMBEDDED, 0, EMBEDDED.length);
  }

  /** The cell that an expression over flows is; empty where it must be computed. */
  static Optional<FlowCell> of(Expression expression) {
    if (expression instanceof Alias alias) {
      return of(alias.child());
    } else if (expression instanceof Literal literal) {
      return ofConstant(literal);
    } else if (expression instanceof AttributeReference attribute) {
      return ofColumn(attribute);
    } else if (expression instanceof UnixMicros micros) {
      return of(micros.child());
    } else if (expression instanceof Cast cast
        && cast.dataType().equals(DataTypes.LongType)
        && cast.child().dataType().equals(DataTypes.IntegerType)) {
      return of(cast.child());
    } else if (expression instanceof Coalesce coalesce) {
      return ofDefault(CollectionConverters.asJava(coalesce.children()));
    }
    return Optional.empty();
  }

  private static Optional<FlowCell> ofConstant(Literal literal) {
    if (literal.value() == null) {
      return Optional.of(new FlowCell(null, Width.ABSENT, null));
    }
    return literal.value() instanceof Integer || literal.value() instanceof Long
        ? Optional.of(new FlowCell(null, Width.NUMBER, ((Number) literal.value()).longValue()))
        : Optional.empty();
  }

  private static Optional<FlowCell> ofColumn(AttributeReference attribute) {
    DataType type = attribute.dataType();
    if (type.equals(DataTypes.IntegerType)
        || type.equals(DataTypes.LongType)
        || type.equals(DataTypes.TimestampType)) {
      return Optional.of(new FlowCell(attribute.name(), Width.NUMBER, null));
    }
    return ADDRESSES.contains(attribute.name())
        ? Optional.of(new FlowCell(attribute.name(), Width.ADDRESS, null))
        : Optional.empty();
  }

  /** A number, and another where it is absent. */
  private static Optional<FlowCell> ofDefault(List<Expression> children) {
    if (children.size() != 2) {
      return Optional.empty();
    }
    Optional<FlowCell> value = of(children.get(0));
    Optional<FlowCell> other = of(children.get(1));
    if (value.isEmpty() || other.isEmpty() || other.get().column() != null) {
      return Optional.empty();
    }
    FlowCell cell = value.get();
    return cell.width() == Width.NUMBER && cell.column() != null && cell.absent() == null
        ? Optional.of(new FlowCell(cell.column(), Width.NUMBER, other.get().absent()))
        : Optional.empty();
  }
}
