package org.flowlake.jobs.report;

/** How JSON objects are laid out: one array for people, or one object per line for programs. */
public enum JsonLayout {
  /** One array, one member per line, as {@code -o json} of nfdump 1.7.8. */
  ARRAY("[\n", " {\n", "  \"", "\" : ", ",\n", "\n }", ",\n", "\n]\n"),
  /** One object per line without blanks, as {@code -o ndjson} of nfdump 1.7.8. */
  LINES("", "{", "\"", "\":", ",", "}", "\n", "");

  final String opening;
  final String objectStart;
  final String nameStart;
  final String nameEnd;
  final String memberSeparator;
  final String objectEnd;
  final String objectSeparator;
  final String closing;

  JsonLayout(
      String opening,
      String objectStart,
      String nameStart,
      String nameEnd,
      String memberSeparator,
      String objectEnd,
      String objectSeparator,
      String closing) {
    this.opening = opening;
    this.objectStart = objectStart;
    this.nameStart = nameStart;
    this.nameEnd = nameEnd;
    this.memberSeparator = memberSeparator;
    this.objectEnd = objectEnd;
    this.objectSeparator = objectSeparator;
    this.closing = closing;
  }
}
