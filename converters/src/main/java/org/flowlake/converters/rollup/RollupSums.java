package org.flowlake.converters.rollup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.DataFile;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;

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

  private static final List<FlowField> SUMMED =
      List.of(
          FlowField.FLOWS,
          FlowField.IN_PACKETS,
          FlowField.IN_BYTES,
          FlowField.OUT_PACKETS,
          FlowField.OUT_BYTES,
          FlowField.FIRST_SEEN,
          FlowField.LAST_SEEN);

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
    boolean count(FlowBatch rows, int row, Integer date);

    /** Writes the key of a row. */
    void key(FlowBatch rows, int row, long[] key);
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
    try (FileReaders readers = new FileReaders(threads)) {
      List<Callable<OpenFile>> opened = new ArrayList<>();
      for (Part part : parts) {
        for (DataFile file : part.scan().files()) {
          opened.add(() -> OpenFile.of(part, file));
        }
      }
      List<RowGroup> rowGroups = new ArrayList<>();
      for (OpenFile file : readers.results(opened)) {
        for (int i = 0; i < file.footer().getBlocks().size(); i++) {
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

  private record OpenFile(Part part, Integer date, StoredParquet file, ParquetMetadata footer) {
    static OpenFile of(Part part, DataFile file) throws IOException {
      StoredParquet stored =
          new StoredParquet(part.scan().table().io().newInputFile(file.location()));
      return new OpenFile(part, RollupTable.date(file), stored, stored.footer());
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
        try (ParquetFileReader reader = file.file().open(file.footer())) {
          while (mine < rowGroups.size() && rowGroups.get(mine).of() == file) {
            add(reader, rowGroups.get(mine), groups);
            mine = next.getAndIncrement();
          }
        }
      }
      return all;
    }

    private void add(ParquetFileReader reader, RowGroup rowGroup, GroupRuns groups)
        throws IOException {
      Rows rows = rowGroup.of().part().rows();
      Set<FlowField> asked = EnumSet.copyOf(SUMMED);
      asked.addAll(rows.fields());
      List<FlowField> fields = List.copyOf(asked);
      ParquetMetadata footer = rowGroup.of().footer();
      RowGroupColumns columns =
          RowGroupColumns.read(reader, footer, rowGroup.number(), RollupBatch.columns(fields));
      RollupBatch batch = RollupBatch.of(columns, fields);
      add(batch, rowGroup.of(), groups);
    }

    private void add(RollupBatch batch, OpenFile file, GroupRuns groups) {
      Rows rows = file.part().rows();
      FlowBatch flows = batch.flows();
      FlowColumn[] summed = SUMMED.stream().map(flows::column).toArray(FlowColumn[]::new);
      long[] key = new long[keyWords];
      long[] sums = new long[COUNT];
      for (int row = 0; row < flows.size(); row++) {
        if (rows.count(flows, row, file.date())) {
          rows.key(flows, row, key);
          sums[RollupGroups.RECORDS] = batch.records()[row];
          for (int i = 0; i < summed.length; i++) {
            sums[RollupGroups.FLOWS + i] = summed[i].isNull(row) ? 0 : summed[i].longAt(row);
          }
          // A record without a count of its own is one flow.
          if (sums[RollupGroups.FLOWS] == 0) {
            sums[RollupGroups.FLOWS] = 1;
          }
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

    private Cursor(RollupSums of) {
      this.key = new long[of.keyWords];
      of.groups.stream()
          .flatMap(groups -> groups.runs().stream())
          .filter(GroupRuns.Run::next)
          .forEach(others::add);
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

  /** The groups; to be called once. */
  public Cursor cursor() {
    return new Cursor(this);
  }
}
