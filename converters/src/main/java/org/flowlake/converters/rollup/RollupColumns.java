package org.flowlake.converters.rollup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.flowlake.converters.flow.FlowField;

/**
 * The columns of a row group that rows are made from. Many hold one value, or none, in all rows of
 * it, as its statistics say: these are not read.
 *
 * @param file that the row group is of
 * @param rows of the row group
 * @param read columns that have to be read; the others are null, or else constant
 * @param constants values of those, by name
 */
record RollupColumns(FileMetaData file, int rows, MessageType read, Map<String, Long> constants) {
  static RollupColumns of(FileMetaData file, BlockMetaData block, List<FlowField> fields) {
    Set<String> names = names(fields);
    Map<String, Long> constants = new HashMap<>();
    Set<String> known = new HashSet<>();
    for (ColumnChunkMetaData chunk : block.getColumns()) {
      String name = chunk.getPath().toDotString();
      Statistics<?> statistics = chunk.getStatistics();
      if (statistics != null && statistics.isNumNullsSet()) {
        if (statistics.getNumNulls() == block.getRowCount()) {
          known.add(name);
        } else if (statistics.getNumNulls() == 0) {
          constant(statistics).ifPresent(value -> constants.put(name, value));
        }
      }
    }
    known.addAll(constants.keySet());
    List<Type> types = new ArrayList<>(file.getSchema().getFields());
    types.removeIf(type -> !names.contains(type.getName()) || known.contains(type.getName()));
    return new RollupColumns(
        file,
        Math.toIntExact(block.getRowCount()),
        new MessageType(file.getSchema().getName(), types),
        constants);
  }

  private static Set<String> names(List<FlowField> fields) {
    Set<String> names = new HashSet<>(List.of(RollupTable.RECORDS));
    for (FlowField field : fields) {
      switch (field) {
        case FIRST_SEEN ->
            names.addAll(List.of(RollupTable.FIRST_MILLIS, RollupTable.FIRST_MICROS));
        case LAST_SEEN -> names.addAll(List.of(RollupTable.LAST_MILLIS, RollupTable.LAST_MICROS));
        default -> names.add(field.column());
      }
    }
    return names;
  }

  /** The one number of a column without nulls. */
  private static Optional<Long> constant(Statistics<?> statistics) {
    if (statistics.hasNonNullValue() && statistics instanceof LongStatistics longs) {
      return longs.getMin() == longs.getMax() ? Optional.of(longs.getMin()) : Optional.empty();
    } else if (statistics.hasNonNullValue() && statistics instanceof IntStatistics ints) {
      return ints.getMin() == ints.getMax() ? Optional.of((long) ints.getMin()) : Optional.empty();
    }
    return Optional.empty();
  }
}
