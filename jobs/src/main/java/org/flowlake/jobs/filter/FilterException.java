package org.flowlake.jobs.filter;

/**
 * A filter that cannot be used. The message has the place, the line of the filter with a caret
 * under the token, and what to do:
 *
 * <pre>
 * line 1, position 12: expected a number from 0 to 65535, found 'x'
 *   dst port &gt; x
 *              ^
 * </pre>
 */
public abstract sealed class FilterException extends RuntimeException
    permits FilterSyntaxException, FilterValueException {

  private static final long serialVersionUID = 1L;

  /** Characters of a long line that are shown on each side of the caret. */
  private static final int CONTEXT = 60;

  private final String problem;
  private final String token;
  private final int line;
  private final int position;

  FilterException(String problem, SourceSpan span, Throwable cause) {
    super(render(problem, span), cause);
    this.problem = problem;
    this.token = span.text();
    this.line = span.source().lineOf(span.start());
    this.position = span.source().columnOf(span.start());
  }

  /** What is wrong, in one sentence, without the place. */
  public String problem() {
    return problem;
  }

  /** The token at which reading stopped; empty at the end of the filter. */
  public String token() {
    return token;
  }

  /** Line of the token, counted from 1. */
  public int line() {
    return line;
  }

  /** Position of the token in its line, counted from 1. */
  public int position() {
    return position;
  }

  private static String render(String problem, SourceSpan span) {
    FilterSource source = span.source();
    int from = source.startOfLine(span.start());
    int to = source.endOfLine(span.start());
    StringBuilder message = new StringBuilder();
    if (!source.name().isEmpty()) {
      message.append("file '").append(source.name()).append("', ");
    }
    message.append("line ").append(source.lineOf(span.start()));
    message.append(", position ").append(span.start() - from + 1).append(": ").append(problem);
    int first = Math.max(from, span.start() - CONTEXT);
    int last = Math.min(to, span.start() + CONTEXT);
    String before = (first > from ? "..." : "") + source.text().substring(first, span.start());
    String after = source.text().substring(span.start(), last) + (last < to ? "..." : "");
    int carets = Math.max(1, Math.min(span.end(), last) - span.start());
    message.append("\n  ").append((before + after).replace('\t', ' ').stripTrailing());
    message.append("\n  ").append(" ".repeat(before.length())).append("^".repeat(carets));
    return message.toString();
  }
}
