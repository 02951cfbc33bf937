package org.flowlake.jobs.filter;

import java.util.List;

/** A position in the tokens of a filter; the end token is never passed. */
final class TokenCursor {
  private final List<Token> tokens;
  private int at;

  TokenCursor(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(at);
  }

  Token next() {
    Token token = tokens.get(at);
    if (token.type() != TokenType.END) {
      at++;
    }
    return token;
  }

  /** The token before the next one; the next one itself at the start. */
  Token previous() {
    return tokens.get(Math.max(0, at - 1));
  }

  int position() {
    return at;
  }

  void rewind(int position) {
    at = position;
  }

  /** Consumes the next token if it has this type. */
  boolean skip(TokenType type) {
    if (peek().type() == type && type != TokenType.END) {
      at++;
      return true;
    }
    return false;
  }
}
