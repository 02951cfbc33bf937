package org.flowlake.converters.rollup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.DataFile;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;

/**
 * Sums rows of rollups by any key, in this JVM: every thread takes row group after row group and
 * sums into a table of its own, column by column without an object per value.
 */
public final class RollupSums {
  /** How many sums a group has. */
  public static final int COUNT = RollupGroups.FLAGS;

  private static final List<FlowField> SUMMED =
      List.of(
          FlowField.FLOWS,
          FlowField.IN_PACKETS,
          FlowField.IN_BYTES,
          FlowField.OUT_PACKETS,
          FlowField.OUT_BYTES,
          FlowField.FIRST_SEEN,
          FlowField.LAST_SEEN);

  /** Bytes of heap for a group, while a table grows and another is added to it. */
  public static final int HEAP_BYTES_PER_GROUP = 400;

  private final RollupGroups groups;

  private RollupSums(RollupGroups groups) {
    this.groups = groups;
  }

  /** What rows count, and for what; used by several threads. */
  public interface Rows {
    /** The fields that the other methods look at. */
    Set<FlowField> fields();

    /** Whether a row counts. */
    boolean count(FlowBatch rows, int row);

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
      List<Callable<RollupGroups>> summed = new ArrayList<>();
      for (int i = 0; i < Math.min(threads, rowGroups.size()); i++) {
        summed.add(() -> sum(rowGroups, next, keyWords));
      }
      return new RollupSums(merged(readers.results(summed), keyWords));
    }
  }

  private record OpenFile(Part part, StoredParquet file, ParquetMetadata footer) {
    static OpenFile of(Part part, DataFile file) throws IOException {
      StoredParquet stored =
          new StoredParquet(part.scan().table().io().newInputFile(file.location()));
      return new OpenFile(part, stored, stored.footer());
    }
  }

  private record RowGroup(OpenFile of, int number) {}

  private static RollupGroups sum(List<RowGroup> rowGroups, AtomicInteger next, int keyWords)
      throws IOException {
    RollupGroups groups = new RollupGroups(keyWords);
    for (int i = next.getAndIncrement(); i < rowGroups.size(); i = next.getAndIncrement()) {
      OpenFile file = rowGroups.get(i).of();
      Rows rows = file.part().rows();
      Set<FlowField> fields = EnumSet.copyOf(SUMMED);
      fields.addAll(rows.fields());
      add(batch(rowGroups.get(i), List.copyOf(fields)), rows, new long[keyWords], groups);
    }
    return groups;
  }

  private static RollupBatch batch(RowGroup rowGroup, List<FlowField> fields) throws IOException {
    ParquetMetadata footer = rowGroup.of().footer();
    MessageType columns = RollupBatch.columns(footer.getFileMetaData().getSchema(), fields);
    try (ParquetFileReader reader = rowGroup.of().file().open(footer)) {
      reader.setRequestedSchema(columns);
      return RollupBatch.of(
          reader.readRowGroup(rowGroup.number()), footer.getFileMetaData(), columns, fields);
    }
  }

  private static void add(RollupBatch batch, Rows rows, long[] key, RollupGroups groups) {
    FlowBatch flows = batch.flows();
    FlowColumn[] sums = SUMMED.stream().map(flows::column).toArray(FlowColumn[]::new);
    for (int row = 0; row < flows.size(); row++) {
      if (rows.count(flows, row)) {
        rows.key(flows, row, key);
        int group = groups.size() > 0 && groups.isLast(key) ? groups.size() - 1 : groups.group(key);
        groups.add(group, RollupGroups.RECORDS, batch.records()[row]);
        // A record without a count of its own is one flow.
        long count = longOrZero(sums[0], row);
        groups.add(group, RollupGroups.FLOWS, count == 0 ? 1 : count);
        for (int i = RollupGroups.IN_PACKETS; i <= RollupGroups.OUT_BYTES; i++) {
          groups.add(group, i, longOrZero(sums[i - RollupGroups.FLOWS], row));
        }
        groups.addTimes(group, longOrZero(sums[5], row), longOrZero(sums[6], row));
      }
    }
  }

  private static long longOrZero(FlowColumn column, int row) {
    return column.isNull(row) ? 0 : column.longAt(row);
  }

  /** The smaller tables are added to the largest. */
  private static RollupGroups merged(List<RollupGroups> tables, int keyWords) {
    List<RollupGroups> bySize = new ArrayList<>(tables);
    bySize.sort(Comparator.comparingInt(RollupGroups::size).reversed());
    RollupGroups all = bySize.isEmpty() ? new RollupGroups(keyWords) : bySize.get(0);
    long[] key = new long[keyWords];
    for (RollupGroups table : bySize.subList(Math.min(1, bySize.size()), bySize.size())) {
      for (int group = 0; group < table.size(); group++) {
        for (int word = 0; word < keyWords; word++) {
          key[word] = table.keyWord(group, word);
        }
        table.addTo(group, all, all.group(key));
      }
    }
    return all;
  }

  /** How many groups there are. */
  public int size() {
    return groups.size();
  }

  /** A word of a group's key; groups are numbered from 0. */
  public long key(int group, int word) {
    return groups.keyWord(group, word);
  }

  /**
   * A sum of a group.
   *
   * @param which one of {@link #COUNT}: records, flows, packets and bytes in, packets and bytes
   *     out, earliest first seen, latest last seen
   */
  public long sum(int group, int which) {
    return groups.sum(group, which);
  }
}
