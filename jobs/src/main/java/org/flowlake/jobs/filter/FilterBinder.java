package org.flowlake.jobs.filter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.flowlake.jobs.filter.FilterNode.And;
import org.flowlake.jobs.filter.FilterNode.Not;
import org.flowlake.jobs.filter.FilterNode.Or;
import org.flowlake.jobs.filter.FilterNode.Term;

/**
 * Tree of words to tree of columns: values are checked, names become numbers, host names addresses,
 * and what can be told without a flow is told.
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
    return PostOrder.fold(filter, FilterBinder::operands, binder::bind);
  }

  private BoundFilter bind(FilterNode node, List<BoundFilter> operands) {
    if (node instanceof Term term) {
      return terms.bind(term);
    }
    if (node instanceof Not) {
      return BoundFilter.not(operands.get(0));
    }
    return node instanceof And ? BoundFilter.allOf(operands) : BoundFilter.anyOf(operands);
  }

  /** The operands, those of nested nodes of the same kind in their place: {@code (a or b) or c}. */
  private static List<FilterNode> operands(FilterNode node) {
    if (!(node instanceof And) && !(node instanceof Or)) {
      return node.children();
    }
    List<FilterNode> operands = new ArrayList<>();
    Deque<FilterNode> todo = new ArrayDeque<>();
    todo.push(node);
    while (!todo.isEmpty()) {
      FilterNode next = todo.pop();
      if (next.getClass() == node.getClass()) {
        List<FilterNode> children = next.children();
        for (int i = children.size() - 1; i >= 0; i--) {
          todo.push(children.get(i));
        }
      } else {
        operands.add(next);
      }
    }
    return operands;
  }
}
