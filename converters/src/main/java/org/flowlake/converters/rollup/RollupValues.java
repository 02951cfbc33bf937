package org.flowlake.converters.rollup;

import java.util.List;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;

/**
 * What rollups sum of some flows of a batch, flow by flow, in the form of {@link RollupGroups}:
 * read out of the columns once and added to every rollup.
 */
final class RollupValues {
  /** In the order of the sums in {@link RollupGroups}. */
  static final List<FlowField> COUNTERS =
      List.of(FlowField.IN_PACKETS, FlowField.IN_BYTES, FlowField.OUT_PACKETS, FlowField.OUT_BYTES);

  /** So few that they stay in the processor's cache while all rollups take them. */
  static final int MOST_FLOWS = 1 << 10;

  private final FlowColumn flows;
  private final FlowColumn[] counters;
  private final FlowColumn first;
  private final FlowColumn last;
  private final FlowColumn flags;
  private final long[] values = new long[MOST_FLOWS * RollupGroups.SUMS];

  RollupValues(FlowBatch batch) {
    this.flows = batch.column(FlowField.FLOWS);
    this.counters = COUNTERS.stream().map(batch::column).toArray(FlowColumn[]::new);
    this.first = batch.column(FlowField.FIRST_SEEN);
    this.last = batch.column(FlowField.LAST_SEEN);
    this.flags = batch.column(FlowField.TCP_FLAGS);
  }

  /** Reads flows from this one on, in place of those before; the end of what is read. */
  int read(int from, int to) {
    int end = Math.min(to, from + MOST_FLOWS);
    for (int row = from; row < end; row++) {
      int at = (row - from) * RollupGroups.SUMS;
      long count = flows == null || flows.isNull(row) ? 0 : flows.longAt(row);
      values[at + RollupGroups.RECORDS] = 1;
      values[at + RollupGroups.FLOWS] = count == 0 ? 1 : count;
      for (int i = 0; i < counters.length; i++) {
        FlowColumn counter = counters[i];
        values[at + RollupGroups.IN_PACKETS + i] =
            counter == null || counter.isNull(row) ? 0 : counter.longAt(row);
      }
      values[at + RollupGroups.FIRST] = first.isNull(row) ? Long.MAX_VALUE : first.longAt(row);
      values[at + RollupGroups.LAST] = last.isNull(row) ? Long.MIN_VALUE : last.longAt(row);
      values[at + RollupGroups.FLAGS] =
          flags.isNull(row) ? RollupGroups.NO_FLAGS : flags.intAt(row);
    }
    return end;
  }

  /** Adds each of the first flows that were read to a group. */
  void addTo(RollupGroups groups, int[] group, int count) {
    for (int flow = 0; flow < count; flow++) {
      groups.add(group[flow], values, flow * RollupGroups.SUMS);
    }
  }
}
