package org.flowlake.jobs.filter;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flowlake.jobs.filter.FilterNode.And;
import org.flowlake.jobs.filter.FilterNode.Not;
import org.flowlake.jobs.filter.FilterNode.Or;
import org.flowlake.jobs.filter.FilterNode.Term;

/**
 * Writes a filter tree as canonical text: one spelling per keyword, one blank between words, no
 * parenthesis that is not needed. Parsing the text again and printing gives the same text.
 */
final class FilterPrinter {
  private FilterPrinter() {}

  static String print(FilterNode filter) {
    // Long texts of inner nodes would be copied once per level: pieces are collected in one walk.
    StringBuilder out = new StringBuilder();
    java.util.ArrayDeque<Object> todo = new java.util.ArrayDeque<>();
    todo.push(filter);
    while (!todo.isEmpty()) {
      Object next = todo.pop();
      if (next instanceof String text) {
        out.append(text);
      } else if (next instanceof Term term) {
        appendTerm(out, term);
      } else if (next instanceof Not not) {
        pushOperand(
            todo, not.operand(), not.operand() instanceof And || not.operand() instanceof Or);
        todo.push("not ");
      } else if (next instanceof And and) {
        pushJoined(todo, and.operands(), " and ", true);
      } else if (next instanceof Or or) {
        pushJoined(todo, or.operands(), " or ", false);
      }
    }
    return out.toString();
  }

  private static void pushJoined(
      java.util.ArrayDeque<Object> todo, List<FilterNode> operands, String word, boolean isAnd) {
    for (int i = operands.size() - 1; i >= 0; i--) {
      pushOperand(todo, operands.get(i), isAnd && operands.get(i) instanceof Or);
      if (i > 0) {
        todo.push(word);
      }
    }
  }

  private static void pushOperand(
      java.util.ArrayDeque<Object> todo, FilterNode operand, boolean parenthesised) {
    if (parenthesised) {
      todo.push(")");
    }
    todo.push(operand);
    if (parenthesised) {
      todo.push("(");
    }
  }

  private static void appendTerm(StringBuilder out, Term term) {
    out.append(term.form().words());
    Argument argument = term.argument();
    if (argument instanceof Argument.Number number) {
      out.append(comparison(number.comparison())).append(' ').append(number.value());
    } else if (argument instanceof Argument.Word word) {
      out.append(' ').append(quotedIfNeeded(word.text()));
    } else if (argument instanceof Argument.FlagLetters flags) {
      out.append(flags.exact() ? " =" : " ").append(quotedIfNeeded(flags.letters()));
    } else if (argument instanceof Argument.Network network) {
      out.append(' ').append(text(network));
    } else if (argument instanceof Argument.Time time) {
      out.append(comparison(time.comparison())).append(' ').append(quotedIfNeeded(time.text()));
    } else if (argument instanceof Argument.Pattern pattern) {
      out.append(' ').append(quoted(pattern.expression()));
      if (!pattern.options().isEmpty()) {
        out.append(' ').append(quoted(pattern.options()));
      }
    } else if (argument instanceof Argument.NumberList list) {
      out.append(list(list.numbers().stream().map(number -> Long.toString(number.value()))));
    } else if (argument instanceof Argument.AddressList list) {
      out.append(list(list.addresses().stream().map(FilterPrinter::listed)));
    }
  }

  private static String comparison(Comparison comparison) {
    return comparison == Comparison.EQUAL ? "" : " " + comparison.symbol();
  }

  private static String list(Stream<String> items) {
    return items.collect(Collectors.joining(" ", " in [", "]"));
  }

  private static String listed(Argument item) {
    return item instanceof Argument.Network network ? text(network) : ((Argument.Word) item).text();
  }

  private static String text(Argument.Network network) {
    return network.address() + (network.dotted() ? " " : "/") + network.suffix();
  }

  private static String quotedIfNeeded(String text) {
    boolean word =
        !text.isEmpty()
            && text.chars()
                .allMatch(
                    c ->
                        (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || "_:.-".indexOf(c) >= 0);
    return word ? text : quoted(text);
  }

  private static String quoted(String text) {
    return text.indexOf('\'') < 0 ? "'" + text + "'" : "\"" + text + "\"";
  }
}
