package org.flowlake.jobs.filter;

import java.util.Objects;

/**
 * A filter text and where it came from.
 *
 * @param name file name for messages; empty for text from the command line
 * @param text the text as written
 */
record FilterSource(String name, String text) {
  FilterSource {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(text, "text");
  }

  /** Line of a character offset, counted from 1. */
  int lineOf(int offset) {
    return 1 + (int) text.chars().limit(offset).filter(c -> c == '\n').count();
  }

  /** Position within its line, counted from 1. */
  int columnOf(int offset) {
    return offset - startOfLine(offset) + 1;
  }

  int startOfLine(int offset) {
    return offset == 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  }

  int endOfLine(int offset) {
    int end = text.indexOf('\n', offset);
    return end < 0 ? text.length() : end;
  }
}
