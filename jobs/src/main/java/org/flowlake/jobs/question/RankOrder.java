package org.flowlake.jobs.question;

import java.io.Serializable;

/**
 * An order with its direction.
 *
 * @param name the order's name as nfdump prints it
 * @param measure what is compared
 * @param side whose counters
 * @param direction which end comes first
 */
public record RankOrder(String name, Measure measure, CounterSide side, SortDirection direction)
    implements Serializable {

  public long value(FlowCounters counters) {
    return measure.of(counters, side);
  }

  /** Whether a value of {@code left} comes before, with (0) or after one of {@code right}. */
  public int compare(long left, long right) {
    int ascending = Long.compare(left, right);
    return direction == SortDirection.ASCENDING ? ascending : -ascending;
  }
}
