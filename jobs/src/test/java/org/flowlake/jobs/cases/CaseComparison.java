package org.flowlake.jobs.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares an answer with nfdump's as the corpus' README says. */
final class CaseComparison {
  private static final Pattern STATISTIC =
      Pattern.compile(
          "^.{23} .{16,17} \\S+ +\\S+ +(?<flows>.{8})\\(.{4,5}\\) (?<packets>.{8})\\(.{4,5}\\)"
              + " (?<bytes>.{8})\\(.{4,5}\\) (?<pps>.{8}) (?<bps>.{8}) +(?<bpp>\\d+)$");

  private final NfdumpCase asked;

  CaseComparison(NfdumpCase asked) {
    this.asked = asked;
  }

  /** From raw files: byte for byte, ties and what nfdump itself varies apart. */
  void compareRaw(String text, String actual) {
    String expected = NfdumpJsonText.valid(text);
    if (asked.isExact() && !asked.hasUnstableContent() && !asked.hasUnstableOrder()) {
      assertThat(actual).as(asked.toString()).isEqualTo(expected);
      return;
    }
    List<String> left = lines(expected, asked.hasUnstableContent() ? Leave.WINDOW : Leave.ALL);
    List<String> right = lines(actual, asked.hasUnstableContent() ? Leave.WINDOW : Leave.ALL);
    compareRows(left, right, asked.isExact() && !asked.hasUnstableOrder());
  }

  /** From a lake: the same rows and summary, blocks apart; -c gives as many rows. */
  void compareLake(String expected, String actual) {
    List<String> left = lines(expected, asked.has("-c") ? Leave.WINDOW : Leave.PROCESSED);
    List<String> right = lines(actual, asked.has("-c") ? Leave.WINDOW : Leave.PROCESSED);
    if (asked.has("-c") && asked.has("-o") && asked.optionValue("-o").equals("json")) {
      // Other flows have other extensions, and so more or fewer lines.
      assertThat(NfdumpJsonText.objects(actual))
          .as(asked.toString())
          .hasSameSizeAs(NfdumpJsonText.validObjects(expected));
    } else if (asked.has("-c")) {
      assertThat(right).as(asked.toString()).hasSameSizeAs(left);
    } else {
      compareRows(left, right, false);
    }
  }

  private void compareRows(List<String> expected, List<String> actual, boolean inOrder) {
    if (inOrder) {
      assertThat(actual).as(asked.toString()).isEqualTo(expected);
      return;
    }
    Function<String, String> key = key();
    if (key != null) {
      assertThat(actual.stream().map(key))
          .as("order of " + asked)
          .isEqualTo(expected.stream().map(key).toList());
    }
    if (key != null && (asked.hasTieAtCutoff() || asked.has("-O") && asked.has("-n"))) {
      String last = key.apply(lastRow(expected));
      assertThat(without(actual, key, last))
          .as(asked.toString())
          .containsExactlyInAnyOrderElementsOf(without(expected, key, last));
    } else {
      assertThat(actual).as(asked.toString()).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static String lastRow(List<String> lines) {
    return lines.stream()
        .filter(line -> Character.isDigit(line.charAt(0)))
        .reduce((first, second) -> second)
        .orElse("");
  }

  private static List<String> without(
      List<String> lines, Function<String, String> key, String last) {
    return lines.stream().filter(line -> !key.apply(line).equals(last)).toList();
  }

  /** What the rows are ordered by, as it is printed; null where it cannot be told from the row. */
  private Function<String, String> key() {
    if (asked.has("-O") && asked.optionValue("-O").equals("tstart")) {
      return line -> line.length() < 23 ? line : line.substring(0, 23);
    } else if (asked.has("-O") && asked.optionValue("-O").equals("flows") && !asked.has("-o")) {
      return line -> line.substring(line.lastIndexOf(' ') + 1);
    }
    if (!asked.has("-s") || asked.has("-o") || asked.has("-N")) {
      return null;
    }
    String[] statistic = asked.optionValue("-s").split("/");
    boolean single =
        statistic.length <= 2 && asked.args().stream().filter("-s"::equals).count() == 1;
    if (!single || statistic[0].equals("record")) {
      return null;
    }
    String order = statistic.length == 1 ? "flows" : statistic[1];
    return line -> {
      Matcher matcher = STATISTIC.matcher(line);
      return matcher.matches() ? matcher.group(order) : "";
    };
  }

  private enum Leave {
    ALL,
    PROCESSED,
    WINDOW
  }

  private static List<String> lines(String text, Leave out) {
    List<String> lines = new ArrayList<>();
    text.lines()
        .filter(line -> out == Leave.ALL || !line.startsWith("Total records processed"))
        .filter(line -> out != Leave.WINDOW || !line.startsWith("Time window"))
        .forEach(lines::add);
    return lines;
  }
}
