package org.flowlake.jobs.filter;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Splits a filter text into tokens, with the rules of nfdump's scanner: blanks separate, {@code #}
 * starts a comment, {@code @include FILE} inserts a file's text.
 *
 * <p>One difference: nfdump 1.7.8 lets {@code =} be part of a word, so that {@code port=80} is one
 * word there and refused; here, as in 1.7.1, {@code =} always stands for itself.
 */
final class FilterLexer {
  /** As in nfdump. */
  private static final int DEEPEST_INCLUDE = 10;

  /** As in nfdump 1.7.8. */
  private static final int LONGEST_WORD = 256;

  /** Files that include each other ten deep could otherwise grow without end. */
  private static final long MOST_CHARACTERS = 256L << 20;

  private static final Map<Character, TokenType> SIGNS =
      Map.of(
          '(', TokenType.LEFT_PARENTHESIS,
          ')', TokenType.RIGHT_PARENTHESIS,
          '[', TokenType.LEFT_BRACKET,
          ']', TokenType.RIGHT_BRACKET,
          ',', TokenType.COMMA,
          '/', TokenType.SLASH,
          '!', TokenType.NOT_SIGN);

  private final IncludeReader includes;
  private final List<Token> tokens = new ArrayList<>();
  private final Deque<Reading> suspended = new ArrayDeque<>();
  private long characters;
  private FilterSource source;
  private String text;
  private int at;

  private record Reading(FilterSource source, int at) {}

  private FilterLexer(FilterSource source, IncludeReader includes) {
    this.includes = includes;
    open(source, 0);
  }

  /** All tokens, the last one of type {@link TokenType#END}. */
  static List<Token> tokens(FilterSource source, IncludeReader includes) {
    FilterLexer lexer = new FilterLexer(source, includes);
    while (lexer.next()) {
      // each step adds at most one token
    }
    return lexer.tokens;
  }

  private void open(FilterSource opened, int offset) {
    source = opened;
    text = opened.text();
    at = offset;
  }

  /** Reads one token, comment, blank or include; false once the end token is there. */
  private boolean next() {
    if (at == text.length()) {
      if (suspended.isEmpty()) {
        tokens.add(new Token(TokenType.END, "", span(at)));
        return false;
      }
      Reading outer = suspended.pop();
      open(outer.source(), outer.at());
      return true;
    }
    char c = text.charAt(at);
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      at++;
    } else if (c == '#') {
      at = source.endOfLine(at);
    } else if (c == '@') {
      include();
    } else if (c == '\'' || c == '"') {
      quoted(c);
    } else if (SIGNS.containsKey(c)) {
      sign(SIGNS.get(c), 1);
    } else if (c == '=' || c == '<' || c == '>') {
      sign(TokenType.COMPARISON, follows('=') ? 2 : 1);
    } else if (c == '&' && follows('&')) {
      sign(TokenType.AND_SIGN, 2);
    } else if (c == '|' && follows('|')) {
      sign(TokenType.OR_SIGN, 2);
    } else if (isWordCharacter(c)) {
      word();
    } else {
      throw new FilterSyntaxException(
          "unexpected character '" + c + "'", new SourceSpan(source, at, at + 1));
    }
    return true;
  }

  private boolean follows(char c) {
    return at + 1 < text.length() && text.charAt(at + 1) == c;
  }

  private void sign(TokenType type, int length) {
    tokens.add(
        new Token(type, text.substring(at, at + length), new SourceSpan(source, at, at + length)));
    at += length;
  }

  private void word() {
    int start = at;
    while (at < text.length() && isWordCharacter(text.charAt(at))) {
      at++;
    }
    if (at - start > LONGEST_WORD) {
      throw new FilterSyntaxException(
          "a word of " + (at - start) + " characters; the longest allowed has " + LONGEST_WORD,
          span(start));
    }
    String word = text.substring(start, at);
    tokens.add(
        new Token(
            NumberText.isNumber(word) ? TokenType.NUMBER : TokenType.WORD, word, span(start)));
  }

  private void quoted(char quote) {
    int start = at++;
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at);
      if (c < ' ' || c > '~') {
        throw new FilterSyntaxException(
            "text in quotes must be printable ASCII on one line", span(start));
      }
      at++;
    }
    if (at == text.length()) {
      throw new FilterSyntaxException("the quote that opens here is never closed", span(start));
    }
    at++;
    tokens.add(new Token(TokenType.QUOTED, text.substring(start + 1, at - 1), span(start)));
  }

  private void include() {
    int start = at;
    if (!text.startsWith("@include", at)) {
      throw new FilterSyntaxException(
          "unexpected character '@'; files are included with '@include FILE'",
          new SourceSpan(source, at, at + 1));
    }
    at += "@include".length();
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    int name = at;
    while (at < text.length() && " \t\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String path = text.substring(name, at);
    if (path.isEmpty()) {
      throw new FilterSyntaxException("expected a file name after '@include'", span(start));
    }
    if (suspended.size() == DEEPEST_INCLUDE) {
      throw new FilterSyntaxException(
          "files are included more than " + DEEPEST_INCLUDE + " deep", span(start));
    }
    String included;
    try {
      included = includes.read(path);
    } catch (IOException | RuntimeException e) {
      throw new FilterSyntaxException(
          "cannot read the included file '" + path + "': " + IncludeReader.reason(e),
          span(start),
          e);
    }
    characters += included.length();
    if (characters > MOST_CHARACTERS) {
      throw new FilterSyntaxException(
          "included files have more than " + MOST_CHARACTERS + " characters", span(start));
    }
    suspended.push(new Reading(source, at));
    open(new FilterSource(path, included), 0);
  }

  private SourceSpan span(int start) {
    return new SourceSpan(source, start, at);
  }

  private static boolean isWordCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == ':'
        || c == '.'
        || c == '-';
  }
}
