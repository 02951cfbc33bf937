package org.flowlake.converters.rollup;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;

/**
 * Which files of rollups are worth putting together: every batch adds a set of rows of its own to
 * each period that it has flows of.
 *
 * <p>The files of a closed day become one. A year goes on for long, and to write all its rows again
 * each night would cost more than what is added: of its files the smallest are merged, as long as
 * each is at most {@link #MOST_TIMES_LARGER} times those before it. So the files of a year grow by
 * that factor from one to the next, are few, and a row is written again a few times only.
 *
 * @param period such as {@code 2024-03-01}, or {@code 2024} for a year; for messages
 * @param sets files of one rollup and period each, to become one file
 */
public record RollupMergePlan(String period, List<List<DataFile>> sets) {
  /** A merge holds a row of each file, and its readers a page of each column. */
  static final int MOST_FILES = 64;

  static final long MOST_TIMES_LARGER = 4;

  /** Files below this size are merged whatever they are beside: it takes a moment. */
  static final long ALWAYS_MERGED_BYTES = 4L << 20;

  private record Partition(Rollup rollup, RollupPeriod period, Integer date) {}

  public RollupMergePlan {
    sets = sets.stream().map(List::copyOf).toList();
  }

  /**
   * The merges that are worth it now, by period; once they are done there may be more.
   *
   * @param files of the rollups' newest snapshot
   * @param before only days before this one: others still get rows
   */
  public static List<RollupMergePlan> of(Collection<DataFile> files, LocalDate before) {
    Map<Partition, List<DataFile>> partitions = new HashMap<>();
    for (DataFile file : files) {
      Partition partition =
          new Partition(RollupTable.rollup(file), RollupTable.period(file), RollupTable.date(file));
      if (isClosed(partition, before)) {
        partitions.computeIfAbsent(partition, any -> new ArrayList<>()).add(file);
      }
    }
    Map<List<Object>, List<List<DataFile>>> byPeriod = new HashMap<>();
    partitions.forEach(
        (partition, of) -> {
          List<DataFile> set = worthMerging(of, partition.period());
          if (set.size() > 1) {
            byPeriod
                .computeIfAbsent(
                    Arrays.asList(partition.date(), partition.period()), any -> new ArrayList<>())
                .add(set);
          }
        });
    return byPeriod.entrySet().stream()
        .map(period -> new RollupMergePlan(text(period.getKey()), period.getValue()))
        .sorted(Comparator.comparing(RollupMergePlan::period))
        .toList();
  }

  private static boolean isClosed(Partition partition, LocalDate before) {
    return partition.period() == RollupPeriod.YEAR
        || partition.date() == null
        || partition.date() < before.toEpochDay();
  }

  private static List<DataFile> worthMerging(List<DataFile> files, RollupPeriod period) {
    List<DataFile> smallestFirst =
        files.stream().sorted(Comparator.comparing(DataFile::fileSizeInBytes)).toList();
    int count = 0;
    long bytes = 0;
    for (DataFile file : smallestFirst) {
      boolean tooLarge =
          period == RollupPeriod.YEAR
              && count > 0
              && file.fileSizeInBytes() > ALWAYS_MERGED_BYTES
              && file.fileSizeInBytes() > MOST_TIMES_LARGER * bytes;
      if (tooLarge || count == MOST_FILES) {
        break;
      }
      count++;
      bytes += file.fileSizeInBytes();
    }
    return smallestFirst.subList(0, count);
  }

  private static String text(List<Object> key) {
    Integer date = (Integer) key.get(0);
    if (date == null) {
      return "flows without time";
    }
    LocalDate first = LocalDate.ofEpochDay(date);
    return key.get(1) == RollupPeriod.YEAR ? Integer.toString(first.getYear()) : first.toString();
  }
}
