package org.flowlake.converters.rollup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.DataFile;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.parquet.FileReaders;
import org.flowlake.converters.parquet.ParquetFooters;
import org.flowlake.converters.parquet.RowGroupReader;
import org.flowlake.converters.parquet.StoredParquet;

/**
 * Sums rows of rollups by any key, in this JVM: every thread takes row group after row group and
 * decodes it column by column, without an object per value. Files are sorted by the keys of their
 * rollup, so that each gives its groups in order, and {@link Cursor} merges them.
 */
public final class RollupSums {
  /** How many sums a group has. */
  public static final int COUNT = RollupGroups.LAST + 1;

  /** Bytes of heap for a group, while what holds them grows. */
  public static final int HEAP_BYTES_PER_GROUP = 300;

  private final List<GroupRuns> groups;
  private final int keyWords;

  private RollupSums(List<GroupRuns> groups, int keyWords) {
    this.groups = groups;
    this.keyWords = keyWords;
  }

  /** What rows count, and for what; used by several threads. */
  public interface Rows {
    /** The fields that the other methods look at, beside sums and times. */
    Set<FlowField> fields();

    /**
     * Whether a row counts.
     *
     * @param date first day of its period, days since 1970-01-01; null for flows without time
     */
    boolean count(RollupBatch rows, int row, Integer date);

    /** Writes the key of a row. */
    void key(RollupBatch rows, int row, long[] key);
  }

  /** Rows of some files, summed each as they say. */
  public record Part(RollupScan scan, Rows rows) {}

  /**
   * Sums all rows that count.
   *
   * @param keyWords length of a key
   * @throws java.io.UncheckedIOException if a file cannot be read
   */
  public static RollupSums of(List<Part> parts, int keyWords, int threads) {
    try (FileReaders readers = new FileReaders(threads, "the rollups")) {
      List<Callable<OpenFile>> opened = new ArrayList<>();
      for (Part part : parts) {
        for (DataFile file : part.scan().files()) {
          opened.add(() -> OpenFile.of(part, file));
        }
      }
      List<RowGroup> rowGroups = new ArrayList<>();
      for (OpenFile file : readers.results(opened)) {
        for (int i = 0; i < file.groups(); i++) {
          rowGroups.add(new RowGroup(file, i));
        }
      }
      AtomicInteger next = new AtomicInteger();
      List<Callable<List<GroupRuns>>> summed = new ArrayList<>();
      for (int i = 0; i < Math.min(threads, rowGroups.size()); i++) {
        summed.add(new Summing(rowGroups, next, keyWords));
      }
      return new RollupSums(
          readers.results(summed).stream().flatMap(List::stream).toList(), keyWords);
    }
  }

  private record OpenFile(Part part, Integer date, StoredParquet file, int groups) {
    static OpenFile of(Part part, DataFile file) throws IOException {
      StoredParquet stored =
          new StoredParquet(part.scan().table().io().newInputFile(file.location()));
      int groups = ParquetFooters.of(stored).getBlocks().size();
      return new OpenFile(part, RollupTable.date(file), stored, groups);
    }
  }

  private record RowGroup(OpenFile of, int number) {}

  /** What one thread does; each has row groups of a file in their order. */
  private record Summing(List<RowGroup> rowGroups, AtomicInteger next, int keyWords)
      implements Callable<List<GroupRuns>> {
    @Override
    public List<GroupRuns> call() throws IOException {
      List<GroupRuns> all = new ArrayList<>();
      int mine = next.getAndIncrement();
      while (mine < rowGroups.size()) {
        OpenFile file = rowGroups.get(mine).of();
        GroupRuns groups = new GroupRuns(keyWords);
        all.add(groups);
        RollupBatch batch = new RollupBatch(file.part().rows().fields());
        try (RowGroupReader reader = RowGroupReader.open(file.file())) {
          while (mine < rowGroups.size() && rowGroups.get(mine).of() == file) {
            batch.read(reader, rowGroups.get(mine).number());
            add(batch, file, groups);
            mine = next.getAndIncrement();
          }
        }
      }
      return all;
    }

    private void add(RollupBatch batch, OpenFile file, GroupRuns groups) {
      Rows rows = file.part().rows();
      long[] key = new long[keyWords];
      long[] sums = new long[COUNT];
      for (int row = 0; row < batch.size(); row++) {
        if (rows.count(batch, row, file.date())) {
          rows.key(batch, row, key);
          batch.readSums(row, sums);
          groups.add(key, sums);
        }
      }
    }
  }

  /** Goes through the groups in the order of their keys; stands before the first one. */
  public static final class Cursor {
    private final PriorityQueue<GroupRuns.Run> others = new PriorityQueue<>();
    private final long[] key;
    private final long[] sums = new long[COUNT];
    private GroupRuns.Run least;

    private Cursor(List<GroupRuns.Run> runs, int keyWords) {
      this.key = new long[keyWords];
      runs.stream().filter(GroupRuns.Run::next).forEach(others::add);
      least = others.poll();
    }

    /** Moves to the next group; false if there is none. */
    public boolean next() {
      if (least == null) {
        return false;
      }
      least.copyTo(key, sums);
      advance();
      while (least != null && least.hasKey(key)) {
        least.addTo(sums);
        advance();
      }
      return true;
    }

    private void advance() {
      if (!least.next()) {
        least = others.poll();
      } else if (!others.isEmpty() && others.peek().compareTo(least) < 0) {
        others.add(least);
        least = others.poll();
      }
    }

    /** A word of the group's key. */
    public long key(int word) {
      return key[word];
    }

    /**
     * A sum of the group.
     *
     * @param which one of {@value #COUNT}: records, flows, packets and bytes in, packets and bytes
     *     out, earliest first seen, latest last seen; times in microseconds, 0 where absent
     */
    public long sum(int which) {
      return sums[which];
    }
  }

  /**
   * The groups in parts of about equal size, so that as many threads can go through them: the keys
   * of a part are all smaller than those of the next one.
   *
   * @param parts how many there are at the most
   */
  public List<Cursor> cursors(int parts) {
    List<GroupRuns.Run> runs = groups.stream().flatMap(all -> all.runs().stream()).toList();
    Optional<GroupRuns.Run> longest =
        runs.stream().max(Comparator.comparingInt(GroupRuns.Run::size));
    if (longest.isEmpty()) {
      return List.of();
    }
    int groupsOfLongest = longest.get().size();
    int[] from = new int[runs.size()];
    List<Cursor> cursors = new ArrayList<>();
    for (int part = 1; part <= parts; part++) {
      int cut = (int) ((long) groupsOfLongest * part / parts);
      long[] end = cut < groupsOfLongest ? longest.get().key(cut) : null;
      List<GroupRuns.Run> cutRuns = new ArrayList<>();
      for (int i = 0; i < from.length; i++) {
        int to = end == null ? runs.get(i).size() : runs.get(i).before(end);
        cutRuns.add(runs.get(i).part(from[i], to));
        from[i] = to;
      }
      cursors.add(new Cursor(cutRuns, keyWords));
      if (end == null) {
        break;
      }
    }
    return cursors;
  }
}
