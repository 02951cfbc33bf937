package org.flowlake.jobs.filter;

import java.util.List;

/**
 * A filter as it was written. Trees can be as deep as a text is long, so nothing may walk them (or
 * compare or print them as records do) by recursion; {@link PostOrder} walks them.
 */
sealed interface FilterNode {

  /** One test; {@code span} covers all its words. */
  record Term(TermForm form, Argument argument, SourceSpan span) implements FilterNode {}

  record Not(FilterNode operand) implements FilterNode {}

  /** At least two operands. */
  record And(List<FilterNode> operands) implements FilterNode {
    public And {
      operands = List.copyOf(operands);
    }
  }

  /** At least two operands. */
  record Or(List<FilterNode> operands) implements FilterNode {
    public Or {
      operands = List.copyOf(operands);
    }
  }

  /** The operands of this node; empty for a term. */
  default List<FilterNode> children() {
    if (this instanceof Not not) {
      return List.of(not.operand());
    }
    if (this instanceof And and) {
      return and.operands();
    }
    return this instanceof Or or ? or.operands() : List.of();
  }
}
