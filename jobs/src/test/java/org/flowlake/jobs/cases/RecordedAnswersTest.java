package org.flowlake.jobs.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.aggregate.AggregationKey;
import org.flowlake.jobs.cli.FlowlakeCommand;
import org.flowlake.jobs.list.PrintOrder;
import org.flowlake.jobs.report.FormatToken;
import org.flowlake.jobs.stat.StatElement;
import org.flowlake.jobs.stat.StatOrder;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every token, statistic, key, order and output over files of a corpus ({@code
 * -Dflowlake.corpus=DIR}), against the text that nfdump 1.7.8 printed when it was asked the same
 * ({@code scripts/record-nfdump-answers}).
 */
class RecordedAnswersTest {
  private static final Path CORPUS = Path.of(System.getProperty("flowlake.corpus", "."));
  private static final List<String> FILES =
      List.of("tokens", "statistics", "keys", "orders", "outputs");

  /** With {@code -c} 1.7.8 counts what its threads had read, more or less by chance. */
  private static final String PROCESSED = "Total records processed";

  /** 1.7.8 also counts records that are not flows, here it is the place in the list. */
  private static final String RECORD_COUNT = "  RecordCount  =";

  @TestFactory
  Stream<DynamicTest> answersAreThoseOfNfdump() {
    assumeTrue(
        Files.isDirectory(CORPUS.resolve("nfcapd")),
        "no nfcapd in " + CORPUS + "; set -Dflowlake.corpus=DIR");
    JobsSession.get();
    return FILES.stream()
        .flatMap(name -> RecordedAnswer.read(name).stream())
        .map(answer -> DynamicTest.dynamicTest(answer.toString(), () -> compare(answer)));
  }

  @Test
  void everyTokenIsRecorded() {
    assertRecorded("tokens", "%([a-z0-9]+)", FormatToken.values(), FormatToken::text, "%");
  }

  @Test
  void everyStatisticIsRecorded() {
    assertRecorded(
        "statistics", "-s ([a-z0-9]+):p/", StatElement.values(), StatElement::word, "-s ");
  }

  @Test
  void everyOrderOfStatisticsIsRecorded() {
    assertRecorded("statistics", "-s dstport/([a-z]+)", StatOrder.values(), StatOrder::word, "/");
  }

  @Test
  void everyKeyIsRecorded() {
    assertRecorded("keys", "-A ([a-z0-9]+)", AggregationKey.values(), AggregationKey::word, "-A ");
  }

  @Test
  void everyOrderOfListsIsRecorded() {
    assertRecorded(
        "orders",
        "-O ([a-z]+)",
        PrintOrder.values(),
        order -> order.name().toLowerCase(java.util.Locale.ROOT),
        "-O ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "line",
        "long",
        "extended",
        "biline",
        "bilong",
        "gline",
        "glong",
        "nsel",
        "csv",
        "csv-fast",
        "json",
        "ndjson",
        "null",
        "raw",
        "line6"
      })
  void everyOutputIsRecorded(String name) {
    assertThat(RecordedAnswer.read("outputs"))
        .anyMatch(
            answer ->
                answer.words().contains("-o " + name + " ") && answer.lines().size() > 3
                    || answer.words().endsWith("-o " + name));
  }

  /** Names of a file's questions and those that cannot be recorded are all that there are. */
  private static <T> void assertRecorded(
      String file, String pattern, T[] all, Function<T, String> word, String prefix) {
    Pattern name = Pattern.compile(pattern);
    Set<String> found = new TreeSet<>();
    for (RecordedAnswer answer : RecordedAnswer.read(file)) {
      Matcher matcher = name.matcher(answer.words());
      while (matcher.find()) {
        found.add(prefix + matcher.group(1));
      }
    }
    List<String> without = RecordedAnswer.notRecorded();
    Set<String> expected =
        Arrays.stream(all)
            .map(value -> prefix + word.apply(value))
            .filter(text -> !without.contains(text))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(found).containsAll(expected);
  }

  private static void compare(RecordedAnswer recorded) {
    List<String> all = new ArrayList<>(List.of("dump", "--tz", "UTC"));
    for (String word : words(recorded.words())) {
      all.add(word.startsWith("nfcapd/") ? CORPUS.resolve(word).toString() : word);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.ISO_8859_1);
    assertThat(FlowlakeCommand.execute(out, all.toArray(String[]::new))).isZero();
    String text = bytes.toString(StandardCharsets.ISO_8859_1).replace(CORPUS.toString() + "/", "");
    boolean limited = recorded.words().contains(" -c ");
    List<String> actual = comparable(Arrays.asList(text.split("\n")), limited);
    List<String> expected = comparable(recorded.lines(), limited);
    if (recorded.ordered()) {
      assertThat(actual).isEqualTo(expected);
    } else {
      assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static List<String> comparable(List<String> lines, boolean limited) {
    return lines.stream()
        .filter(line -> !line.isEmpty() && !line.startsWith(RECORD_COUNT))
        .filter(line -> !(limited && line.startsWith(PROCESSED)))
        .toList();
  }

  /** The recorder quotes with single quotes, and no value has one. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = Pattern.compile("'([^']*)'|(\\S+)").matcher(line);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return words;
  }
}
