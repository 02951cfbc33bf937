package org.flowlake.jobs.filter;

import java.util.ArrayList;
import java.util.List;

/** Reads what follows the words of a term, by its {@link ArgumentKind}. */
final class ArgumentParser {
  private final TokenCursor tokens;

  ArgumentParser(TokenCursor tokens) {
    this.tokens = tokens;
  }

  Argument of(TermForm form) {
    FilterPrimitive primitive = form.primitive();
    if (primitive.takesLists() && tokens.peek().isWord("in")) {
      tokens.next();
      return list(form);
    }
    return switch (primitive.argument()) {
      case NOTHING -> new Argument.None();
      case NUMBER -> number(Comparison.EQUAL, form);
      case COMPARED_NUMBER -> number(comparison(), form);
      case CODE ->
          tokens.peek().type() == TokenType.NUMBER ? number(Comparison.EQUAL, form) : word(form);
      case COMPARED_CODE ->
          isComparison() || tokens.peek().type() == TokenType.NUMBER
              ? number(comparison(), form)
              : word(form);
      case NAME, ADDRESS, MAC -> word(form);
      case FLAGS -> flags(form);
      case NETWORK -> network(form);
      case TIME -> time(form);
      case TEXT -> text(form);
      case PATTERN -> pattern(form);
    };
  }

  /**
   * Whether the next token can be what this form needs, where a shorter form is at hand: {@code asa
   * event denied} is an event, unless the reason follows.
   */
  boolean canFollow(TermForm form) {
    Token token = tokens.peek();
    return form.primitive().argument() != ArgumentKind.CODE
        || token.type() == TokenType.NUMBER
        || token.type() == TokenType.QUOTED
        || token.type() == TokenType.WORD && !token.isWord("and") && !token.isWord("or");
  }

  private boolean isComparison() {
    Token token = tokens.peek();
    return token.type() == TokenType.COMPARISON || comparisonWord(token) != null;
  }

  private static Comparison comparisonWord(Token token) {
    if (token.type() != TokenType.WORD) {
      return null;
    }
    return switch (token.text().toLowerCase(java.util.Locale.ROOT)) {
      case "eq" -> Comparison.EQUAL;
      case "gt" -> Comparison.GREATER;
      case "ge" -> Comparison.AT_LEAST;
      case "lt" -> Comparison.LESS;
      case "le" -> Comparison.AT_MOST;
      default -> null;
    };
  }

  /** The comparison that stands here; equality where there is none. */
  private Comparison comparison() {
    if (!isComparison()) {
      return Comparison.EQUAL;
    }
    Token token = tokens.next();
    return switch (token.text()) {
      case "=", "==" -> Comparison.EQUAL;
      case ">" -> Comparison.GREATER;
      case ">=" -> Comparison.AT_LEAST;
      case "<" -> Comparison.LESS;
      case "<=" -> Comparison.AT_MOST;
      default -> comparisonWord(token);
    };
  }

  private Argument.Number number(Comparison comparison, TermForm form) {
    if (tokens.peek().type() != TokenType.NUMBER) {
      throw unexpected(form, numberExpected(form.primitive()));
    }
    Token token = tokens.next();
    long value =
        NumberText.value(token.text())
            .orElseThrow(
                () ->
                    new FilterSyntaxException(
                        "the number " + token.text() + " is larger than " + Long.MAX_VALUE,
                        token.span()));
    return new Argument.Number(comparison, value, token.span());
  }

  private static String numberExpected(FilterPrimitive primitive) {
    String number =
        primitive.largest() == Long.MAX_VALUE
            ? "a number"
            : "a number from 0 to " + primitive.largest();
    return primitive.takesLists() ? number + " or 'in [...]'" : number;
  }

  private Argument.Word word(TermForm form) {
    Token token = tokens.peek();
    if (token.type() != TokenType.WORD && token.type() != TokenType.QUOTED) {
      String or = form.primitive().takesLists() ? " or 'in [...]'" : "";
      throw unexpected(form, form.primitive().argument().expected() + or);
    }
    tokens.next();
    return new Argument.Word(token.text(), token.span());
  }

  private Argument flags(TermForm form) {
    boolean sign = tokens.peek().type() == TokenType.COMPARISON;
    Comparison comparison = comparison();
    Token token = tokens.peek();
    if (token.type() == TokenType.NUMBER) {
      return number(comparison, form);
    }
    if (comparison != Comparison.EQUAL) {
      throw unexpected(form, numberExpected(form.primitive()));
    }
    Argument.Word letters = word(form);
    return new Argument.FlagLetters(sign, letters.text(), letters.span());
  }

  private Argument.Network network(TermForm form) {
    Token address = tokens.peek();
    if (address.type() != TokenType.WORD && address.type() != TokenType.NUMBER) {
      throw unexpected(form, form.primitive().argument().expected());
    }
    tokens.next();
    if (tokens.peek().type() == TokenType.SLASH) {
      return prefix(address, form);
    }
    Token mask = tokens.peek();
    if (mask.type() != TokenType.WORD || Character.digit(mask.text().charAt(0), 10) < 0) {
      throw unexpected(form, "'/' and a prefix length, or a mask such as 255.255.0.0,");
    }
    tokens.next();
    return new Argument.Network(
        address.text(), mask.text(), true, address.span().through(mask.span()));
  }

  private Argument.Network prefix(Token address, TermForm form) {
    tokens.next();
    Token length = tokens.peek();
    if (length.type() != TokenType.NUMBER) {
      throw unexpected(form, "a prefix length");
    }
    tokens.next();
    return new Argument.Network(
        address.text(), length.text(), false, address.span().through(length.span()));
  }

  private Argument.Time time(TermForm form) {
    Comparison comparison = comparison();
    Token token = tokens.peek();
    if (token.type() != TokenType.WORD
        && token.type() != TokenType.NUMBER
        && token.type() != TokenType.QUOTED) {
      throw unexpected(form, form.primitive().argument().expected());
    }
    tokens.next();
    return new Argument.Time(comparison, token.text(), token.span());
  }

  /** A text; pieces without a blank between them, such as {@code a=b}, are one. */
  private Argument.Word text(TermForm form) {
    Token token = tokens.peek();
    if (token.type() == TokenType.QUOTED) {
      return word(form);
    }
    if (!isTextPiece(token)) {
      throw unexpected(form, form.primitive().argument().expected());
    }
    StringBuilder text = new StringBuilder();
    SourceSpan span = token.span();
    do {
      Token piece = tokens.next();
      text.append(piece.text());
      span = span.through(piece.span());
    } while (isTextPiece(tokens.peek()) && tokens.previous().span().touches(tokens.peek().span()));
    return new Argument.Word(text.toString(), span);
  }

  private static boolean isTextPiece(Token token) {
    return token.type() == TokenType.WORD
        || token.type() == TokenType.NUMBER
        || (token.type() == TokenType.COMPARISON && token.text().startsWith("="));
  }

  private Argument.Pattern pattern(TermForm form) {
    Argument.Word expression = text(form);
    Token options = tokens.peek();
    boolean given =
        options.type() == TokenType.QUOTED
            || (options.type() == TokenType.WORD
                && !options.isWord("and")
                && !options.isWord("or"));
    if (given) {
      tokens.next();
    }
    return new Argument.Pattern(
        expression.text(),
        given ? options.text() : "",
        given ? expression.span().through(options.span()) : expression.span());
  }

  private Argument list(TermForm form) {
    Token bracket = tokens.peek();
    if (!tokens.skip(TokenType.LEFT_BRACKET)) {
      throw unexpected(form, "'['");
    }
    boolean addresses = form.primitive().argument() == ArgumentKind.ADDRESS;
    List<Argument> items = new ArrayList<>();
    do {
      items.add(addresses ? listedAddress(form) : listedNumber(form));
      tokens.skip(TokenType.COMMA);
      if (tokens.peek().type() == TokenType.END) {
        throw new FilterSyntaxException(
            "the list that opens here is never closed with ']'", bracket.span());
      }
    } while (!tokens.skip(TokenType.RIGHT_BRACKET));
    return addresses
        ? new Argument.AddressList(items)
        : new Argument.NumberList(items.stream().map(Argument.Number.class::cast).toList());
  }

  private Argument listedNumber(TermForm form) {
    if (tokens.peek().type() != TokenType.NUMBER) {
      throw unexpected(form, "a number or ']'");
    }
    return number(Comparison.EQUAL, form);
  }

  private Argument listedAddress(TermForm form) {
    Token token = tokens.peek();
    if (token.type() != TokenType.WORD && token.type() != TokenType.NUMBER) {
      throw unexpected(form, "an address, a network or ']'");
    }
    tokens.next();
    return tokens.peek().type() == TokenType.SLASH
        ? prefix(token, form)
        : new Argument.Word(token.text(), token.span());
  }

  private FilterSyntaxException unexpected(TermForm form, String expected) {
    Token found = tokens.peek();
    String hint = "";
    if (found.type() == TokenType.NOT_SIGN || "<>".equals(found.text())) {
      hint = "; there is no 'unequal', write 'not " + form.words() + " ...'";
    }
    return new FilterSyntaxException(
        "expected " + expected + " after '" + form.words() + "', found " + found.described() + hint,
        found.span());
  }
}
