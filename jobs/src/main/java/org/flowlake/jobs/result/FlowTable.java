package org.flowlake.jobs.result;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;
import org.flowlake.jobs.FlowQuery;
import org.flowlake.jobs.filter.NearestWord;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.rows.AnswerRows;
import org.flowlake.jobs.rows.CounterColumns;
import org.flowlake.udfs.anonymize.Anonymization;

/** Flows as a table: columns of the lake, addresses and MACs as text. */
public final class FlowTable {
  private static final String SEQUENCE = "_sequence";
  private static final List<String> NAMES =
      Arrays.stream(FlowField.values()).map(FlowField::column).toList();

  private FlowTable() {}

  /**
   * The flows that match.
   *
   * @param columns names of the flow table; empty for all that the input has
   * @param entries how many at the most; 0 for all. Without an order any of them are taken
   * @param anonymization how their addresses are anonymised; empty: not at all
   * @throws QuestionException for an unknown column
   */
  public static Dataset<Row> of(
      FlowQuery query,
      List<String> columns,
      Optional<RankOrder> order,
      int entries,
      Optional<Anonymization> anonymization) {
    Dataset<Row> flows = query.flows();
    List<String> present = Arrays.asList(flows.columns());
    List<Column> printed = new ArrayList<>();
    for (FlowField field : columns.isEmpty() ? known(present) : check(columns)) {
      printed.add(
          present.contains(field.column())
              ? PlainColumns.ofFlow(field, col(field.column())).as(field.column())
              : lit(null).cast(FlowSchema.dataType(field.type())).as(field.column()));
    }
    if (order.isPresent()) {
      List<Column> counted = new ArrayList<>(CounterColumns.ofFlows(flows.schema()));
      counted.add(col("*"));
      counted.add(monotonically_increasing_id().as(SEQUENCE));
      flows =
          AnswerRows.ordered(
              flows.select(counted.toArray(Column[]::new)), order.get(), List.of(SEQUENCE));
    }
    if (entries > 0) {
      flows = flows.limit(entries);
    }
    if (anonymization.isPresent()) {
      flows = AnonymizedColumns.of(flows, FlowField::column, anonymization.get());
    }
    return flows.select(printed.toArray(Column[]::new));
  }

  /**
   * The columns of these names.
   *
   * @throws QuestionException for an unknown name
   */
  public static List<FlowField> check(List<String> columns) {
    return columns.stream()
        .map(
            name ->
                FlowSchema.field(name.strip())
                    .orElseThrow(
                        () ->
                            new QuestionException(
                                "Unknown column '"
                                    + name
                                    + "'"
                                    + NearestWord.hint(name, NAMES)
                                    + "; docs/fields.md lists all")))
        .toList();
  }

  /** Columns that other tables have beside ours are left out. */
  private static List<FlowField> known(List<String> present) {
    return present.stream().flatMap(name -> FlowSchema.field(name).stream()).toList();
  }
}
