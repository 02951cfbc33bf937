package org.flowlake.jobs.filter;

/**
 * One token of a filter text.
 *
 * @param type what it is
 * @param text its characters; of a quoted token those between the quotes
 * @param span where it stands, quotes included
 */
record Token(TokenType type, String text, SourceSpan span) {

  /** True for this keyword in any case; a quoted word is never a keyword. */
  boolean isWord(String keyword) {
    return type == TokenType.WORD && text.equalsIgnoreCase(keyword);
  }

  /** How messages name it. */
  String described() {
    return type == TokenType.END ? "the end of the filter" : "'" + span.text() + "'";
  }
}
