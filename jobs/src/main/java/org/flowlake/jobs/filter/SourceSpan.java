package org.flowlake.jobs.filter;

/**
 * The characters {@code start} (included) to {@code end} (excluded) of one filter text.
 *
 * @param source the text
 * @param start offset of the first character
 * @param end offset behind the last character
 */
record SourceSpan(FilterSource source, int start, int end) {
  SourceSpan {
    if (start < 0 || end < start || end > source.text().length()) {
      throw new IllegalArgumentException("span " + start + " to " + end + " is outside its text");
    }
  }

  /** From the start of this span to the end of the other; this span alone across two texts. */
  SourceSpan through(SourceSpan last) {
    return source == last.source && last.end >= start
        ? new SourceSpan(source, start, last.end)
        : this;
  }

  /** True where the other span begins at once behind this one. */
  boolean touches(SourceSpan next) {
    return source == next.source && end == next.start;
  }

  /** The characters as the user wrote them. */
  String text() {
    return source.text().substring(start, end);
  }
}
