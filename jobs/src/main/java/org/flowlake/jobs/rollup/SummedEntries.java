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

  /**
   * The rows of all groups, in parts for as many threads as there are; of each part one object with
   * other values each time.
   */
  List<Iterator<InternalRow>> groups(List<TopNStatistic> statistics) {
    List<Iterator<InternalRow>> parts = new ArrayList<>();
    for (int i = 0; i < statistics.size(); i++) {
      TopNStatistic statistic = statistics.get(i);
      for (RollupSums.Cursor groups : sums(statistic).cursors(threads)) {
        parts.add(new Groups(statistic, i, groups));
      }
    }
    return parts;
  }

  private RollupSums sums(TopNStatistic statistic) {
    List<RollupSums.Part> parts = new ArrayList<>();
    for (FlowField field : statistic.element().fields()) {
      for (Files files : sides.get(field)) {
        EntryKey key = new EntryKey(statistic, field, filter, files.inside());
        parts.add(new RollupSums.Part(files.scan(), key));
      }
    }
    return RollupSums.of(parts, EntryKey.WORDS, threads);
  }

  private static final class Groups implements Iterator<InternalRow> {
    private final TopNStatistic statistic;
    private final int number;
    private final RollupSums.Cursor group;
    private final EntryRow row = new EntryRow();
    private boolean hasNext;

    Groups(TopNStatistic statistic, int number, RollupSums.Cursor group) {
      this.statistic = statistic;
      this.number = number;
      this.group = group;
      this.hasNext = group.next();
    }

    @Override
    public boolean hasNext() {
      return hasNext;
    }

    @Override
    public InternalRow next() {
      if (!hasNext) {
        throw new NoSuchElementException();
      }
      for (int i = 0; i < CounterColumns.COUNT; i++) {
        row.setCounter(i, group.sum(i));
      }
      EntryKey.write(group, statistic, number, row);
      hasNext = group.next();
      return row.row();
    }
  }
}
