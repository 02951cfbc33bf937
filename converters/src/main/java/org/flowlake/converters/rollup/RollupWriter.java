package org.flowlake.converters.rollup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.OutputFileFactory;
import org.flowlake.converters.flow.FlowBatch;

/**
 * Sums the flows that a task has in hand, day by day, and writes a file per rollup and period;
 * years are summed from the days.
 */
public final class RollupWriter {
  /** A day's or year's table beyond this is written as it is and begun anew, to bound memory. */
  private static final int MOST_GROUPS = 1 << 19;

  /** A rollup with more rows than one for so many flows is not worth keeping. */
  static final int LEAST_FLOWS_PER_ROW = 5;

  /** How many flows are summed before a rollup can turn out to be too large. */
  private static final int TRIAL_FLOWS = 1 << 16;

  private final Table table;
  private final OutputFileFactory files;
  private final Set<Rollup> rollups;
  private final Set<Rollup> tooLarge = EnumSet.noneOf(Rollup.class);
  private final Map<Rollup, RollupGroups> days = new EnumMap<>(Rollup.class);
  private final LongerPeriod year = new LongerPeriod(RollupPeriod.YEAR);
  private final List<DataFile> written = new ArrayList<>();

  /** The day of the flows that came last, and how many of it were added. */
  private Integer day;

  private long dayFlows;

  /** Of the flows that are added together: the last words of their keys. */
  private final long[] tails = new long[RollupValues.MOST_FLOWS];

  /** Of the same flows: the keys, and their groups, of one rollup. */
  private final long[] keys;

  private final int[] found = new int[RollupValues.MOST_FLOWS];

  /**
   * A writer for one task.
   *
   * @param table the rollups
   * @param files names for new files
   * @param rollups those to be written
   */
  public RollupWriter(Table table, OutputFileFactory files, Set<Rollup> rollups) {
    this.table = table;
    this.files = files;
    this.rollups = EnumSet.noneOf(Rollup.class);
    this.rollups.addAll(rollups);
    for (Rollup rollup : this.rollups) {
      days.put(rollup, new RollupGroups(RollupKey.words(rollup)));
    }
    int words = rollups.stream().mapToInt(RollupKey::words).max().orElse(0);
    this.keys = new long[words * RollupValues.MOST_FLOWS];
  }

  /**
   * Adds flows from..to of a batch, all of one day. Flows of a day that come one after another, in
   * however many calls, share their rows.
   *
   * @param epochDay days since 1970-01-01 UTC; null for flows without time
   */
  public void add(FlowBatch batch, int from, int to, Integer epochDay) throws IOException {
    if (dayFlows > 0 && !Objects.equals(day, epochDay)) {
      writeDay();
    }
    day = epochDay;
    RollupValues values = new RollupValues(batch);
    Map<Rollup, RollupKey> keys = new EnumMap<>(Rollup.class);
    rollups.forEach(rollup -> keys.put(rollup, new RollupKey(rollup, batch)));
    int next = from;
    while (next < to) {
      int end = values.read(next, to);
      RollupKey.readTails(batch, next, end, tails);
      for (Rollup rollup : rollups) {
        if (!tooLarge.contains(rollup) && !sum(rollup, keys.get(rollup), next, end, values)) {
          tooLarge.add(rollup);
          days.get(rollup).clear();
        }
      }
      dayFlows += end - next;
      next = end;
    }
  }

  /** Writes what is left; call once, at the end. */
  public RollupFiles finish() throws IOException {
    writeDay();
    year.flush();
    return new RollupFiles(written, tooLarge);
  }

  /** Removes what was written, after a failure. */
  public void abort() {
    written.forEach(file -> table.io().deleteFile(file.location()));
  }

  /** False if the rollup turns out to be too large. */
  private boolean sum(Rollup rollup, RollupKey reader, int from, int to, RollupValues values)
      throws IOException {
    RollupGroups groups = days.get(rollup);
    reader.read(from, to, tails, keys);
    int count = to - from;
    groups.groups(keys, count, found);
    values.addTo(groups, found, count);
    long flows = dayFlows + count;
    if (rollup.mayBeLarge()
        && flows / TRIAL_FLOWS > dayFlows / TRIAL_FLOWS
        && groups.size() > flows / LEAST_FLOWS_PER_ROW) {
      return false;
    }
    if (groups.size() >= MOST_GROUPS) {
      writeDay(rollup);
    }
    return true;
  }

  private void writeDay() throws IOException {
    for (Rollup rollup : rollups) {
      if (!tooLarge.contains(rollup)) {
        writeDay(rollup);
      }
    }
    dayFlows = 0;
  }

  private void writeDay(Rollup rollup) throws IOException {
    RollupGroups groups = days.get(rollup);
    if (groups.size() > 0) {
      year.moveTo(day);
      write(rollup, RollupPeriod.DAY, day, groups);
      year.add(rollup, groups, day);
      groups.clear();
    }
  }

  private void write(Rollup rollup, RollupPeriod period, Integer date, RollupGroups groups)
      throws IOException {
    RollupDataFile file = new RollupDataFile(table, files, rollup, period, date, groups);
    try (file) {
      file.write(groups.sorted());
    }
    written.add(file.toDataFile());
  }

  /** What has been summed of the year that the flows are in. */
  private final class LongerPeriod {
    private final RollupPeriod period;
    private final Map<Rollup, RollupGroups> tables = new EnumMap<>(Rollup.class);
    private Integer start;

    LongerPeriod(RollupPeriod period) {
      this.period = period;
    }

    void moveTo(Integer day) throws IOException {
      Integer next = day == null ? null : (Integer) period.start(day);
      if (!Objects.equals(start, next)) {
        flush();
        start = next;
      }
    }

    void add(Rollup rollup, RollupGroups ofDay, Integer day) throws IOException {
      RollupGroups groups =
          tables.computeIfAbsent(rollup, key -> new RollupGroups(RollupKey.words(rollup)));
      long[] key = new long[RollupKey.words(rollup)];
      int tail = key.length - 1;
      for (int group = 0; group < ofDay.size(); group++) {
        for (int word = 0; word < tail; word++) {
          key[word] = ofDay.keyWord(group, word);
        }
        key[tail] = RollupKey.inPeriod(ofDay.keyWord(group, tail), day, period);
        ofDay.addTo(group, groups, groups.group(key));
      }
      if (groups.size() >= MOST_GROUPS) {
        write(rollup, period, start, groups);
        groups.clear();
      }
    }

    void flush() throws IOException {
      for (Map.Entry<Rollup, RollupGroups> table : tables.entrySet()) {
        if (table.getValue().size() > 0 && !tooLarge.contains(table.getKey())) {
          write(table.getKey(), period, start, table.getValue());
        }
        table.getValue().clear();
      }
    }
  }
}
