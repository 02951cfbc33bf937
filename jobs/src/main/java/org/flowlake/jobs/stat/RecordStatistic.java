package org.flowlake.jobs.stat;

import java.util.List;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.rows.FlowGrouping;

/**
 * The statistic of records ({@code -s record}): groups of flows, with one table for each order.
 *
 * @param grouping how flows are grouped
 * @param orders at least one, in print order
 */
public record RecordStatistic(FlowGrouping grouping, List<RankOrder> orders) {
  public RecordStatistic {
    orders = List.copyOf(orders);
    if (orders.isEmpty()) {
      throw new IllegalArgumentException("A statistic needs an order");
    }
  }
}
