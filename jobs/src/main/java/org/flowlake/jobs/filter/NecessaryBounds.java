package org.flowlake.jobs.filter;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.filter.FlowNumber.Bits;
import org.flowlake.jobs.filter.FlowNumber.Rate;

/**
 * Comparisons of single columns that hold wherever a test holds which no source can take itself:
 * they are pushed in its place, so that what cannot match is skipped.
 */
final class NecessaryBounds {
  /** Iceberg compares no longer list with the bounds of a file or row group. */
  private static final int LONGEST_COMPARED = 200;

  private static final long PACKETS_FACTOR = 1000;
  private static final long BYTES_FACTOR = 8000;

  private NecessaryBounds() {}

  /** The condition of a test that is not negated, with what follows from it in front. */
  static Condition before(BoundFilter test, Column condition) {
    if (test instanceof BoundFilter.Compare compare) {
      return isPushed(compare)
          ? Condition.of(condition)
          : joined(of(compare.number(), lowest(compare)), condition);
    } else if (test instanceof BoundFilter.OneOf oneOf) {
      return oneOf(oneOf, condition);
    } else if (test instanceof BoundFilter.TextIs) {
      return Condition.of(condition);
    }
    return joined(present(test.fields()), condition);
  }

  /** Whether the comparison is one of a column as it is, or can be written so. */
  static boolean isPushed(BoundFilter.Compare compare) {
    return isStored(compare.number())
        || compare.number() instanceof Bits bits && LeafCompiler.isTop(bits);
  }

  static boolean isStored(FlowNumber number) {
    return number instanceof FlowNumber.Stored || number instanceof FlowNumber.Place;
  }

  private static Condition oneOf(BoundFilter.OneOf oneOf, Column condition) {
    long first = oneOf.values().first();
    if (!isStored(oneOf.number())) {
      return joined(of(oneOf.number(), first), condition);
    }
    if (oneOf.values().size() <= LONGEST_COMPARED) {
      return Condition.of(condition);
    }
    Column lowest = LeafCompiler.compare(oneOf.number(), Comparison.AT_LEAST, first);
    Column highest =
        LeafCompiler.compare(oneOf.number(), Comparison.AT_MOST, oneOf.values().last());
    return Condition.of(lowest.and(highest).and(condition));
  }

  private static Condition joined(List<Column> bounds, Column condition) {
    return Condition.computed(bounds.stream().reduce(Column::and).orElseThrow(), condition);
  }

  /** The smallest number that passes the comparison; 0 if there is none. */
  private static long lowest(BoundFilter.Compare compare) {
    return switch (compare.comparison()) {
      case EQUAL, AT_LEAST -> compare.value();
      case GREATER -> compare.value() == Long.MAX_VALUE ? Long.MAX_VALUE : compare.value() + 1;
      case LESS, AT_MOST, NOT_EQUAL -> 0;
    };
  }

  /** What holds where this figure is {@code lowest} or more. */
  private static List<Column> of(FlowNumber number, long lowest) {
    List<Column> bounds = present(number.fields());
    if (lowest > 0 && number instanceof Bits bits) {
      long stored = lowest << bits.shift();
      if (stored >> bits.shift() == lowest && stored <= Integer.MAX_VALUE) {
        bounds.add(LeafCompiler.column(bits.field()).geq((int) stored));
      }
    } else if (lowest > 0 && number instanceof Rate rate) {
      // Durations and packets are whole numbers: 1 is the least that does not make the rate 0.
      switch (rate) {
        case PACKETS_PER_SECOND ->
            bounds.add(atLeast(FlowField.IN_PACKETS, lowest, PACKETS_FACTOR));
        case BITS_PER_SECOND -> bounds.add(atLeast(FlowField.IN_BYTES, lowest, BYTES_FACTOR));
        case BYTES_PER_PACKET -> bounds.add(atLeast(FlowField.IN_BYTES, lowest, 1));
        case DURATION_MILLIS -> {
          // two columns that may both hold anything
        }
      }
    }
    return bounds;
  }

  /** {@code factor * counter >= product} for a counter that is unsigned and may wrap. */
  private static Column atLeast(FlowField counter, long product, long factor) {
    Column column = LeafCompiler.column(counter);
    long least = product / factor + (product % factor == 0 ? 0 : 1);
    return column.geq(least).or(column.lt(0L));
  }

  private static List<Column> present(List<FlowField> fields) {
    List<Column> present = new ArrayList<>();
    fields.forEach(field -> present.add(LeafCompiler.column(field).isNotNull()));
    return present;
  }
}
