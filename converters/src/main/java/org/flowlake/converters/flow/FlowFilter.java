package org.flowlake.converters.flow;

import java.util.Set;

/**
 * Tells which flows a reader delivers. It looks at few fields: a reader decodes these first, and
 * the others only of the flows that are wanted.
 */
public interface FlowFilter {
  /** Every flow is wanted. */
  FlowFilter ALL =
      new FlowFilter() {
        @Override
        public Set<FlowField> fields() {
          return Set.of();
        }

        @Override
        public Selection over(FlowBatch batch) {
          return (from, to, rows) -> {
            for (int row = from; row < to; row++) {
              rows[row - from] = row;
            }
            return to - from;
          };
        }
      };

  /** The fields that it looks at. */
  Set<FlowField> fields();

  /** The filter over the columns of a batch, which must have all {@link #fields()}. */
  Selection over(FlowBatch batch);

  /** Finds the wanted ones among some rows of a batch. */
  @FunctionalInterface
  interface Selection {
    /**
     * Looks at the rows from one number to before another, of which other columns than those of the
     * filter may have no value yet.
     *
     * @param rows takes the numbers of the wanted ones, ascending; has room for all
     * @return how many are wanted
     */
    int select(int from, int to, int[] rows);
  }
}
