package org.flowlake.jobs.filter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Computes a value for a tree from the leaves up, with a stack of its own instead of the thread's.
 */
final class PostOrder {
  private PostOrder() {}

  private record Frame<N, R>(N node, List<N> children, List<R> results) {}

  /**
   * The value of the root.
   *
   * @param children the children of a node, in order
   * @param combine the value of a node from those of its children
   */
  static <N, R> R fold(N root, Function<N, List<N>> children, BiFunction<N, List<R>, R> combine) {
    Deque<Frame<N, R>> open = new ArrayDeque<>();
    open.push(frame(root, children));
    while (true) {
      Frame<N, R> top = open.element();
      if (top.results().size() < top.children().size()) {
        open.push(frame(top.children().get(top.results().size()), children));
        continue;
      }
      R value = combine.apply(top.node(), top.results());
      open.pop();
      if (open.isEmpty()) {
        return value;
      }
      open.element().results().add(value);
    }
  }

  private static <N, R> Frame<N, R> frame(N node, Function<N, List<N>> children) {
    List<N> nodes = children.apply(node);
    return new Frame<>(node, nodes, new ArrayList<>(nodes.size()));
  }
}
