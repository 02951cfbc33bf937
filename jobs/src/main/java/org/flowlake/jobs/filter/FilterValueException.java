package org.flowlake.jobs.filter;

/** A well-formed filter with a value that cannot be: thrown by the binder. */
public final class FilterValueException extends FilterException {
  private static final long serialVersionUID = 1L;

  FilterValueException(String problem, SourceSpan span) {
    this(problem, span, null);
  }

  FilterValueException(String problem, SourceSpan span, Throwable cause) {
    super(problem, span, cause);
  }
}
