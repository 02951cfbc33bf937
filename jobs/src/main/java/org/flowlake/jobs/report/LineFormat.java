package org.flowlake.jobs.report;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.question.QuestionException;

/**
 * A line per flow: format tokens and the text between them ({@code fmt:…} and the named lines).
 *
 * @param parts in print order
 * @param width the width of addresses that the format's name asked for
 */
public record LineFormat(List<Part> parts, Optional<AddressWidth> width) implements OutputFormat {
  /** A token or the text between two tokens. */
  public sealed interface Part permits TokenPart, TextPart {}

  record TokenPart(FormatToken token) implements Part {}

  record TextPart(String text) implements Part {}

  public LineFormat {
    parts = List.copyOf(parts);
  }

  /**
   * Parses tokens and text.
   *
   * @throws QuestionException for an unknown token
   */
  public static LineFormat parse(String format) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < format.length()) {
      if (format.charAt(at) == '%') {
        int end = at + 1;
        while (end < format.length() && isWord(format.charAt(end))) {
          end++;
        }
        String rest = format.substring(at);
        parts.add(
            new TokenPart(
                FormatToken.of(format.substring(at + 1, end))
                    .orElseThrow(
                        () -> new QuestionException("Output format parse error at: " + rest))));
        at = end;
      } else {
        int end = format.indexOf('%', at);
        end = end < 0 ? format.length() : end;
        parts.add(new TextPart(format.substring(at, end)));
        at = end;
      }
    }
    return new LineFormat(parts, Optional.empty());
  }

  LineFormat withWidth(AddressWidth other) {
    return new LineFormat(parts, Optional.of(other));
  }

  @Override
  public Optional<AddressWidth> addressWidth() {
    return width;
  }

  @Override
  public List<FlowField> fields() {
    Set<FlowField> fields = EnumSet.copyOf(TunnelRecord.FIELDS);
    for (Part part : parts) {
      if (part instanceof TokenPart token) {
        fields.addAll(token.token().fields());
      }
    }
    return List.copyOf(fields);
  }

  @Override
  public List<FormatToken> tokens() {
    return parts.stream()
        .filter(TokenPart.class::isInstance)
        .map(part -> ((TokenPart) part).token())
        .toList();
  }

  @Override
  public boolean hasSummary() {
    return true;
  }

  /** The head line: heads of the tokens, blanks for the text between. */
  public String head(AddressWidth addresses) {
    StringBuilder head = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof TokenPart token) {
        head.append(token.token().head(addresses));
      } else if (part instanceof TextPart text) {
        Padding.blanks(head, text.text().length());
      }
    }
    return head.toString();
  }

  @Override
  public FlowPrinter printer(PrintStyle style, Verbosity verbosity) {
    return new Lines(style, verbosity);
  }

  private static boolean isWord(char c) {
    return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
  }

  private final class Lines implements FlowPrinter {
    private final PrintStyle style;
    private final Verbosity verbosity;
    private final CellContext context;
    private final ExtraCells extras;

    Lines(PrintStyle style, Verbosity verbosity) {
      this.style = style;
      this.verbosity = verbosity;
      this.context = new CellContext(style);
      this.extras = new ExtraCells(style.extras(), style);
    }

    @Override
    public void begin(StringBuilder out) {
      if (verbosity == Verbosity.FULL) {
        extras.lineStart(out);
        out.append(head(style.addresses()));
        extras.lineEnd(out);
        out.append('\n');
      }
    }

    @Override
    public void flow(FlowRecord flow, StringBuilder out) {
      if (TunnelRecord.isTunnelled(flow)) {
        append(TunnelRecord.ofLine(flow), out);
      }
      append(flow, out);
    }

    private void append(FlowRecord flow, StringBuilder line) {
      extras.lineStart(flow::extra, line);
      for (Part part : parts) {
        if (part instanceof TokenPart token) {
          token.token().cell().line().write(flow, context, line);
        } else if (part instanceof TextPart text) {
          line.append(text.text());
        }
      }
      extras.lineEnd(flow::extra, line);
      line.append('\n');
    }

    @Override
    public void end(long flows, StringBuilder out) {}
  }
}
