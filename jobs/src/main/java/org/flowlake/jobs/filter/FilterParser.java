package org.flowlake.jobs.filter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.flowlake.jobs.filter.FilterNode.And;
import org.flowlake.jobs.filter.FilterNode.Not;
import org.flowlake.jobs.filter.FilterNode.Or;
import org.flowlake.jobs.filter.FilterNode.Term;

/**
 * Text to tree: {@code not} binds before {@code and}, {@code and} before {@code or}; two terms side
 * by side are an error. Parentheses may nest to any depth, since open ones wait on a stack of the
 * parser's own.
 */
final class FilterParser {
  /** So many expected words are named in a message. */
  private static final int WORDS_NAMED = 12;

  private final TokenCursor tokens;
  private final ArgumentParser arguments;
  private final Deque<Group> open = new ArrayDeque<>();

  private FilterParser(TokenCursor tokens) {
    this.tokens = tokens;
    this.arguments = new ArgumentParser(tokens);
  }

  /**
   * The tree of a filter.
   *
   * <p>As in nfdump, the empty text is {@code any}, and one of nothing but blanks and comments
   * matches no flow.
   *
   * @throws FilterSyntaxException if the text is not a filter
   */
  static FilterNode parse(FilterSource source, IncludeReader includes) {
    List<Token> tokens = FilterLexer.tokens(source, includes);
    if (tokens.size() == 1) {
      Term any =
          new Term(
              FilterKeywords.start().after("any").flatMap(FilterKeywords::form).orElseThrow(),
              new Argument.None(),
              tokens.get(0).span());
      return source.text().isEmpty() ? any : new Not(any);
    }
    return new FilterParser(new TokenCursor(tokens)).filter();
  }

  private FilterNode filter() {
    open.push(new Group(null));
    while (true) {
      operand();
      while (tokens.peek().type() == TokenType.RIGHT_PARENTHESIS && open.size() > 1) {
        tokens.next();
        FilterNode inner = open.pop().close();
        open.element().add(inner);
      }
      if (!joined()) {
        return open.pop().close();
      }
    }
  }

  /** Signs of negation and opening parentheses, then a term. */
  private void operand() {
    while (true) {
      Token token = tokens.peek();
      if (token.type() == TokenType.NOT_SIGN || token.isWord("not")) {
        tokens.next();
        open.element().negateNext();
      } else if (token.type() == TokenType.LEFT_PARENTHESIS) {
        open.push(new Group(tokens.next()));
      } else {
        open.element().add(term());
        return;
      }
    }
  }

  /** Consumes {@code and} or {@code or}; false at the end of the filter. */
  private boolean joined() {
    Token token = tokens.peek();
    if (token.type() == TokenType.AND_SIGN || token.isWord("and")) {
      tokens.next();
      return true;
    }
    if (token.type() == TokenType.OR_SIGN || token.isWord("or")) {
      tokens.next();
      open.element().nextAlternative();
      return true;
    }
    if (token.type() != TokenType.END) {
      String expected = open.size() > 1 ? "'and', 'or' or ')'" : "'and' or 'or'";
      throw new FilterSyntaxException(
          "expected "
              + expected
              + " before the next term, found "
              + token.described()
              + NearestWord.hint(token.text(), List.of("and", "or")),
          token.span());
    }
    if (open.size() > 1) {
      throw new FilterSyntaxException(
          "the parenthesis that opens here is never closed", open.element().opening.span());
    }
    return false;
  }

  private Term term() {
    Token first = tokens.peek();
    FilterKeywords at = FilterKeywords.start();
    TermForm form = null;
    int behindForm = tokens.position();
    while (tokens.peek().type() == TokenType.WORD) {
      Optional<FilterKeywords> next = at.after(tokens.peek().text());
      if (next.isEmpty()) {
        break;
      }
      at = next.get();
      tokens.next();
      if (at.form().isPresent() && (form == null || arguments.canFollow(at.form().get()))) {
        form = at.form().get();
        behindForm = tokens.position();
      }
    }
    if (form == null) {
      throw unknownTerm(first, at, tokens.peek());
    }
    tokens.rewind(behindForm);
    Argument argument = arguments.of(form);
    return new Term(form, argument, first.span().through(tokens.previous().span()));
  }

  private static FilterSyntaxException unknownTerm(Token first, FilterKeywords at, Token found) {
    Set<String> words = new TreeSet<>(at.words());
    if (found == first) {
      String problem = "expected a term such as 'proto tcp' or 'dst port 80', found ";
      String hint = "";
      if (found.type() == TokenType.WORD) {
        hint =
            NameTable.PROTOCOL.number(found.text()).isPresent()
                ? "; write 'proto " + found.text() + "'"
                : NearestWord.hint(found.text(), words);
      }
      return new FilterSyntaxException(problem + found.described() + hint, found.span());
    }
    List<String> named = words.stream().limit(WORDS_NAMED).map(word -> "'" + word + "'").toList();
    String expected =
        (named.size() == 1 ? "" : "one of ")
            + String.join(", ", named)
            + (words.size() > WORDS_NAMED ? " ..." : "");
    return new FilterSyntaxException(
        "expected "
            + expected
            + " after '"
            + first.span().through(first.span()).text()
            + "', found "
            + found.described()
            + NearestWord.hint(found.text(), words),
        found.span());
  }

  /** What stands between two parentheses: alternatives of joined operands. */
  private static final class Group {
    final Token opening;
    private List<FilterNode> alternatives = List.of();
    private FilterNode single;
    private List<FilterNode> joined = List.of();
    private boolean negated;

    Group(Token opening) {
      this.opening = opening;
    }

    void negateNext() {
      negated = !negated;
    }

    void add(FilterNode operand) {
      FilterNode node = negated ? negation(operand) : operand;
      negated = false;
      if (single == null) {
        single = node;
        return;
      }
      if (joined.isEmpty()) {
        joined = new ArrayList<>();
        joined.add(single);
      }
      joined.add(node);
    }

    private static FilterNode negation(FilterNode operand) {
      return operand instanceof Not not ? not.operand() : new Not(operand);
    }

    void nextAlternative() {
      if (alternatives.isEmpty()) {
        alternatives = new ArrayList<>();
      }
      alternatives.add(closeJoined());
      single = null;
      joined = List.of();
    }

    FilterNode close() {
      if (alternatives.isEmpty()) {
        return closeJoined();
      }
      nextAlternative();
      return new Or(alternatives);
    }

    private FilterNode closeJoined() {
      return joined.isEmpty() ? single : new And(joined);
    }
  }
}
