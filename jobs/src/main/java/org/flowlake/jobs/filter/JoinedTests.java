package org.flowlake.jobs.filter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.flowlake.jobs.filter.BoundFilter.Constant;

/**
 * Tests that are joined by one word and may still get more, while a filter is bound from the leaves
 * up: constants are gone already, and nested operands of the same word have come together. Where
 * the word changes, {@link #joined} makes a node of them, once.
 */
final class JoinedTests {
  /** What joins them; {@link #SINGLE} where there is one only, or a constant. */
  private enum Word {
    SINGLE,
    ALL,
    ANY
  }

  private final Word word;
  private Deque<BoundFilter> tests;

  private JoinedTests(Word word, Deque<BoundFilter> tests) {
    this.word = word;
    this.tests = tests;
  }

  static JoinedTests single(BoundFilter test) {
    return new JoinedTests(Word.SINGLE, new ArrayDeque<>(List.of(test)));
  }

  /** All of these; they are used up. */
  static JoinedTests allOf(List<JoinedTests> operands) {
    return joined(operands, Word.ALL, BoundFilter.ALWAYS, BoundFilter.NEVER);
  }

  /** Any of these; they are used up. */
  static JoinedTests anyOf(List<JoinedTests> operands) {
    return joined(operands, Word.ANY, BoundFilter.NEVER, BoundFilter.ALWAYS);
  }

  private static JoinedTests joined(
      List<JoinedTests> operands, Word word, BoundFilter neutral, BoundFilter decisive) {
    List<JoinedTests> kept = new ArrayList<>();
    for (JoinedTests operand : operands) {
      if (operand.constant() == null) {
        kept.add(operand);
      } else if (operand.constant().equals(decisive)) {
        return single(decisive);
      }
    }
    if (kept.isEmpty()) {
      return single(neutral);
    }
    if (kept.size() == 1) {
      return kept.get(0);
    }
    JoinedTests all = new JoinedTests(word, new ArrayDeque<>());
    for (JoinedTests operand : kept) {
      boolean same = operand.word == word || operand.word == Word.SINGLE;
      all.append(same ? operand.tests : new ArrayDeque<>(List.of(operand.joined())));
    }
    return all;
  }

  private BoundFilter constant() {
    return word == Word.SINGLE && tests.element() instanceof Constant constant ? constant : null;
  }

  /** The shorter row is moved to the longer one, in order. */
  private void append(Deque<BoundFilter> more) {
    if (more.size() <= tests.size()) {
      tests.addAll(more);
    } else {
      while (!tests.isEmpty()) {
        more.addFirst(tests.removeLast());
      }
      tests = more;
    }
  }

  /** The node of all these tests. */
  BoundFilter joined() {
    return switch (word) {
      case SINGLE -> tests.element();
      case ALL -> BoundFilter.allOf(List.copyOf(tests));
      case ANY -> BoundFilter.anyOf(List.copyOf(tests));
    };
  }
}
