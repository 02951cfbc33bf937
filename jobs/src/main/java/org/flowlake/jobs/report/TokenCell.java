package org.flowlake.jobs.report;

import java.util.List;
import org.flowlake.converters.flow.FlowField;

/**
 * How one format token prints a flow.
 *
 * @param fields what it reads
 * @param line writes it padded to its column
 * @param csv writes it bare
 * @param json writes it as a JSON value
 */
record TokenCell(List<FlowField> fields, Writer line, Writer csv, Writer json) {
  /** A cell that is a string in JSON. */
  TokenCell(List<FlowField> fields, Writer line, Writer csv) {
    this(fields, line, csv, (flow, context, out) -> quoted(csv, flow, context, out));
  }

  /** Appends a flow's value. */
  @FunctionalInterface
  interface Writer {
    void write(FlowRecord flow, CellContext context, StringBuilder out);
  }

  /** A value's text without padding. */
  @FunctionalInterface
  interface Text {
    String of(FlowRecord flow, CellContext context);
  }

  /** The same text, right-justified in lines. */
  static TokenCell right(int width, Text text, FlowField... fields) {
    return new TokenCell(
        List.of(fields),
        (flow, context, out) -> Padding.right(out, text.of(flow, context), width),
        (flow, context, out) -> out.append(text.of(flow, context)));
  }

  /** Different texts in lines and in CSV; the one of lines brings its own padding. */
  static TokenCell both(Text line, Text csv, FlowField... fields) {
    return new TokenCell(
        List.of(fields),
        (flow, context, out) -> out.append(line.of(flow, context)),
        (flow, context, out) -> out.append(csv.of(flow, context)));
  }

  TokenCell withCsv(Text csvText) {
    return new TokenCell(
        fields, line, (flow, context, out) -> out.append(csvText.of(flow, context)));
  }

  /** The cell whose text in CSV is a number in JSON. */
  TokenCell asNumber() {
    return new TokenCell(
        fields,
        line,
        csv,
        (flow, context, out) -> {
          StringBuilder text = new StringBuilder();
          csv.write(flow, context, text);
          out.append(text.toString().trim());
        });
  }

  TokenCell withJson(Writer value) {
    return new TokenCell(fields, line, csv, value);
  }

  private static void quoted(Writer csv, FlowRecord flow, CellContext context, StringBuilder out) {
    StringBuilder text = new StringBuilder();
    csv.write(flow, context, text);
    JsonObject.quote(out, text.toString().trim());
  }
}
