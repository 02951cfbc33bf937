package org.flowlake.jobs.extra;

import static org.apache.spark.sql.functions.col;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.flowlake.jobs.filter.NearestWord;
import org.flowlake.jobs.list.PrintOrder;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.SortDirection;
import org.flowlake.jobs.rows.CounterColumns;
import org.flowlake.jobs.rows.ExtraColumn;

/**
 * Parses {@code bytes > 1g and (flows >= 10 or srcips > 5)}. Figures are the orders of lists, as
 * those compute them, and the columns asked for; numbers may end in k, m, g or t, which count in
 * thousands, as in filters.
 */
public final class HavingParser {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:([A-Za-z_][A-Za-z_0-9]*)|([0-9][0-9.]*[A-Za-z]*)|(>=|<=|!=|<>|==|&&|\\|\\||[><=()!])|(\\S))");
  private static final Pattern NUMBER = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,6})?)([kmgtKMGT]?)");
  private static final String SUFFIXES = "kmgt";

  private final String text;
  private final Map<String, Column> figures = new LinkedHashMap<>();
  private final List<String> tokens = new ArrayList<>();
  private int at;

  private HavingParser(String text, List<ExtraColumn> extras) {
    this.text = text;
    for (PrintOrder order : PrintOrder.values()) {
      if (order != PrintOrder.TSTART && order != PrintOrder.TEND) {
        String name = order.name().toLowerCase(Locale.ROOT);
        figures.put(name, CounterColumns.measure(order.rank(SortDirection.DESCENDING)));
      }
    }
    extras.stream()
        .filter(extra -> extra.kind() != ExtraColumn.Kind.TIME)
        .forEach(extra -> figures.put(extra.name(), col(extra.rowName())));
  }

  /**
   * Parses a test.
   *
   * @param extras columns of the groups that can be tested beyond their counters
   * @throws QuestionException if the text is none; the message says what was expected and where
   */
  public static Having parse(String text, List<ExtraColumn> extras) {
    HavingParser parser = new HavingParser(text, extras);
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.lookingAt()) {
      parser.tokens.add(matcher.group().strip());
      matcher.region(matcher.end(), text.length());
    }
    Having parsed = parser.any();
    if (parser.at < parser.tokens.size()) {
      throw parser.expected("'and', 'or' or the end");
    }
    return parsed;
  }

  private Having any() {
    List<Having> tests = new ArrayList<>(List.of(all()));
    while (take("or") || take("||")) {
      tests.add(all());
    }
    return tests.size() == 1 ? tests.get(0) : new Having.Any(List.copyOf(tests));
  }

  private Having all() {
    List<Having> tests = new ArrayList<>(List.of(one()));
    while (take("and") || take("&&")) {
      tests.add(one());
    }
    return tests.size() == 1 ? tests.get(0) : new Having.All(List.copyOf(tests));
  }

  private Having one() {
    if (take("not") || take("!")) {
      return new Having.Not(one());
    } else if (take("(")) {
      Having inner = any();
      if (!take(")")) {
        throw expected("')'");
      }
      return inner;
    }
    return comparison();
  }

  private Having comparison() {
    String name = next().toLowerCase(Locale.ROOT);
    Column figure = figures.get(name);
    if (figure == null) {
      throw name.isEmpty() || !Character.isLetter(name.charAt(0))
          ? expected("a column")
          : new QuestionException(
              "--having: unknown column '"
                  + name
                  + "'; known: "
                  + String.join(" ", figures.keySet())
                  + NearestWord.hint(name, figures.keySet()));
    }
    at++;
    Having.Operator operator = operator();
    at++;
    return new Having.Comparison(figure, operator, number());
  }

  private Having.Operator operator() {
    String written = next().replace("==", "=").replace("<>", "!=");
    for (Having.Operator known : Having.Operator.values()) {
      if (known.text.equals(written)) {
        return known;
      }
    }
    throw expected("> >= < <= = or !=");
  }

  private long number() {
    Matcher matcher = NUMBER.matcher(next());
    if (!matcher.matches()) {
      throw expected("a number such as 1500, 10k or 1.5g");
    }
    int power =
        matcher.group(2).isEmpty()
            ? 0
            : 1 + SUFFIXES.indexOf(matcher.group(2).toLowerCase(Locale.ROOT));
    try {
      long number = new BigDecimal(matcher.group(1)).scaleByPowerOfTen(3 * power).longValueExact();
      at++;
      return number;
    } catch (ArithmeticException e) {
      throw expected("a whole number of at most 63 bits");
    }
  }

  private boolean take(String word) {
    if (!next().equalsIgnoreCase(word)) {
      return false;
    }
    at++;
    return true;
  }

  /** Empty at the end. */
  private String next() {
    return at < tokens.size() ? tokens.get(at) : "";
  }

  private QuestionException expected(String what) {
    String found = at < tokens.size() ? "'" + tokens.get(at) + "'" : "the end";
    return new QuestionException("--having '" + text + "': expected " + what + ", found " + found);
  }
}
