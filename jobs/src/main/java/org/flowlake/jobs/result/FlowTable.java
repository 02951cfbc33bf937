package org.flowlake.jobs.result;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;
import org.flowlake.jobs.FlowQuery;
import org.flowlake.jobs.filter.NearestWord;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.rows.AnswerTable;
import org.flowlake.jobs.rows.OrderedFlows;
import org.flowlake.udfs.anonymize.Anonymization;

/** Flows as a table: columns of the lake, addresses and MACs as text. */
public final class FlowTable {
  private static final List<String> NAMES =
      Arrays.stream(FlowField.values()).map(FlowField::column).toList();

  private FlowTable() {}

  /**
   * The flows that match; to be closed once they are written.
   *
   * @param columns names of the flow table; empty for all that the input has
   * @param entries how many at the most; 0 for all. Without an order any of them are taken
   * @param anonymization how their addresses are anonymised; empty: not at all
   * @throws QuestionException for an unknown column
   */
  public static AnswerTable of(
      FlowQuery query,
      List<String> columns,
      Optional<RankOrder> order,
      int entries,
      Optional<Anonymization> anonymization) {
    Dataset<Row> flows = query.flows();
    List<String> present = Arrays.asList(flows.columns());
    List<FlowField> asked = columns.isEmpty() ? known(present) : check(columns);
    List<String> read =
        Stream.concat(asked.stream(), PlainColumns.FAMILIES.stream())
            .map(FlowField::column)
            .filter(present::contains)
            .distinct()
            .toList();
    Column[] printed = asked.stream().map(field -> printed(field, present)).toArray(Column[]::new);
    return OrderedFlows.of(flows, read, order, entries)
        .map(
            rows ->
                anonymization
                    .map(how -> AnonymizedColumns.of(rows, FlowField::column, how))
                    .orElse(rows)
                    .select(printed));
  }

  private static Column printed(FlowField field, List<String> present) {
    Column value =
        present.contains(field.column())
            ? PlainColumns.ofFlow(field, col(field.column()))
            : lit(null).cast(FlowSchema.dataType(field.type()));
    return value.as(field.column());
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
