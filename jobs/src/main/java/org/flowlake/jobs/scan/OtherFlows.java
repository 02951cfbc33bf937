package org.flowlake.jobs.scan;

import org.flowlake.jobs.groups.PackedGroups;
import org.flowlake.jobs.rows.CounterColumns;

/** The sum of flows that belong to no group that is shown: totals need them all the same. */
final class OtherFlows {
  private final long[] sums = new long[CounterColumns.COUNT];

  /** Adds counters, in the order of {@link CounterColumns}. */
  void add(long[] counters) {
    if (isEmpty()) {
      System.arraycopy(counters, 0, sums, 0, sums.length);
      return;
    }
    for (int i = 0; i < CounterColumns.FIRST; i++) {
      sums[i] += counters[i];
    }
    sums[CounterColumns.FIRST] =
        Math.min(sums[CounterColumns.FIRST], counters[CounterColumns.FIRST]);
    sums[CounterColumns.LAST] = Math.max(sums[CounterColumns.LAST], counters[CounterColumns.LAST]);
  }

  boolean isEmpty() {
    return sums[CounterColumns.RECORDS] == 0;
  }

  /** Hands them over as one group; false where there is no room for it. */
  boolean moveTo(PackedGroups groups) {
    boolean added = groups.addAbsent(sums);
    sums[CounterColumns.RECORDS] = 0;
    return added;
  }
}
