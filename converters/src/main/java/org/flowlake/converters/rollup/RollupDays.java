package org.flowlake.converters.rollup;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/**
 * What becomes of the files of rollups when the flows of some days do: files of these days go, and
 * so do those of their years, which have to be summed again from the days that are left.
 */
public final class RollupDays {
  /** A merge holds a page of each column of each file. */
  private static final int MOST_FILES = RollupMergePlan.MOST_FILES;

  private final List<DataFile> days = new ArrayList<>();
  private final List<DataFile> years = new ArrayList<>();
  private final List<DataFile> removed = new ArrayList<>();
  private final List<DataFile> added = new ArrayList<>();
  private final List<DataFile> unused = new ArrayList<>();
  private final Set<Integer> changedYears = new HashSet<>();

  private RollupDays() {}

  /**
   * The newest files of the rollups, of which those of these days go.
   *
   * @param changed of days since 1970-01-01
   */
  public static RollupDays of(Table rollups, Predicate<Integer> changed) throws IOException {
    RollupDays files = new RollupDays();
    try (CloseableIterable<FileScanTask> tasks = rollups.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        DataFile file = task.file().copyWithoutStats();
        Integer date = RollupTable.date(file);
        if (RollupTable.period(file) == RollupPeriod.YEAR) {
          files.years.add(file);
        } else if (date != null && changed.test(date)) {
          files.removed.add(file);
          files.changedYears.add(RollupPeriod.YEAR.start(date));
        } else {
          files.days.add(file);
        }
      }
    }
    return files;
  }

  /**
   * Of the newest files of the rollups those of days whose flows were dropped stay, and all others
   * go.
   *
   * @param flowsSince the first day that has all its flows; empty where none were dropped
   */
  public static RollupDays outliving(Table rollups, Optional<LocalDate> flowsSince)
      throws IOException {
    if (flowsSince.isEmpty() || rollups.currentSnapshot() == null) {
      return new RollupDays();
    }
    RollupDays files = of(rollups, day -> day >= flowsSince.get().toEpochDay());
    files.removed.addAll(files.years);
    files.changedYears.clear();
    for (DataFile file : List.copyOf(files.days)) {
      if (RollupTable.date(file) == null) {
        files.days.remove(file);
        files.removed.add(file);
      } else {
        files.changedYears.add(RollupPeriod.YEAR.start(RollupTable.date(file)));
      }
    }
    return files;
  }

  /** Whether files of this day stay, days since 1970-01-01. */
  public boolean holds(int day) {
    return days.stream().anyMatch(file -> Objects.equals(RollupTable.date(file), day));
  }

  /** The files that stay, of days; those that come are among them. */
  List<DataFile> days() {
    return days;
  }

  /** These come in the place of what went: sums of the days, of which the years are not needed. */
  public void replaceBy(List<DataFile> sums) {
    for (DataFile file : sums) {
      if (RollupTable.period(file) == RollupPeriod.YEAR) {
        unused.add(file);
      } else {
        added.add(file);
        days.add(file);
        changedYears.add(RollupPeriod.YEAR.start(RollupTable.date(file)));
      }
    }
    for (DataFile year : years) {
      if (RollupTable.date(year) != null && changedYears.contains(RollupTable.date(year))) {
        removed.add(year);
      }
    }
  }

  /** Whether nothing goes and nothing comes. */
  public boolean isUnchanged() {
    return removed.isEmpty() && added.isEmpty();
  }

  /** Files that go. */
  public List<DataFile> removed() {
    return List.copyOf(removed);
  }

  /** Files of days that come. */
  public List<DataFile> added() {
    return List.copyOf(added);
  }

  /** New files that nothing will refer to. */
  public List<DataFile> unused() {
    return List.copyOf(unused);
  }

  /** The files of which the changed years are to be summed: of one rollup and year each. */
  public List<List<DataFile>> daysOfChangedYears() {
    Map<String, List<DataFile>> byYear = new TreeMap<>();
    for (DataFile file : days) {
      Integer date = RollupTable.date(file);
      if (date != null && changedYears.contains(RollupPeriod.YEAR.start(date))) {
        byYear
            .computeIfAbsent(
                RollupTable.rollup(file) + " " + RollupPeriod.YEAR.start(date),
                any -> new ArrayList<>())
            .add(file);
      }
    }
    List<List<DataFile>> sets = new ArrayList<>();
    for (List<DataFile> year : byYear.values()) {
      for (int from = 0; from < year.size(); from += MOST_FILES) {
        sets.add(List.copyOf(year.subList(from, Math.min(year.size(), from + MOST_FILES))));
      }
    }
    return sets;
  }
}
