package org.flowlake.jobs.aggregate;

import java.util.List;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.rows.CounterPresence;
import org.flowlake.jobs.rows.FlowGrouping;

/** Both directions of a conversation as one flow, and which of them is printed as its direction. */
public enum Biflow implements GroupBy {
  /** That of the flow first seen ({@code -b}). */
  OF_FIRST_FLOW,
  /** Turned so that the well-known or smaller kind of port is the destination's ({@code -B}). */
  GUESSED;

  @Override
  public FlowGrouping grouping(List<FlowField> printed, CounterPresence counters) {
    return new BiflowJob(this, printed, counters);
  }
}
