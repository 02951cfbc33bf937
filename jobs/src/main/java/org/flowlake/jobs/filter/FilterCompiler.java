package org.flowlake.jobs.filter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;

/**
 * Bound tree to a Spark condition made of comparisons that data sources take as pushed filters.
 *
 * <p>{@code not} moves down to the tests, so a missing field needs care only there: a test on it is
 * false, which SQL's null already is for a condition without {@code NOT} above; a negated test is
 * {@code column IS NULL OR column <> value}. The condition is therefore true or not true; false and
 * null are not told apart, which {@code WHERE} does not do either.
 *
 * <p>Columns that a table does not have count as missing in every flow, and the tests on them
 * vanish.
 */
public final class FilterCompiler {
  /**
   * Catalyst walks conditions by recursion; nested deeper than this, a condition asks the
   * interpreter instead. No filter that a person writes comes near.
   */
  static final int DEEPEST_PLAIN = 100;

  private FilterCompiler() {}

  /** A node in the sense it has in the tree, or negated. */
  private record Sense(BoundFilter node, boolean negated) {
    /** Whether all operands must hold; negated, {@code or} joins so (De Morgan). */
    boolean joinsAll() {
      return node instanceof BoundFilter.Not
          || (negated ? node instanceof BoundFilter.AnyOf : node instanceof BoundFilter.AllOf);
    }

    List<Sense> children() {
      boolean flips = node instanceof BoundFilter.Not;
      return node.children().stream().map(child -> new Sense(child, negated != flips)).toList();
    }
  }

  /** The condition over a table of this schema. */
  public static Column compile(BoundFilter filter, StructType schema) {
    return compile(filter, FlowSchema.fields(schema));
  }

  /** The condition over a table that has these columns. */
  public static Column compile(BoundFilter filter, Set<FlowField> present) {
    // What every flow must pass stays plain; only the operand that is too deep does not.
    return Condition.and(
            required(filter).stream()
                .map(
                    operand ->
                        depth(operand.node()) <= DEEPEST_PLAIN
                            ? plain(operand, present)
                            : interpreted(operand, present))
                .toList())
        .toColumn();
  }

  /** What every flow must pass: the filter's operands as far as {@code and} joins them. */
  private static List<Sense> required(BoundFilter filter) {
    List<Sense> required = new ArrayList<>();
    Deque<Sense> open = new ArrayDeque<>(List.of(new Sense(filter, false)));
    while (!open.isEmpty()) {
      Sense sense = open.pop();
      if (sense.joinsAll()) {
        List<Sense> operands = sense.children();
        for (int i = operands.size() - 1; i >= 0; i--) {
          open.push(operands.get(i));
        }
      } else {
        required.add(sense);
      }
    }
    return required;
  }

  private static Condition interpreted(Sense sense, Set<FlowField> present) {
    BoundFilter filter = sense.negated() ? BoundFilter.not(sense.node()) : sense.node();
    Optional<Column> number =
        FlowFilter.asksForNumbers(filter)
            ? Optional.of(functions.col(FlowFilter.RUNNING_NUMBER))
            : Optional.empty();
    return Condition.computed(InterpretedCondition.of(filter, columns(filter, present), number));
  }

  private static Condition plain(Sense filter, Set<FlowField> present) {
    LeafCompiler leaves = new LeafCompiler(present);
    Condition condition =
        PostOrder.fold(
            filter, Sense::children, (sense, operands) -> condition(sense, operands, leaves));
    return filter.children().isEmpty() ? condition : condition.behindImplied();
  }

  private static int depth(BoundFilter filter) {
    return PostOrder.<BoundFilter, Integer>fold(
        filter,
        BoundFilter::children,
        (node, depths) -> 1 + depths.stream().mapToInt(Integer::intValue).max().orElse(0));
  }

  private static List<FlowField> columns(BoundFilter filter, Set<FlowField> present) {
    EnumSet<FlowField> columns = EnumSet.noneOf(FlowField.class);
    PostOrder.<BoundFilter, Boolean>fold(
        filter, BoundFilter::children, (node, done) -> columns.addAll(node.fields()));
    columns.retainAll(present);
    return List.copyOf(columns);
  }

  private static Condition condition(Sense sense, List<Condition> operands, LeafCompiler leaves) {
    BoundFilter node = sense.node();
    if (node instanceof BoundFilter.Not) {
      return operands.get(0);
    }
    if (node instanceof BoundFilter.AllOf) {
      return sense.negated() ? Condition.or(operands) : Condition.and(operands);
    }
    if (node instanceof BoundFilter.AnyOf) {
      return sense.negated() ? Condition.and(operands) : Condition.or(operands);
    }
    return leaves.compile(node, sense.negated());
  }
}
