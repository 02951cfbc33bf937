package org.flowlake.jobs.scan;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.compat.RowGroupFilter;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.util.RebaseDateTime;
import org.apache.spark.sql.execution.datasources.DataSourceStrategy$;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFilters;
import org.apache.spark.sql.internal.LegacyBehaviorPolicy$;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.sources.Not;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** What the statistics of a file's row groups tell of a filter. */
final class ToldFilter {
  private final MessageType schema;
  private final boolean isEmpty;
  private final Set<ColumnPath> columns;
  private final Optional<FilterPredicate> passes;
  private final Optional<FilterPredicate> fails;

  /**
   * The filter, for files of a schema.
   *
   * @param filter null for none
   */
  ToldFilter(Expression filter, MessageType schema) {
    this.schema = schema;
    this.isEmpty = filter == null;
    this.columns =
        isEmpty
            ? Set.of()
            : CollectionConverters.asJava(filter.references().toSeq()).stream()
                .map(column -> ColumnPath.get(column.name()))
                .collect(Collectors.toUnmodifiableSet());
    Option<Filter> whole =
        isEmpty
            ? Option.<Filter>empty()
            : DataSourceStrategy$.MODULE$.translateFilter(filter, true);
    this.passes = whole.isEmpty() ? Optional.empty() : predicate(whole.get());
    this.fails = whole.isEmpty() ? Optional.empty() : predicate(new Not(whole.get()));
  }

  private Optional<FilterPredicate> predicate(Filter filter) {
    RebaseDateTime.RebaseSpec asStored =
        new RebaseDateTime.RebaseSpec(
            LegacyBehaviorPolicy$.MODULE$.CORRECTED(), Option.<String>empty());
    Option<FilterPredicate> told =
        new ParquetFilters(schema, true, true, true, true, 10, true, asStored).createFilter(filter);
    return told.isEmpty() ? Optional.empty() : Optional.of(told.get());
  }

  /** The row groups in which a flow may pass. */
  Set<BlockMetaData> mayPass(List<BlockMetaData> all) {
    return isEmpty || passes.isEmpty() ? identities(all) : left(passes.get(), all);
  }

  /** The row groups in which a flow may not pass. */
  Set<BlockMetaData> mayFail(List<BlockMetaData> all) {
    if (isEmpty) {
      return Set.of();
    }
    if (fails.isEmpty()) {
      return identities(all);
    }
    Set<BlockMetaData> mixed = left(fails.get(), all);
    // What is compared with an absent value is neither true nor false.
    all.stream().filter(block -> !isFilled(block)).forEach(mixed::add);
    return mixed;
  }

  private Set<BlockMetaData> left(FilterPredicate predicate, List<BlockMetaData> all) {
    return identities(RowGroupFilter.filterRowGroups(FilterCompat.get(predicate), all, schema));
  }

  private static Set<BlockMetaData> identities(List<BlockMetaData> blocks) {
    Set<BlockMetaData> set = Collections.newSetFromMap(new IdentityHashMap<>());
    set.addAll(blocks);
    return set;
  }

  /** Whether every flow has a value in every column of the filter. */
  private boolean isFilled(BlockMetaData block) {
    int filled = 0;
    for (ColumnChunkMetaData chunk : block.getColumns()) {
      Statistics<?> known = chunk.getStatistics();
      if (columns.contains(chunk.getPath())
          && known != null
          && known.isNumNullsSet()
          && known.getNumNulls() == 0) {
        filled++;
      }
    }
    return filled == columns.size();
  }
}
