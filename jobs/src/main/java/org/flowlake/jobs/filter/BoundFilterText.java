package org.flowlake.jobs.filter;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.flowlake.converters.flow.FlowType;
import org.flowlake.udfs.ip.IpPrefixSet;
import org.flowlake.udfs.ip.IpRange;

/**
 * Writes a bound filter for people: one line per node, operands below it, two blanks further in.
 */
final class BoundFilterText {
  /** So many values of a list are written out. */
  private static final int MOST_WRITTEN = 20;

  /** Nodes that are deeper are written no further in. */
  private static final int DEEPEST_INDENT = 40;

  private BoundFilterText() {}

  private record Line(BoundFilter node, int depth) {}

  static String of(BoundFilter filter) {
    StringBuilder text = new StringBuilder();
    Deque<Line> todo = new ArrayDeque<>(List.of(new Line(filter, 0)));
    while (!todo.isEmpty()) {
      Line line = todo.pop();
      text.append("  ".repeat(Math.min(line.depth(), DEEPEST_INDENT)))
          .append(head(line.node()))
          .append('\n');
      List<BoundFilter> children = line.node().children();
      for (int i = children.size() - 1; i >= 0; i--) {
        todo.push(new Line(children.get(i), line.depth() + 1));
      }
    }
    return text.toString();
  }

  private static String head(BoundFilter node) {
    if (node instanceof BoundFilter.Constant constant) {
      return constant.matches() ? "every flow" : "no flow";
    } else if (node instanceof BoundFilter.Not) {
      return "not";
    } else if (node instanceof BoundFilter.AllOf) {
      return "all of";
    } else if (node instanceof BoundFilter.AnyOf) {
      return "any of";
    } else if (node instanceof BoundFilter.Compare compare) {
      return number(compare.number())
          + " "
          + compare.comparison().symbol()
          + " "
          + value(compare.number(), compare.value());
    } else if (node instanceof BoundFilter.OneOf oneOf) {
      return number(oneOf.number()) + " in " + values(oneOf.number(), oneOf.values());
    } else if (node instanceof BoundFilter.CompareFields fields) {
      return fields.left().column()
          + " "
          + fields.comparison().symbol()
          + " "
          + fields.right().column();
    } else if (node instanceof BoundFilter.AddressIn in) {
      return in.field().column() + " in " + addresses(in.addresses());
    }
    return textTest(node);
  }

  private static String textTest(BoundFilter node) {
    if (node instanceof BoundFilter.Present present) {
      return present.field().column() + " is there";
    } else if (node instanceof BoundFilter.TextIs text) {
      return text.field().column() + " = '" + text.text() + "'";
    } else if (node instanceof BoundFilter.Contains contains) {
      return contains.field().column() + " contains '" + contains.text() + "'";
    } else if (node instanceof BoundFilter.Matches matches) {
      return matches.field().column() + " matches '" + matches.expression() + "'";
    } else if (node instanceof BoundFilter.IdentIs ident) {
      return "ident of the raw file = '" + ident.ident() + "'";
    }
    // The nodes of other vocabularies describe themselves as records do.
    return node.toString();
  }

  private static String number(FlowNumber number) {
    if (number instanceof FlowNumber.Stored stored) {
      return stored.field().column();
    } else if (number instanceof FlowNumber.Bits bits) {
      String field = bits.field().column();
      String shifted = bits.shift() == 0 ? field : "(" + field + " >> " + bits.shift() + ")";
      return "(" + shifted + " & 0x" + Long.toHexString(bits.mask()) + ")";
    }
    return number.toString().toLowerCase(Locale.ROOT);
  }

  private static String value(FlowNumber number, long value) {
    boolean time =
        number instanceof FlowNumber.Stored stored && stored.field().type() == FlowType.TIMESTAMP;
    return time ? Instant.EPOCH.plus(value, ChronoUnit.MICROS).toString() : Long.toString(value);
  }

  private static String values(FlowNumber number, SortedSet<Long> values) {
    if (values.size() > MOST_WRITTEN) {
      return values.size() + " values from " + values.first() + " to " + values.last();
    }
    return values.stream()
        .map(value -> value(number, value))
        .collect(Collectors.joining(" ", "[", "]"));
  }

  private static String addresses(IpPrefixSet addresses) {
    List<IpRange> ranges = addresses.ranges();
    if (ranges.size() > MOST_WRITTEN) {
      return ranges.size()
          + " ranges from "
          + ranges.get(0).first()
          + " to "
          + ranges.get(ranges.size() - 1).last();
    }
    return ranges.stream()
        .map(range -> range.isSingle() ? range.first().toString() : range.toString())
        .collect(Collectors.joining(" ", "[", "]"));
  }
}
