package org.flowlake.jobs.scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.compat.RowGroupFilter;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.util.RebaseDateTime;
import org.apache.spark.sql.execution.datasources.DataSourceStrategy$;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFilters;
import org.apache.spark.sql.internal.LegacyBehaviorPolicy$;
import org.apache.spark.sql.sources.Filter;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.lake.SortedLakeFiles;
import org.flowlake.converters.parquet.ParquetFooters;
import org.flowlake.converters.parquet.RowGroupReader;
import org.flowlake.converters.parquet.StoredColumn;
import scala.Option;

/** The row groups of a lake's files that can hold flows of a plan, cut into ranges of addresses. */
final class StoredGroups {
  /** What the columns of a task's files may take, a row group of each file. */
  private static final long MOST_BYTES = 256L << 20;

  private static final int VALUE_BYTES = 16;

  private final List<Group> groups = new ArrayList<>();
  private boolean some;

  /**
   * A row group.
   *
   * @param first smallest destination address; null where there is none, or it is not known
   * @param last greatest one; null as above
   * @param open whether flows without address, or others that statistics do not tell, are in it
   */
  private record Group(String path, int index, long rows, byte[] first, byte[] last, boolean open) {
    boolean mayHold(AddressRange range) {
      return open && (first == null || range.from() == null)
          || first != null
              && (range.below() == null || Arrays.compareUnsigned(first, range.below()) < 0)
              && (range.from() == null || Arrays.compareUnsigned(last, range.from()) >= 0);
    }
  }

  private StoredGroups() {}

  /**
   * The row groups, cut into as many ranges as the files are where the filter leaves all of them,
   * and else anew, so that what is left is cut evenly.
   *
   * @return empty where a file has columns of other types, or row groups too large to hold one of
   *     each file in memory
   */
  static Optional<List<MergedRuns.Part>> of(
      SortedLakeFiles files, RunPlan plan, Configuration hadoop) throws IOException {
    StoredGroups stored = new StoredGroups();
    List<StoredColumn> columns = new ArrayList<>();
    plan.tested().forEach(column -> columns.add(RunPlan.stored(column)));
    plan.shown().forEach(column -> columns.add(RunPlan.stored(column)));
    Map<String, StoredColumn> named = new LinkedHashMap<>();
    columns.forEach(column -> named.put(column.name(), column));
    columns.addAll(new StoredCounters(named).columns());
    long bytes = 0;
    for (String path : files.paths()) {
      ParquetMetadata footer = ParquetFooters.of(path, hadoop);
      MessageType schema = footer.getFileMetaData().getSchema();
      if (!RowGroupReader.accepts(schema, columns)) {
        return Optional.empty();
      }
      bytes +=
          stored.add(path, footer, predicate(plan.filter(), schema)) * VALUE_BYTES * columns.size();
    }
    if (bytes > MOST_BYTES) {
      return Optional.empty();
    }
    List<byte[]> cuts = stored.some ? stored.cuts(files.cuts().size() + 1) : files.cuts();
    return Optional.of(stored.parts(cuts));
  }

  /** Adds what the predicate leaves; gives the rows of the largest row group. */
  private long add(String path, ParquetMetadata footer, Optional<FilterPredicate> predicate) {
    List<BlockMetaData> all = footer.getBlocks();
    List<BlockMetaData> left =
        predicate.isEmpty()
            ? all
            : RowGroupFilter.filterRowGroups(
                FilterCompat.get(predicate.get()), all, footer.getFileMetaData().getSchema());
    some |= left.size() < all.size();
    long most = 0;
    int kept = 0;
    for (int i = 0; i < all.size() && kept < left.size(); i++) {
      if (all.get(i) == left.get(kept)) {
        kept++;
        most = Math.max(most, all.get(i).getRowCount());
        groups.add(group(path, i, all.get(i)));
      }
    }
    return most;
  }

  private static Group group(String path, int index, BlockMetaData block) {
    for (ColumnChunkMetaData chunk : block.getColumns()) {
      Statistics<?> known = chunk.getStatistics();
      if (chunk.getPath().toDotString().equals(FlowField.DST_ADDR.column())
          && known != null
          && known.hasNonNullValue()) {
        boolean open = !known.isNumNullsSet() || known.getNumNulls() > 0;
        return new Group(
            path, index, block.getRowCount(), known.getMinBytes(), known.getMaxBytes(), open);
      }
    }
    return new Group(path, index, block.getRowCount(), null, null, true);
  }

  private List<byte[]> cuts(int ranges) {
    List<Group> known = new ArrayList<>(groups);
    known.removeIf(group -> group.first() == null);
    known.sort(Comparator.comparing(Group::first, Arrays::compareUnsigned));
    long rows = known.stream().mapToLong(Group::rows).sum();
    List<byte[]> cuts = new ArrayList<>();
    long before = 0;
    byte[] lowest = known.isEmpty() ? null : known.get(0).first();
    for (Group group : known) {
      boolean above = Arrays.compareUnsigned(lowest, group.first()) < 0;
      if (above && before >= rows * (cuts.size() + 1) / ranges && cuts.size() + 1 < ranges) {
        cuts.add(group.first());
        lowest = group.first();
      }
      before += group.rows();
    }
    return cuts;
  }

  private List<MergedRuns.Part> parts(List<byte[]> cuts) {
    List<MergedRuns.Part> parts = new ArrayList<>();
    for (AddressRange range : AddressRange.between(cuts)) {
      Map<String, List<Integer>> inRange = new LinkedHashMap<>();
      for (Group group : groups) {
        if (group.mayHold(range)) {
          inRange.computeIfAbsent(group.path(), path -> new ArrayList<>()).add(group.index());
        }
      }
      List<MergedRuns.FileGroups> files = new ArrayList<>();
      inRange.forEach(
          (path, indices) ->
              files.add(
                  new MergedRuns.FileGroups(
                      path, indices.stream().mapToInt(Integer::intValue).toArray())));
      parts.add(new MergedRuns.Part(range, files));
    }
    return parts;
  }

  /** What statistics can tell of the filter. */
  private static Optional<FilterPredicate> predicate(Expression filter, MessageType schema) {
    if (filter == null) {
      return Optional.empty();
    }
    Option<Filter> pushed = DataSourceStrategy$.MODULE$.translateFilter(filter, true);
    if (pushed.isEmpty()) {
      return Optional.empty();
    }
    RebaseDateTime.RebaseSpec asStored =
        new RebaseDateTime.RebaseSpec(
            LegacyBehaviorPolicy$.MODULE$.CORRECTED(), Option.<String>empty());
    Option<FilterPredicate> told =
        new ParquetFilters(schema, true, true, true, true, 10, true, asStored)
            .createFilter(pushed.get());
    return told.isEmpty() ? Optional.empty() : Optional.of(told.get());
  }
}
