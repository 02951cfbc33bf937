package org.flowlake.jobs.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of text as the words of a command, quoted as POSIX shells do: blanks part words, single
 * quotes keep everything, double quotes keep all but a backslash before a double quote, backslash,
 * dollar sign or backtick, a backslash elsewhere keeps the next character, {@code #} at the start
 * of a word begins a comment. Nothing is expanded or redirected.
 */
final class CommandWords {
  private static final String ESCAPED_IN_DOUBLE_QUOTES = "\"\\$`";

  private final String line;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private int position;

  private CommandWords(String line) {
    this.line = line;
  }

  /**
   * The words of a line.
   *
   * @throws IllegalArgumentException if a quote is not closed, or nothing follows a backslash
   */
  static List<String> split(String line) {
    CommandWords split = new CommandWords(line);
    while (split.skipBlanks()) {
      split.readWord();
    }
    return List.copyOf(split.words);
  }

  /** Whether a word follows. */
  private boolean skipBlanks() {
    while (position < line.length() && Character.isWhitespace(line.charAt(position))) {
      position++;
    }
    return position < line.length() && line.charAt(position) != '#';
  }

  private void readWord() {
    word.setLength(0);
    while (position < line.length() && !Character.isWhitespace(line.charAt(position))) {
      char c = line.charAt(position++);
      switch (c) {
        case '\'' -> readSingleQuoted(position - 1);
        case '"' -> readDoubleQuoted(position - 1);
        case '\\' -> word.append(escaped());
        default -> word.append(c);
      }
    }
    words.add(word.toString());
  }

  private void readSingleQuoted(int start) {
    int end = line.indexOf('\'', position);
    if (end < 0) {
      throw unclosed(start);
    }
    word.append(line, position, end);
    position = end + 1;
  }

  private void readDoubleQuoted(int start) {
    while (position < line.length()) {
      char c = line.charAt(position++);
      if (c == '"') {
        return;
      }
      boolean escapes =
          c == '\\'
              && position < line.length()
              && ESCAPED_IN_DOUBLE_QUOTES.indexOf(line.charAt(position)) >= 0;
      word.append(escapes ? line.charAt(position++) : c);
    }
    throw unclosed(start);
  }

  private char escaped() {
    if (position == line.length()) {
      throw new IllegalArgumentException("Nothing follows the backslash at the end of the line");
    }
    return line.charAt(position++);
  }

  private IllegalArgumentException unclosed(int start) {
    return new IllegalArgumentException(
        "The quote %s in column %d is not closed".formatted(line.charAt(start), start + 1));
  }
}
