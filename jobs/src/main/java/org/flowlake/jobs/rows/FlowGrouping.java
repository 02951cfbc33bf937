package org.flowlake.jobs.rows;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * How flows become groups that are printed as flows: each flow gives a row of {@link #inputs}, rows
 * of equal {@link #keys} give one row of {@link #results}, and {@link #rows} is what is printed.
 */
public interface FlowGrouping {
  /** Where each field lies in the rows that are printed. */
  RowLayout layout();

  /** The named columns of each flow: the counters first, then the grouping's own. */
  List<Column> inputs(StructType flows);

  /** Names of the inputs that flows are grouped by. */
  List<String> keys();

  /** The named columns of each group, beyond the keys. */
  List<Column> results();

  /** The columns that are printed, over keys and results: counters, then the layout's fields. */
  List<Column> rows();

  /** The columns that decide between groups of equal rank. */
  default List<String> tieColumns() {
    return layout().fields().stream().map(RowLayout::name).toList();
  }

  /**
   * The columns after the counters, in the order of {@link #inputs}, where groups can be made by
   * merging their rows two by two, in place; empty where only {@link #results} says what a group
   * is.
   */
  default Optional<List<GroupColumn>> merged(StructType flows) {
    return Optional.empty();
  }

  /** What is printed of rows of {@link #inputs} that were {@link #merged}. */
  default Dataset<Row> finished(Dataset<Row> merged) {
    return merged;
  }

  /** The key that is the whole destination address, if there is one. */
  default Optional<String> dstKey() {
    return Optional.empty();
  }

  /** The key that is the whole source address, if there is one. */
  default Optional<String> srcKey() {
    return Optional.empty();
  }

  /** One row of {@link #inputs} per flow. */
  default Dataset<Row> inputRows(Dataset<Row> flows) {
    return flows.select(inputs(flows.schema()).toArray(Column[]::new));
  }

  /** One row per group, by Spark's own aggregation. */
  default Dataset<Row> groups(Dataset<Row> flows) {
    List<Column> results = results();
    return inputRows(flows)
        .groupBy(keys().stream().map(name -> col(name)).toArray(Column[]::new))
        .agg(results.get(0), results.subList(1, results.size()).toArray(Column[]::new))
        .select(rows().toArray(Column[]::new));
  }
}
