package org.flowlake.jobs.aggregate;

import java.util.List;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.rows.CounterPresence;
import org.flowlake.jobs.rows.FlowGrouping;

/** What flows are grouped by: keys, or both directions of a conversation. */
public sealed interface GroupBy permits Aggregation, Biflow {
  /**
   * How flows are grouped for an output that needs these fields.
   *
   * @param printed fields that the output shows, beyond the counters
   * @param counters how it shows counters that a group does not carry
   */
  FlowGrouping grouping(List<FlowField> printed, CounterPresence counters);
}
