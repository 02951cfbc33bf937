package org.flowlake.jobs.filter;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.derive.Derivation;
import org.flowlake.udfs.ip.IpPrefixSet;

/**
 * What a filter asks of a flow, in terms of columns and checked values.
 *
 * <p>The logic has two values, as nfdump's: a test that reads a missing field is false, and its
 * negation is true. Trees can be very deep: walk them with a stack of your own, and neither compare
 * nor print the composed nodes as records do.
 */
public sealed interface BoundFilter extends Serializable {

  /** Every flow. */
  BoundFilter ALWAYS = new Constant(true);

  /** Enough for any single term; copying longer ones up a deep tree would cost its square. */
  int MOST_EXPANDED = 64;

  /** No flow. */
  BoundFilter NEVER = new Constant(false);

  record Constant(boolean matches) implements BoundFilter {}

  record Not(BoundFilter operand) implements BoundFilter {}

  /** All operands hold; there are at least two. */
  record AllOf(List<BoundFilter> operands) implements BoundFilter {
    public AllOf {
      operands = List.copyOf(operands);
    }
  }

  /** Some operand holds; there are at least two. */
  record AnyOf(List<BoundFilter> operands) implements BoundFilter {
    public AnyOf {
      operands = List.copyOf(operands);
    }
  }

  /** The flow has this field. */
  record Present(FlowField field) implements BoundFilter {}

  /** A number of the flow compares so with a constant. */
  record Compare(FlowNumber number, Comparison comparison, long value) implements BoundFilter {}

  /** A number of the flow is one of these. */
  record OneOf(FlowNumber number, SortedSet<Long> values) implements BoundFilter {}

  /** Two fields of the flow compare so; both are there. */
  record CompareFields(FlowField left, Comparison comparison, FlowField right)
      implements BoundFilter {}

  /**
   * An address lies in the set, within its own family. The family is that of the record ({@link
   * AddressFamily}), which has one where it has an address; for addresses whose family is not
   * recorded, {@code ::ffff:a.b.c.d} is IPv4.
   */
  record AddressIn(FlowField field, IpPrefixSet addresses) implements BoundFilter {}

  /** A text field is exactly this. */
  record TextIs(FlowField field, String text) implements BoundFilter {}

  /** Bytes contain this text (ASCII). */
  record Contains(FlowField field, String text) implements BoundFilter {}

  /**
   * Bytes, each taken as one character (ISO 8859-1), match somewhere.
   *
   * @param expression its options are in the text, as {@code (?i)}
   */
  record Matches(FlowField field, Pattern expression) implements BoundFilter {}

  /** The raw file that the flow is from has this ident; see {@link FlowFilter#from}. */
  record IdentIs(String ident) implements BoundFilter {}

  /**
   * A text that follows from the flow stands so to a given one; some text, if there are several.
   */
  record Derived(Derivation value, TextTest test, String text) implements BoundFilter {}

  /** The fields that this node itself reads; empty for a composed one. */
  default List<FlowField> fields() {
    if (this instanceof Compare compare) {
      return compare.number().fields();
    } else if (this instanceof OneOf oneOf) {
      return oneOf.number().fields();
    } else if (this instanceof CompareFields compare) {
      return List.of(compare.left(), compare.right());
    } else if (this instanceof AddressIn in) {
      return AddressFamily.versionOf(in.field())
          .map(version -> List.of(in.field(), version))
          .orElse(List.of(in.field()));
    } else if (this instanceof Present present) {
      return List.of(present.field());
    } else if (this instanceof TextIs text) {
      return List.of(text.field());
    } else if (this instanceof Contains contains) {
      return List.of(contains.field());
    } else if (this instanceof IdentIs) {
      return List.of(FlowField.SOURCE_ID);
    } else if (this instanceof Derived derived) {
      return derived.value().fields();
    }
    return this instanceof Matches matches ? List.of(matches.field()) : List.of();
  }

  /** The operands of this node; empty for a test. */
  default List<BoundFilter> children() {
    if (this instanceof Not not) {
      return List.of(not.operand());
    }
    if (this instanceof AllOf all) {
      return all.operands();
    }
    return this instanceof AnyOf any ? any.operands() : List.of();
  }

  /** The negation; double negation and negated constants vanish. */
  static BoundFilter not(BoundFilter operand) {
    if (operand instanceof Constant constant) {
      return constant.matches() ? NEVER : ALWAYS;
    }
    return operand instanceof Not not ? not.operand() : new Not(operand);
  }

  /** All of these: constants vanish, and negated tests of one field become one. */
  static BoundFilter allOf(List<BoundFilter> operands) {
    List<BoundFilter> kept = new ArrayList<>();
    List<BoundFilter> excluded = new ArrayList<>();
    for (BoundFilter operand : operands) {
      if (operand instanceof Constant constant) {
        if (!constant.matches()) {
          return NEVER;
        }
      } else if (operand instanceof Not not) {
        excluded.add(not.operand());
      } else {
        kept.add(operand);
      }
    }
    if (!excluded.isEmpty()) {
      kept.add(not(anyOf(excluded)));
    }
    return kept.size() > 1 ? new AllOf(kept) : kept.isEmpty() ? ALWAYS : kept.get(0);
  }

  /**
   * Any of these: constants vanish, and tests of one field become one set. A chain of thousands of
   * {@code or host} so costs what one list costs.
   */
  static BoundFilter anyOf(List<BoundFilter> operands) {
    List<BoundFilter> kept = new ArrayList<>();
    Map<FlowNumber, SortedSet<Long>> values = new LinkedHashMap<>();
    Map<FlowField, List<IpPrefixSet>> addresses = new LinkedHashMap<>();
    for (BoundFilter operand : expanded(operands)) {
      if (operand instanceof Constant constant) {
        if (constant.matches()) {
          return ALWAYS;
        }
      } else if (operand instanceof Compare compare && compare.comparison() == Comparison.EQUAL) {
        values.computeIfAbsent(compare.number(), key -> new TreeSet<>()).add(compare.value());
      } else if (operand instanceof OneOf oneOf) {
        values.computeIfAbsent(oneOf.number(), key -> new TreeSet<>()).addAll(oneOf.values());
      } else if (operand instanceof AddressIn in) {
        addresses.computeIfAbsent(in.field(), key -> new ArrayList<>()).add(in.addresses());
      } else {
        kept.add(operand);
      }
    }
    addresses.forEach((field, sets) -> kept.add(new AddressIn(field, IpPrefixSet.union(sets))));
    values.forEach((number, set) -> kept.add(equalsOneOf(number, set)));
    return kept.size() > 1 ? new AnyOf(kept) : kept.isEmpty() ? NEVER : kept.get(0);
  }

  /** A term on either side is an alternative itself; its operands join the others. */
  private static List<BoundFilter> expanded(List<BoundFilter> operands) {
    List<BoundFilter> expanded = new ArrayList<>(operands.size());
    for (BoundFilter operand : operands) {
      if (operand instanceof AnyOf any && any.operands().size() <= MOST_EXPANDED) {
        expanded.addAll(any.operands());
      } else {
        expanded.add(operand);
      }
    }
    return expanded;
  }

  private static BoundFilter equalsOneOf(FlowNumber number, SortedSet<Long> values) {
    return values.size() == 1
        ? new Compare(number, Comparison.EQUAL, values.first())
        : new OneOf(number, values);
  }
}
