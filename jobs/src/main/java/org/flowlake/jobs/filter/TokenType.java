package org.flowlake.jobs.filter;

/** Kinds of token; keywords are plain words, since most of them are also legal names. */
enum TokenType {
  /** Letters, digits, {@code _ : . -} that are no number: keywords, names, addresses. */
  WORD,
  /** Decimal, hexadecimal, or decimal with one of the suffixes k m g t. */
  NUMBER,
  /** Text in single or double quotes. */
  QUOTED,
  /** One of {@code = == > < >= <=}. */
  COMPARISON,
  LEFT_PARENTHESIS,
  RIGHT_PARENTHESIS,
  LEFT_BRACKET,
  RIGHT_BRACKET,
  COMMA,
  SLASH,
  /** {@code !}, the sign for {@code not}. */
  NOT_SIGN,
  /** {@code &&}, the sign for {@code and} (nfdump 1.7.1). */
  AND_SIGN,
  /** {@code ||}, the sign for {@code or} (nfdump 1.7.1). */
  OR_SIGN,
  END
}
