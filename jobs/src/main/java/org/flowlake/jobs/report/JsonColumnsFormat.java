package org.flowlake.jobs.report;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.flowlake.converters.flow.FlowField;

/**
 * Chosen columns as JSON ({@code json:%ts,%sa,…}, {@code ndjson:…}, and every aggregation by keys):
 * the columns and names of {@link CsvFormat}, numbers as numbers, times in ISO 8601 without a zone.
 *
 * <p>An extension: nfdump has no JSON of chosen columns.
 *
 * @param tokens the members
 * @param layout one array, or a line per flow
 */
public record JsonColumnsFormat(List<FormatToken> tokens, JsonLayout layout)
    implements OutputFormat {
  public JsonColumnsFormat {
    tokens = List.copyOf(tokens);
  }

  /**
   * Parses tokens that are separated by commas.
   *
   * @throws org.flowlake.jobs.question.QuestionException as {@link CsvFormat#parse}
   */
  public static JsonColumnsFormat parse(String format, JsonLayout layout) {
    return new JsonColumnsFormat(CsvFormat.parse(format).tokens(), layout);
  }

  @Override
  public List<FlowField> fields() {
    Set<FlowField> fields = EnumSet.noneOf(FlowField.class);
    tokens.forEach(token -> fields.addAll(token.fields()));
    return List.copyOf(fields);
  }

  @Override
  public boolean saysWhereNothingMatched() {
    return false;
  }

  @Override
  public FlowPrinter printer(PrintStyle style, Verbosity verbosity) {
    CellContext context = new CellContext(style);
    StringBuilder value = new StringBuilder();
    return new JsonPrinter(layout, style) {
      @Override
      void members(FlowRecord flow, JsonObject object) {
        for (FormatToken token : tokens) {
          value.setLength(0);
          token.cell().json().write(flow, context, value);
          object.literal(token.csvName().orElseThrow(), value.toString());
        }
      }
    };
  }
}
