package org.flowlake.jobs.report;

/**
 * The lines of {@code -o raw}: a label, an equals sign and a value that ends in one column, with
 * what explains it behind.
 */
final class LabelledLines {
  /** Columns of numbers of 8, 16 and 32 bits, of counters, times, addresses, and of all values. */
  static final int BYTE = 3;

  static final int SHORT = 5;
  static final int INT = 10;
  static final int COUNTER = 10;
  static final int TIME = 13;
  static final int ADDRESS = 16;
  static final int WHOLE = 18;

  private static final int LABEL_WIDTH = 13;

  private final StringBuilder out;
  private final String indent;

  private LabelledLines(StringBuilder out, String indent) {
    this.out = out;
    this.indent = indent;
  }

  /** Lines of a record. */
  static LabelledLines to(StringBuilder out) {
    return new LabelledLines(out, "  ");
  }

  /** Lines that belong to the one before: further in, with the equals sign in the same column. */
  LabelledLines inner() {
    return new LabelledLines(out, indent + "  ");
  }

  /**
   * A right-justified value, and what follows it at once.
   *
   * @param width columns of the value: one that needs more begins where it would with so many
   */
  void value(String label, int width, String value, String explanation) {
    begin(label);
    Padding.blanks(out, WHOLE - width);
    Padding.right(out, value, width).append(explanation).append('\n');
  }

  /** A right-justified value. */
  void value(String label, int width, String value) {
    value(label, width, value, "");
  }

  /** A right-justified number that is not negative, or the 64 bits of an unsigned one. */
  void number(String label, int width, long value) {
    value(label, width, Long.toUnsignedString(value), "");
  }

  /** A right-justified number, and what follows it at once. */
  void number(String label, int width, long value, String explanation) {
    value(label, width, Long.toUnsignedString(value), explanation);
  }

  /** A text that begins so many columns behind the equals sign's blank. */
  void text(String label, int column, String text) {
    begin(label);
    Padding.blanks(out, column).append(text).append('\n');
  }

  /** A text as it is. */
  void plain(String text) {
    out.append(text);
  }

  private void begin(String label) {
    out.append(indent);
    Padding.left(out, label, LABEL_WIDTH - (indent.length() - 2)).append("= ");
  }
}
