package org.flowlake.jobs.filter;

import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
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
  private FilterCompiler() {}

  /** A node in the sense it has in the tree, or negated. */
  private record Sense(BoundFilter node, boolean negated) {
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
    LeafCompiler leaves = new LeafCompiler(present);
    return PostOrder.<Sense, Condition>fold(
            new Sense(filter, false),
            Sense::children,
            (sense, operands) -> condition(sense, operands, leaves))
        .toColumn();
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
