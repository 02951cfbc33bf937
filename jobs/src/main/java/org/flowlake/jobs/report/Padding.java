package org.flowlake.jobs.report;

/** Text in columns. Text that is wider than its column keeps its width, as with printf. */
final class Padding {
  private Padding() {}

  /** Right-justified ({@code %8s}). */
  static StringBuilder right(StringBuilder out, String text, int width) {
    blanks(out, width - text.length());
    return out.append(text);
  }

  /** Right-justified. */
  static String right(String text, int width) {
    return right(new StringBuilder(Math.max(width, text.length())), text, width).toString();
  }

  /** Left-justified ({@code %-8s}). */
  static StringBuilder left(StringBuilder out, String text, int width) {
    out.append(text);
    return blanks(out, width - text.length());
  }

  /** So many blanks; none for a negative number. */
  static StringBuilder blanks(StringBuilder out, int count) {
    for (int i = 0; i < count; i++) {
      out.append(' ');
    }
    return out;
  }
}
