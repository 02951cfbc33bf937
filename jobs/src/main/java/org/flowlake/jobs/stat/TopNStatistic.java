package org.flowlake.jobs.stat;

import java.util.List;
import org.flowlake.jobs.question.RankOrder;

/**
 * One {@code -s}: an element, whether protocols are kept apart, and one table for each order.
 *
 * @param element what is grouped
 * @param split whether the protocol is part of the key
 * @param orders at least one, in print order
 */
public record TopNStatistic(StatElement element, ProtocolSplit split, List<RankOrder> orders) {
  /** Whether flows of different protocols share an entry. */
  public enum ProtocolSplit {
    /** One entry per value. */
    TOGETHER,
    /** One entry per value and protocol ({@code :p}). */
    APART
  }

  public TopNStatistic {
    orders = List.copyOf(orders);
    if (orders.isEmpty()) {
      throw new IllegalArgumentException("A statistic needs an order");
    }
  }
}
