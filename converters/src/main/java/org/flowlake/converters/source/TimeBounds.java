package org.flowlake.converters.source;

import java.util.List;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowStatistics;
import org.flowlake.converters.source.FlowPredicate.Comparison;

/**
 * What a filter's top-level time comparisons say of every flow that can pass, as closed bounds in
 * microseconds: enough to leave out files whose statistics record lies outside.
 *
 * @param lastSeenAtLeast no flow passes that was last seen before
 * @param firstSeenAtMost no flow passes that was first seen after
 */
record TimeBounds(long lastSeenAtLeast, long firstSeenAtMost) {
  private static final long MICROS_PER_MILLI = 1000;

  static TimeBounds of(FlowPredicate filter) {
    return of(filter instanceof FlowPredicate.And and ? and.parts() : List.of(filter));
  }

  private static TimeBounds of(List<FlowPredicate> conjuncts) {
    long lastAtLeast = Long.MIN_VALUE;
    long firstAtMost = Long.MAX_VALUE;
    for (FlowPredicate conjunct : conjuncts) {
      if (conjunct instanceof FlowPredicate.And and) {
        TimeBounds inner = of(and.parts());
        lastAtLeast = Math.max(lastAtLeast, inner.lastSeenAtLeast);
        firstAtMost = Math.min(firstAtMost, inner.firstSeenAtMost);
      } else if (conjunct instanceof NumberComparison comparison
          && comparison.left() instanceof NumberExpression.Field field
          && isTime(field.field())) {
        // The statistics record spans all of a file's flows: neither first nor last seen of any
        // lies outside, so a bound on either is a bound on both.
        if (isUpper(comparison.comparison())) {
          firstAtMost = Math.min(firstAtMost, comparison.right());
        }
        if (isLower(comparison.comparison())) {
          lastAtLeast = Math.max(lastAtLeast, comparison.right());
        }
      }
    }
    return new TimeBounds(lastAtLeast, firstAtMost);
  }

  boolean isUnbounded() {
    return lastSeenAtLeast == Long.MIN_VALUE && firstSeenAtMost == Long.MAX_VALUE;
  }

  /**
   * Whether a file with this statistics record can hold a flow within the bounds; true for a file
   * that states no times.
   */
  boolean canHold(FlowStatistics statistics) {
    if (statistics.lastSeenMillis() == 0) {
      return true;
    }
    return statistics.lastSeenMillis() * MICROS_PER_MILLI >= lastSeenAtLeast
        && statistics.firstSeenMillis() * MICROS_PER_MILLI <= firstSeenAtMost;
  }

  /** Whether the span [fromMicros, toMicros] meets the bounds. */
  boolean meets(long fromMicros, long toMicros) {
    return toMicros >= lastSeenAtLeast && fromMicros <= firstSeenAtMost;
  }

  private static boolean isTime(FlowField field) {
    return field == FlowField.FIRST_SEEN || field == FlowField.LAST_SEEN;
  }

  private static boolean isUpper(Comparison comparison) {
    return comparison == Comparison.LT
        || comparison == Comparison.LE
        || comparison == Comparison.EQ;
  }

  private static boolean isLower(Comparison comparison) {
    return comparison == Comparison.GT
        || comparison == Comparison.GE
        || comparison == Comparison.EQ;
  }
}
