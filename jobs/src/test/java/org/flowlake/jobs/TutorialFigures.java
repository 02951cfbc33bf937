package org.flowlake.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The figures that the tutorial prints ({@code tutorial/figures.txt}), compared with the text of
 * any nfdump: white space is free, durations are read as seconds, and the time window without its
 * fractions.
 */
public final class TutorialFigures {
  private static final Pattern DURATION =
      Pattern.compile(
          "(?<!\\d{4}-\\d\\d-\\d\\d )(?:(\\d+)d )?\\b(\\d\\d):(\\d\\d):(\\d\\d)\\.(\\d{3})\\b");
  private static final Pattern FRACTION = Pattern.compile("(\\d\\d:\\d\\d:\\d\\d)\\.\\d{3}");

  private final Map<String, List<String>> lines = new LinkedHashMap<>();

  private TutorialFigures() {}

  /** The figures of the slides. */
  public static TutorialFigures load() {
    TutorialFigures figures = new TutorialFigures();
    List<String> answer = List.of();
    for (String line : resource("figures.txt").lines().toList()) {
      if (line.startsWith("[")) {
        answer = new ArrayList<>();
        figures.lines.put(line.substring(1, line.length() - 1), answer);
      } else if (!line.startsWith("#")) {
        answer.add(line);
      }
    }
    return figures;
  }

  /** A text of the folder {@code tutorial} in the test resources. */
  public static String resource(String name) {
    try (InputStream in = TutorialFigures.class.getResourceAsStream("/tutorial/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The answers of which figures are known: {@code q1}, {@code q1-plain} (with -N) and so on. */
  public List<String> answers() {
    return List.copyOf(lines.keySet());
  }

  /** Fails unless the text shows every legible figure of the answer, in the same rows and order. */
  public void assertShownIn(String answer, String text) {
    List<String> expected = lines.get(answer);
    List<String> shown = text.lines().map(TutorialFigures::plain).toList();
    if (!answer.endsWith("-plain")) {
      shown = shown.stream().filter(line -> line.matches("\\d{4}-.*")).toList();
      assertThat(shown).as("rows of %s", answer).hasSameSizeAs(expected);
    } else {
      shown = shown.stream().filter(line -> line.matches("(Summary|Time window): .*")).toList();
    }
    for (int row = 0; row < expected.size(); row++) {
      assertThat(shown.get(row))
          .as("%s, row %d", answer, row + 1)
          .matches(pattern(expected.get(row)));
    }
  }

  private static Pattern pattern(String figures) {
    return Pattern.compile(
        Arrays.stream(figures.split(" "))
            .map(word -> "\\Q" + word.replace("?", "\\E\\d+\\Q") + "\\E")
            .collect(Collectors.joining(" (?:.* )?", "", "(?: .*|,.*)?")));
  }

  private static String plain(String line) {
    String text = line;
    if (line.startsWith("Time window: ")) {
      text = FRACTION.matcher(line).replaceAll("$1");
    }
    return DURATION
        .matcher(text)
        .replaceAll(TutorialFigures::seconds)
        .replaceAll("\\( +", "(")
        .replaceAll("\\s+", " ")
        .strip();
  }

  private static String seconds(MatchResult duration) {
    long days = duration.group(1) == null ? 0 : Long.parseLong(duration.group(1));
    long hours = days * 24 + Long.parseLong(duration.group(2));
    long minutes = hours * 60 + Long.parseLong(duration.group(3));
    long seconds = minutes * 60 + Long.parseLong(duration.group(4));
    return Matcher.quoteReplacement(seconds + "." + duration.group(5));
  }
}
