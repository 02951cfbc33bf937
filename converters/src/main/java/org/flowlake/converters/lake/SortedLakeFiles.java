package org.flowlake.converters.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.parquet.ParquetFooters;

/**
 * The Parquet files of a snapshot, for a reader that opens them itself and relies on their order,
 * see {@link org.flowlake.converters.flow.LakeOrder}. Files that other programs added may be in
 * another order: the reader has to look.
 *
 * @param paths of all data files
 * @param cuts destination addresses that part the flows into ranges of about equal size, ascending
 */
public record SortedLakeFiles(List<String> paths, List<byte[]> cuts) {
  /** Enough to see where addresses lie: days of one network are alike. */
  private static final int SAMPLED_FILES = 4;

  /**
   * The files of a scan; empty where only Iceberg can read them right: with deleted rows, renamed
   * columns, another format, or a file system of Iceberg's own.
   *
   * @param ranges how many ranges are wanted
   */
  static Optional<SortedLakeFiles> of(
      Table table, TableScan scan, int ranges, Configuration hadoop) {
    if (!(table.io() instanceof HadoopFileIO) || !namesAreStable(table)) {
      return Optional.empty();
    }
    List<String> paths = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
      for (FileScanTask task : tasks) {
        if (!task.deletes().isEmpty() || task.file().format() != FileFormat.PARQUET) {
          return Optional.empty();
        }
        paths.add(task.file().location());
      }
      paths.sort(Comparator.naturalOrder());
      return Optional.of(new SortedLakeFiles(List.copyOf(paths), cuts(paths, ranges, hadoop)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot plan the files of " + table.name(), e);
    }
  }

  /** Files are read by column name, Iceberg's columns are numbers: both must mean the same. */
  static boolean namesAreStable(Table table) {
    Map<Integer, String> names = new HashMap<>();
    Map<String, Integer> ids = new HashMap<>();
    for (Schema schema : table.schemas().values()) {
      for (Types.NestedField column : schema.columns()) {
        String name = names.putIfAbsent(column.fieldId(), column.name());
        Integer id = ids.putIfAbsent(column.name(), column.fieldId());
        if (name != null && !name.equals(column.name()) || id != null && id != column.fieldId()) {
          return false;
        }
      }
    }
    return true;
  }

  private static List<byte[]> cuts(List<String> paths, int ranges, Configuration hadoop)
      throws IOException {
    List<RowGroup> groups = new ArrayList<>();
    int step = Math.max(1, paths.size() / SAMPLED_FILES);
    for (int i = 0; ranges > 1 && i < paths.size(); i += step) {
      addRowGroups(paths.get(i), hadoop, groups);
    }
    groups.sort((left, right) -> Arrays.compareUnsigned(left.first(), right.first()));
    long rows = groups.stream().mapToLong(RowGroup::rows).sum();
    List<byte[]> cuts = new ArrayList<>();
    long before = 0;
    for (RowGroup group : groups) {
      boolean above = cuts.isEmpty() || Arrays.compareUnsigned(last(cuts), group.first()) < 0;
      if (above && before >= rows * (cuts.size() + 1) / ranges && cuts.size() + 1 < ranges) {
        cuts.add(group.first());
      }
      before += group.rows();
    }
    return List.copyOf(cuts);
  }

  private static byte[] last(List<byte[]> cuts) {
    return cuts.get(cuts.size() - 1);
  }

  private static void addRowGroups(String file, Configuration hadoop, List<RowGroup> groups)
      throws IOException {
    ColumnPath path = ColumnPath.get(FlowField.DST_ADDR.column());
    for (BlockMetaData block : ParquetFooters.of(file, hadoop).getBlocks()) {
      for (ColumnChunkMetaData column : block.getColumns()) {
        Statistics<?> statistics = column.getStatistics();
        if (column.getPath().equals(path) && statistics.hasNonNullValue()) {
          groups.add(new RowGroup(statistics.getMinBytes(), block.getRowCount()));
        }
      }
    }
  }

  /** Where a row group begins and how many flows it has. */
  private record RowGroup(byte[] first, long rows) {}
}
