package org.flowlake.converters.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.flowlake.converters.flow.FlowField;

/**
 * The files of a snapshot of the flows, in the order of Iceberg's plan. Going through the manifests
 * takes as long as reading a host's flows of several days, so those of the last snapshots are kept:
 * a snapshot never changes.
 */
final class FlowFiles {
  private static final int MOST_KEPT = 8;

  /** Of more, only those that a question is about are planned, for each one anew. */
  private static final long MOST_FILES_KEPT = 100_000;

  private static final Map<State, List<FlowFile>> KEPT =
      new LinkedHashMap<>(MOST_KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<State, List<FlowFile>> eldest) {
          return size() > MOST_KEPT;
        }
      };

  private record State(String table, long snapshot) {}

  /**
   * A file.
   *
   * @param isOfDay whether the table keeps it apart by the day of its flows
   * @param day of its flows, days since 1970-01-01; null for flows without time, and where it is
   *     not of a day
   * @param isPlain whether it is Parquet, of which no row was deleted
   * @param largestGroup bytes of its largest row group, or of all of it where these are not known
   */
  record FlowFile(
      String location,
      boolean isOfDay,
      Integer day,
      boolean isPlain,
      long rows,
      long largestGroup) {}

  private FlowFiles() {}

  /**
   * The files of a snapshot, at least those that can have flows which an expression passes.
   *
   * @param flows the table
   */
  static List<FlowFile> of(Table flows, long snapshot, Expression asked) {
    // Where it expired meanwhile, planning says so.
    Snapshot state = flows.snapshot(snapshot);
    String count =
        state == null ? null : state.summary().get(SnapshotSummary.TOTAL_DATA_FILES_PROP);
    if (count == null || Long.parseLong(count) > MOST_FILES_KEPT) {
      return read(flows, snapshot, asked);
    }
    State key = new State(flows.uuid().toString(), snapshot);
    synchronized (KEPT) {
      List<FlowFile> known = KEPT.get(key);
      if (known != null) {
        return known;
      }
    }
    List<FlowFile> read = read(flows, snapshot, Expressions.alwaysTrue());
    synchronized (KEPT) {
      KEPT.put(key, read);
    }
    return read;
  }

  private static List<FlowFile> read(Table flows, long snapshot, Expression asked) {
    List<FlowFile> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks =
        flows.newScan().useSnapshot(snapshot).filter(asked).planFiles()) {
      for (FileScanTask task : tasks) {
        DataFile file = task.file();
        boolean isOfDay = isByDay(task.spec());
        files.add(
            new FlowFile(
                file.location(),
                isOfDay,
                isOfDay ? file.partition().get(0, Integer.class) : null,
                task.deletes().isEmpty() && file.format() == FileFormat.PARQUET,
                file.recordCount(),
                largestGroup(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read which files are in " + flows.location(), e);
    }
    return List.copyOf(files);
  }

  private static boolean isByDay(PartitionSpec spec) {
    return spec.fields().size() == 1
        && spec.fields().get(0).transform().toString().equals("day")
        && spec.schema()
            .findColumnName(spec.fields().get(0).sourceId())
            .equals(FlowField.FIRST_SEEN.column());
  }

  private static long largestGroup(DataFile file) {
    List<Long> offsets = file.splitOffsets();
    if (offsets == null) {
      return file.fileSizeInBytes();
    }
    long largest = 0;
    for (int i = 0; i < offsets.size(); i++) {
      long end = i + 1 < offsets.size() ? offsets.get(i + 1) : file.fileSizeInBytes();
      largest = Math.max(largest, end - offsets.get(i));
    }
    return largest;
  }
}
