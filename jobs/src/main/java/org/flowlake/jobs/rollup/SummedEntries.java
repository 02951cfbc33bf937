package org.flowlake.jobs.rollup;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.rollup.RollupScan;
import org.flowlake.converters.rollup.RollupSums;
import org.flowlake.jobs.filter.FlowFilter;
import org.flowlake.jobs.rows.CounterColumns;
import org.flowlake.jobs.stat.EntryRow;
import org.flowlake.jobs.stat.TopNStatistic;

/**
 * Entries of statistics, summed from rollups in this JVM: planning a Spark job takes longer than
 * reading a year's rows of a few hundred thousand hosts.
 *
 * @param sides for each field that is counted, the files of its rollup
 */
record SummedEntries(Map<FlowField, List<Files>> sides, Optional<FlowFilter> filter, int threads) {
  /** The share of the heap for the groups of one question. */
  private static final long HEAP_SHARE = 4;

  /** What an entry takes that waits to be printed, beyond its group. */
  private static final int BYTES_PER_ENTRY = 600;

  /** Files of a period, and which of their rows lie in the time window. */
  record Files(RollupScan scan, PeriodRows inside) {}

  /** Whether there is memory enough: every row may turn out to be a group of its own. */
  boolean fit(List<TopNStatistic> statistics, int entries) {
    long rows = 0;
    for (TopNStatistic statistic : statistics) {
      for (FlowField field : statistic.element().fields()) {
        rows += sides.get(field).stream().mapToLong(files -> files.scan().rows()).sum();
      }
    }
    long bytes = RollupSums.HEAP_BYTES_PER_GROUP + (entries == 0 ? BYTES_PER_ENTRY : 0);
    return rows <= Runtime.getRuntime().maxMemory() / HEAP_SHARE / bytes;
  }

  /** The rows of all groups; one object with other values each time. */
  Iterator<InternalRow> groups(List<TopNStatistic> statistics) {
    List<RollupSums> sums = new ArrayList<>();
    for (TopNStatistic statistic : statistics) {
      List<RollupSums.Part> parts = new ArrayList<>();
      for (FlowField field : statistic.element().fields()) {
        for (Files files : sides.get(field)) {
          EntryKey key = new EntryKey(statistic, field, filter, files.inside());
          parts.add(new RollupSums.Part(files.scan(), key));
        }
      }
      sums.add(RollupSums.of(parts, EntryKey.WORDS, threads));
    }
    return new Groups(statistics, sums);
  }

  private static final class Groups implements Iterator<InternalRow> {
    private final List<TopNStatistic> statistics;
    private final Iterator<RollupSums> sums;
    private final EntryRow row = new EntryRow();
    private int statistic = -1;
    private RollupSums.Cursor group;
    private boolean ready;

    Groups(List<TopNStatistic> statistics, List<RollupSums> sums) {
      this.statistics = statistics;
      this.sums = sums.iterator();
    }

    @Override
    public boolean hasNext() {
      while (!ready && (group != null || sums.hasNext())) {
        if (group == null) {
          group = sums.next().cursor();
          statistic++;
        }
        ready = group.next();
        group = ready ? group : null;
      }
      return ready;
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      for (int i = 0; i < CounterColumns.COUNT; i++) {
        row.setCounter(i, group.sum(i));
      }
      EntryKey.write(group, statistics.get(statistic), statistic, row);
      ready = false;
      return row.row();
    }
  }
}
