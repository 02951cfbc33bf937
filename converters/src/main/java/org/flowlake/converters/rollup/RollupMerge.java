package org.flowlake.converters.rollup;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.OutputFileFactory;

/**
 * Puts several files of one rollup and period into one, with one row per key: the files are sorted,
 * so a row of each is all that is held.
 */
public final class RollupMerge {
  /** Rows are written so many at a time. */
  private static final int CHUNK_ROWS = 1 << 12;

  private RollupMerge() {}

  /** Files of one rollup, period and date each, where there are several. */
  public static List<List<DataFile>> candidates(Collection<DataFile> files, RollupPeriod period) {
    Map<List<Object>, List<DataFile>> byPartition = new HashMap<>();
    for (DataFile file : files) {
      if (RollupTable.period(file) == period) {
        byPartition
            .computeIfAbsent(
                Arrays.asList(RollupTable.rollup(file), RollupTable.date(file)),
                partition -> new ArrayList<>())
            .add(file);
      }
    }
    return byPartition.values().stream().filter(same -> same.size() > 1).toList();
  }

  /** The file that holds the sums of all of these, which nothing refers to yet. */
  public static DataFile merge(Table table, OutputFileFactory files, List<DataFile> merged)
      throws IOException {
    DataFile any = merged.get(0);
    return merge(table, files, merged, RollupTable.period(any), RollupTable.date(any));
  }

  /**
   * The file per year that holds the sums of these files per day, all of one year; keys that the
   * longer period joins may have two rows. Nothing refers to it yet.
   */
  public static DataFile ofYear(Table table, OutputFileFactory files, List<DataFile> days)
      throws IOException {
    int start = RollupPeriod.YEAR.start(RollupTable.date(days.get(0)));
    return merge(table, files, days, RollupPeriod.YEAR, start);
  }

  private static DataFile merge(
      Table table,
      OutputFileFactory files,
      List<DataFile> merged,
      RollupPeriod period,
      Integer start)
      throws IOException {
    Rollup rollup = RollupTable.rollup(merged.get(0));
    RollupGroups chunk = new RollupGroups(RollupKey.words(rollup));
    RollupDataFile writer = new RollupDataFile(table, files, rollup, period, start, chunk);
    List<RollupRows> inputs = new ArrayList<>();
    try (writer;
        Closeable all = () -> closeAll(inputs)) {
      for (DataFile file : merged) {
        inputs.add(new RollupRows(table, file, rollup, period, start));
      }
      merge(inputs, chunk, writer);
    }
    return writer.toDataFile();
  }

  private static void merge(List<RollupRows> inputs, RollupGroups chunk, RollupDataFile writer)
      throws IOException {
    PriorityQueue<RollupRows> next =
        new PriorityQueue<>((left, right) -> Arrays.compareUnsigned(left.key(), right.key()));
    for (RollupRows input : inputs) {
      if (input.next()) {
        next.add(input);
      }
    }
    while (!next.isEmpty()) {
      RollupRows least = next.poll();
      boolean another = chunk.size() == 0 || !chunk.isLast(least.key());
      if (another && chunk.size() == CHUNK_ROWS) {
        write(chunk, writer);
      }
      least.addTo(chunk, chunk.group(least.key()));
      if (least.next()) {
        next.add(least);
      }
    }
    write(chunk, writer);
  }

  private static void write(RollupGroups chunk, RollupDataFile writer) throws IOException {
    writer.write(IntStream.range(0, chunk.size()).toArray());
    chunk.clear();
  }

  private static void closeAll(List<RollupRows> inputs) throws IOException {
    for (RollupRows input : inputs) {
      input.close();
    }
  }
}
