package org.flowlake.jobs.cases;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A question and what nfdump 1.7.8 printed, from a file that {@code scripts/record-nfdump-answers}
 * wrote.
 *
 * @param words nfdump's options and filter, quoted as for a shell
 * @param ordered whether the lines have to come in this order
 * @param lines without the line of the run time
 */
record RecordedAnswer(String words, boolean ordered, List<String> lines) {
  private static final String ANY_ORDER = "$ ";
  private static final String THIS_ORDER = "$= ";

  /** The answers of one file. */
  static List<RecordedAnswer> read(String name) {
    List<RecordedAnswer> answers = new ArrayList<>();
    for (String line : resource(name + ".txt")) {
      if (line.startsWith(ANY_ORDER) || line.startsWith(THIS_ORDER)) {
        boolean ordered = line.startsWith(THIS_ORDER);
        String words = line.substring(ordered ? THIS_ORDER.length() : ANY_ORDER.length());
        answers.add(new RecordedAnswer(words, ordered, new ArrayList<>()));
      } else {
        answers.get(answers.size() - 1).lines.add(line);
      }
    }
    return answers;
  }

  /** Names without a recorded answer, such as {@code %cnt} and {@code -s vlan}. */
  static List<String> notRecorded() {
    return resource("not-recorded.txt").stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(0, line.indexOf('\t')))
        .toList();
  }

  private static List<String> resource(String name) {
    String path = "/nfdump-1.7.8/" + name;
    try (InputStream in = RecordedAnswer.class.getResourceAsStream(path);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1))) {
      // Values may hold other line ends than ours.
      StringBuilder text = new StringBuilder();
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        text.append((char) c);
      }
      return Arrays.asList(text.toString().split("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  @Override
  public String toString() {
    return words;
  }
}
