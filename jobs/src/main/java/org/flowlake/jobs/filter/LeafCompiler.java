package org.flowlake.jobs.filter;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowType;
import org.flowlake.jobs.filter.FlowNumber.Bits;
import org.flowlake.jobs.filter.FlowNumber.Place;
import org.flowlake.jobs.filter.FlowNumber.Rate;
import org.flowlake.jobs.filter.FlowNumber.Stored;
import org.flowlake.jobs.rows.NativeCall;
import org.flowlake.udfs.flow.FlowRates;

/** Compiles single tests, as they are or negated. */
final class LeafCompiler {
  private final Set<FlowField> present;
  private final AddressCompiler addresses;

  LeafCompiler(Set<FlowField> present) {
    this.present = present;
    this.addresses = new AddressCompiler();
  }

  Condition compile(BoundFilter test, boolean negated) {
    if (test instanceof BoundFilter.Constant constant) {
      return Condition.constant(constant.matches() != negated);
    }
    List<FlowField> fields = test.fields();
    if (!present.containsAll(fields)) {
      return Condition.constant(negated);
    }
    if (test instanceof BoundFilter.Present field) {
      Column column = column(field.field());
      return Condition.of(negated ? column.isNull() : column.isNotNull());
    }
    if (test instanceof BoundFilter.AddressIn in) {
      return addresses.compile(in, negated);
    }
    if (test instanceof BoundFilter.Derived) {
      // The call answers false, not null, for a flow without the fields.
      return Condition.computed(
          notIf(negated, InterpretedCondition.of(test, fields, Optional.empty())));
    }
    Column condition = condition(test, negated);
    if (!negated) {
      return NecessaryBounds.before(test, condition);
    }
    Column opposite = orMissing(fields, condition);
    return isComparison(test) ? Condition.of(opposite) : Condition.computed(opposite);
  }

  /** Whether sources can make the test or its negation. */
  private static boolean isComparison(BoundFilter test) {
    return test instanceof BoundFilter.Compare compare && NecessaryBounds.isPushed(compare)
        || test instanceof BoundFilter.OneOf oneOf && NecessaryBounds.isStored(oneOf.number())
        || test instanceof BoundFilter.TextIs;
  }

  /** The test or its negation for flows that have all its fields. */
  private static Column condition(BoundFilter test, boolean negated) {
    if (test instanceof BoundFilter.Compare compare) {
      Comparison comparison = negated ? compare.comparison().negated() : compare.comparison();
      return compare(compare.number(), comparison, compare.value());
    } else if (test instanceof BoundFilter.OneOf oneOf) {
      Object[] values =
          oneOf.values().stream().map(value -> literal(oneOf.number(), value)).toArray();
      return notIf(negated, number(oneOf.number()).isin(values));
    } else if (test instanceof BoundFilter.CompareFields fields) {
      Comparison comparison = negated ? fields.comparison().negated() : fields.comparison();
      return compare(column(fields.left()), comparison, column(fields.right()));
    } else if (test instanceof BoundFilter.TextIs text) {
      Comparison comparison = negated ? Comparison.NOT_EQUAL : Comparison.EQUAL;
      return compare(column(text.field()), comparison, functions.lit(text.text()));
    } else if (test instanceof BoundFilter.Contains contains) {
      Column bytes = functions.decode(column(contains.field()), "ISO-8859-1");
      return notIf(negated, bytes.contains(contains.text()));
    } else if (test instanceof BoundFilter.Matches matches) {
      Column bytes = functions.decode(column(matches.field()), "ISO-8859-1");
      return notIf(negated, bytes.rlike(matches.expression().pattern()));
    }
    if (test instanceof BoundFilter.IdentIs ident) {
      throw new IllegalStateException(
          "the raw files with the ident '" + ident.ident() + "' are not known yet");
    }
    throw new AssertionError("no condition for " + test.getClass());
  }

  static Column orMissing(List<FlowField> fields, Column condition) {
    Column result = condition;
    for (FlowField field : fields) {
      result = column(field).isNull().or(result);
    }
    return result;
  }

  static Column notIf(boolean negated, Column condition) {
    return negated ? functions.not(condition) : condition;
  }

  static Column column(FlowField field) {
    return functions.col(field.column());
  }

  static Column compare(FlowNumber number, Comparison comparison, long value) {
    if (number instanceof Bits bits && isTop(bits)) {
      return compareTop(bits, comparison, value);
    }
    Column compared = compare(number(number), comparison, functions.lit(literal(number, value)));
    if (!(number instanceof Rate)) {
      return compared;
    }
    // Figures are unsigned: below 0 they are above all numbers that a filter can name.
    return switch (comparison) {
      case GREATER, AT_LEAST -> compared.or(number(number).lt(0L));
      case LESS, AT_MOST -> compared.and(number(number).geq(0L));
      case EQUAL, NOT_EQUAL -> compared;
    };
  }

  /**
   * Whether the bits are the highest that the field can have: then comparing them is comparing the
   * field itself, which can be pushed. A port has 16 bits, an MPLS stack entry 24.
   */
  static boolean isTop(Bits bits) {
    int width =
        bits.field() == FlowField.DST_PORT ? 16 : bits.field().name().startsWith("MPLS_") ? 24 : 0;
    return bits.shift() > 0 && bits.mask() == (1L << Math.max(0, width - bits.shift())) - 1;
  }

  private static Column compareTop(Bits bits, Comparison comparison, long value) {
    Column column = column(bits.field());
    Column from = functions.lit(literal(bits, value << bits.shift()));
    Column to = functions.lit(literal(bits, (value + 1) << bits.shift()));
    return switch (comparison) {
      case EQUAL -> column.geq(from).and(column.lt(to));
      case NOT_EQUAL -> column.lt(from).or(column.geq(to));
      case GREATER -> column.geq(to);
      case AT_LEAST -> column.geq(from);
      case LESS -> column.lt(from);
      case AT_MOST -> column.lt(to);
    };
  }

  private static Column compare(Column left, Comparison comparison, Column right) {
    return switch (comparison) {
      case EQUAL -> left.equalTo(right);
      case NOT_EQUAL -> left.notEqual(right);
      case GREATER -> left.gt(right);
      case AT_LEAST -> left.geq(right);
      case LESS -> left.lt(right);
      case AT_MOST -> left.leq(right);
    };
  }

  private static Column number(FlowNumber number) {
    if (number instanceof Stored stored) {
      return column(stored.field());
    } else if (number instanceof Bits bits) {
      Column column = column(bits.field());
      Column shifted = bits.shift() == 0 ? column : functions.shiftright(column, bits.shift());
      return shifted.bitwiseAND(literal(bits, bits.mask()));
    } else if (number instanceof Place) {
      return functions.col(FlowFilter.RUNNING_NUMBER);
    }
    return switch ((Rate) number) {
      case DURATION_MILLIS -> durationMillis();
      case PACKETS_PER_SECOND ->
          rate("packetsPerSecond", column(FlowField.IN_PACKETS), durationMillis());
      case BITS_PER_SECOND -> rate("bitsPerSecond", column(FlowField.IN_BYTES), durationMillis());
      case BYTES_PER_PACKET ->
          rate("bytesPerPacket", column(FlowField.IN_BYTES), column(FlowField.IN_PACKETS));
    };
  }

  private static Column durationMillis() {
    return functions
        .unix_millis(column(FlowField.LAST_SEEN))
        .minus(functions.unix_millis(column(FlowField.FIRST_SEEN)));
  }

  /** nfdump's own arithmetic wraps where Spark's, in ANSI mode, fails. */
  private static Column rate(String function, Column first, Column second) {
    return NativeCall.ofStatic(
        FlowRates.class, function, DataTypes.LongType, List.of(first, second));
  }

  /** The number as the column's own type, so that no cast stands between column and literal. */
  private static Object literal(FlowNumber number, long value) {
    FlowType type =
        number instanceof Rate || number instanceof Place
            ? FlowType.LONG
            : number.fields().get(0).type();
    if (type == FlowType.TIMESTAMP) {
      return Instant.EPOCH.plus(value, ChronoUnit.MICROS);
    }
    if (type == FlowType.INT && value == (int) value) {
      return (int) value;
    }
    return value;
  }
}
