package org.flowlake.jobs.filter;

import java.util.List;
import org.flowlake.jobs.filter.FilterNode.And;
import org.flowlake.jobs.filter.FilterNode.Not;
import org.flowlake.jobs.filter.FilterNode.Term;

/**
 * Tree of words to tree of columns: values are checked, names become numbers, host names addresses,
 * and what can be told without a flow is told.
 *
 * <p>On the way {@code not} moves down to the terms and nested operands of one kind come together,
 * {@code (a or b) or not (not c and d)} as {@code a or b or c or not d}, so that tests of one field
 * can become one set. Every test is moved a logarithmic number of times: a hostile text of
 * megabytes costs little more than its length.
 */
final class FilterBinder {
  private final TermBinder terms;

  private FilterBinder(TermBinder terms) {
    this.terms = terms;
  }

  /**
   * The bound tree.
   *
   * @throws FilterValueException if a value cannot be; it names the first one
   */
  static BoundFilter bind(FilterNode filter, FilterSettings settings) {
    FilterBinder binder = new FilterBinder(new TermBinder(settings));
    return PostOrder.<Sense, JoinedTests>fold(
            Sense.of(filter, false), Sense::operands, binder::bind)
        .joined();
  }

  private JoinedTests bind(Sense sense, List<JoinedTests> operands) {
    if (sense.node() instanceof Term term) {
      BoundFilter bound = terms.bind(term);
      return JoinedTests.single(sense.negated() ? BoundFilter.not(bound) : bound);
    }
    return sense.joinsAll() ? JoinedTests.allOf(operands) : JoinedTests.anyOf(operands);
  }

  /** A term or a joining node, as it is or negated. */
  private record Sense(FilterNode node, boolean negated) {

    static Sense of(FilterNode node, boolean negated) {
      FilterNode inner = node;
      boolean flipped = negated;
      while (inner instanceof Not not) {
        inner = not.operand();
        flipped = !flipped;
      }
      return new Sense(inner, flipped);
    }

    /** Negated, {@code and} joins any and {@code or} joins all (De Morgan). */
    boolean joinsAll() {
      return node instanceof And != negated;
    }

    List<Sense> operands() {
      return node.children().stream().map(child -> of(child, negated)).toList();
    }
  }
}
