package org.flowlake.jobs.filter;

import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.flowlake.udfs.ip.IpAddress;

/** Writes a condition for people: as SQL, addresses as addresses, one line for each conjunct. */
public final class ConditionText {
  private static final Pattern ADDRESS = Pattern.compile("(?:X'|0x)([0-9A-Fa-f]{32})'?");

  /** Where a column or function is from; not inside a text. */
  private static final Pattern QUALIFIER = Pattern.compile("('[^']*')|(?:[A-Za-z_]\\w*\\.)+");

  private ConditionText() {}

  /** What all must hold, one line each. */
  public static String of(Expression condition) {
    StringBuilder text = new StringBuilder();
    conjuncts(condition)
        .forEach(conjunct -> text.append(withAddresses(unqualified(conjunct.sql()))).append('\n'));
    return text.toString();
  }

  /** Conditions of this package are balanced trees: recursion ends. */
  private static List<Expression> conjuncts(Expression condition) {
    return condition instanceof And and
        ? Stream.concat(conjuncts(and.left()).stream(), conjuncts(and.right()).stream()).toList()
        : List.of(condition);
  }

  private static String unqualified(String sql) {
    return QUALIFIER
        .matcher(sql)
        .replaceAll(match -> match.group(1) == null ? "" : Matcher.quoteReplacement(match.group()));
  }

  /** Binary constants of 16 bytes are addresses: no other column of bytes is compared. */
  public static String withAddresses(String sql) {
    Matcher found = ADDRESS.matcher(sql);
    return found.replaceAll(match -> IpAddress.text(HexFormat.of().parseHex(match.group(1))));
  }
}
