package org.flowlake.jobs.extra;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.filter.FlowFilter;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.rows.RowLayout;

/**
 * A filter on what is printed and not on the flows of the input ({@code -P}): a group is tested as
 * the flow record as which it is printed, after {@code -n} has cut the list, as in nfdump 1.7.8.
 *
 * @param filter in the filter language
 * @param fields what it tests
 */
public record PostFilter(FlowFilter filter, Set<FlowField> fields) {
  /**
   * A filter of columns.
   *
   * @throws QuestionException for one that asks for more than a record has: idents, counts, places
   */
  public static PostFilter of(FlowFilter filter) {
    return new PostFilter(
        filter,
        filter
            .storedFields()
            .orElseThrow(
                () ->
                    new QuestionException(
                        "-P tests what a record holds: ident, count and geo are of no group")));
  }

  /** The rows that pass. */
  public Dataset<Row> of(Dataset<Row> rows, RowLayout layout) {
    Column[] printed = Arrays.stream(rows.columns()).map(name -> col(name)).toArray(Column[]::new);
    List<Column> records = new ArrayList<>(List.of(printed));
    for (FlowField field : FlowField.values()) {
      if (layout.ordinal(field) >= 0) {
        records.add(layout.flowColumn(field).as(field.column()));
      }
    }
    Dataset<Row> tested = rows.select(records.toArray(Column[]::new));
    return tested.filter(filter.column(tested.schema())).select(printed);
  }
}
