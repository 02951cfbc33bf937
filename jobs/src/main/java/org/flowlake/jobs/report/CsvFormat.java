package org.flowlake.jobs.report;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.question.QuestionException;

/**
 * Comma-separated values with a head line ({@code csv:%ts,%sa,…}); a comma inside a value becomes a
 * semicolon.
 *
 * @param tokens the columns
 */
public record CsvFormat(List<FormatToken> tokens) implements OutputFormat {
  public CsvFormat {
    tokens = List.copyOf(tokens);
  }

  /**
   * Parses tokens that are separated by commas.
   *
   * @throws QuestionException for an unknown token or another separator
   */
  public static CsvFormat parse(String format) {
    if (format.isBlank()) {
      throw new QuestionException("Empty csv token string");
    }
    List<FormatToken> tokens = new ArrayList<>();
    for (String item : format.split(",", -1)) {
      String name = item.strip();
      if (!name.startsWith("%")) {
        throw new QuestionException(
            "Expected '%' token, but found " + (name.isEmpty() ? "<end of string>" : name));
      }
      tokens.add(
          FormatToken.of(name.substring(1))
              .filter(token -> token.csvName().isPresent())
              .orElseThrow(() -> new QuestionException("Output format parse error at: " + name)));
    }
    return new CsvFormat(tokens);
  }

  @Override
  public List<FlowField> fields() {
    Set<FlowField> fields = EnumSet.copyOf(TunnelRecord.FIELDS);
    tokens.forEach(token -> fields.addAll(token.fields()));
    return List.copyOf(fields);
  }

  @Override
  public FlowPrinter printer(PrintStyle style, Verbosity verbosity) {
    return new Lines(new CellContext(style), new ExtraCells(style.extras(), style));
  }

  private final class Lines implements FlowPrinter {
    private final CellContext context;
    private final ExtraCells extras;

    Lines(CellContext context, ExtraCells extras) {
      this.context = context;
      this.extras = extras;
    }

    @Override
    public void begin(StringBuilder out) {
      extras.csvStart(out);
      out.append(
          tokens.stream()
              .map(token -> token.csvName().orElseThrow())
              .collect(Collectors.joining(",")));
      extras.csvEnd(out);
      out.append('\n');
    }

    @Override
    public void flow(FlowRecord flow, StringBuilder out) {
      if (TunnelRecord.isTunnelled(flow)) {
        append(TunnelRecord.ofCsv(flow), out);
      }
      append(flow, out);
    }

    private void append(FlowRecord flow, StringBuilder line) {
      extras.csvStart(flow::extra, line);
      String separator = "";
      for (FormatToken token : tokens) {
        line.append(separator);
        separator = ",";
        int from = line.length();
        token.cell().csv().write(flow, context, line);
        for (int i = from; i < line.length(); i++) {
          if (line.charAt(i) == ',') {
            line.setCharAt(i, ';');
          }
        }
      }
      extras.csvEnd(flow::extra, line);
      line.append('\n');
    }

    @Override
    public void end(long flows, StringBuilder out) {}
  }
}
