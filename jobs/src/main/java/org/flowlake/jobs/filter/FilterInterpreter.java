package org.flowlake.jobs.filter;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides one flow after the other: plain, and slower than a compiled condition, to which it is the
 * second opinion.
 *
 * <p>It holds the bound tree as a list of steps from the leaves up, so that no depth of nesting
 * ends the thread's stack, neither here nor when it travels with a task.
 */
public final class FilterInterpreter implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * @param test a single test, or null to join results
   * @param join how many results to join, or to negate the one that is there
   * @param joinsAll whether all or any of them must hold
   * @param negates whether the step negates instead
   */
  private record Step(BoundFilter test, int join, boolean joinsAll, boolean negates)
      implements Serializable {}

  private final Step[] steps;
  private final int deepest;

  public FilterInterpreter(BoundFilter filter) {
    List<Step> order = new ArrayList<>();
    this.deepest =
        PostOrder.<BoundFilter, Integer>fold(
            filter,
            BoundFilter::children,
            (node, operands) -> {
              order.add(step(node, operands.size()));
              return stackNeeded(operands);
            });
    this.steps = order.toArray(Step[]::new);
  }

  private static Step step(BoundFilter node, int operands) {
    if (node instanceof BoundFilter.Not) {
      return new Step(null, operands, false, true);
    }
    return operands == 0
        ? new Step(node, 0, false, false)
        : new Step(null, operands, node instanceof BoundFilter.AllOf, false);
  }

  /** Results that wait at once while a node is decided. */
  private static int stackNeeded(List<Integer> operands) {
    int needed = 1;
    for (int i = 0; i < operands.size(); i++) {
      needed = Math.max(needed, i + operands.get(i));
    }
    return needed;
  }

  /** Whether the flow passes the filter. */
  public boolean matches(FlowValues flow) {
    boolean[] results = new boolean[deepest];
    int size = 0;
    for (Step step : steps) {
      if (step.test != null) {
        results[size++] = FlowTests.holds(step.test, flow);
      } else if (step.negates) {
        results[size - 1] = !results[size - 1];
      } else {
        size -= step.join;
        boolean joined = step.joinsAll;
        for (int i = size; i < size + step.join; i++) {
          joined = step.joinsAll ? joined && results[i] : joined || results[i];
        }
        results[size++] = joined;
      }
    }
    return results[0];
  }
}
