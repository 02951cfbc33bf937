package org.flowlake.jobs.filter;

/** A text that is not a filter: thrown by the lexer and the parser. */
public final class FilterSyntaxException extends FilterException {
  private static final long serialVersionUID = 1L;

  FilterSyntaxException(String problem, SourceSpan span) {
    this(problem, span, null);
  }

  FilterSyntaxException(String problem, SourceSpan span, Throwable cause) {
    super(problem, span, cause);
  }
}
