package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.SampleArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code -c}: the sums of the first flows, and the bytes that were read for them, as Debian's
 * nfdump 1.7.1 has them. 1.7.8 has the same sums; it reads ahead with several threads, so that its
 * bytes differ from run to run.
 */
class FirstFlowsTest {
  private static final Pattern CLOSING =
      Pattern.compile(
          "(?s)Summary: (total flows: .*?)\nTime.*?passed: (\\d+), .*Bytes read: (\\d+)");

  @TempDir static Path folder;

  @BeforeAll
  static void session() {
    JobsSession.get();
  }

  @ParameterizedTest
  @CsvSource({
    "3000, -s proto/flows",
    "3000, -O bytes -n 2",
    "3000, -A proto",
    "200000, -s dstip/bytes -n 3",
    "200000, -O tstart",
    "200000, -A srcip -O bytes",
    "200000, -s proto -n 0"
  })
  void sumsAndBytesAreNfdumps(int flows, String question) throws IOException {
    assumeTrue(
        output(new ProcessBuilder("nfdump", "-V")).contains("1.7.1"), "no nfdump 1.7.1 installed");
    List<String> nfdump = new ArrayList<>(List.of("nfdump"));
    nfdump.addAll(words(flows, "-s proto"));

    assertThat(closing(answer(words(flows, question))))
        .isEqualTo(closing(output(new ProcessBuilder(nfdump))));
  }

  /** A lake has an order of its own: all shapes are made of the flows that a list shows. */
  @ParameterizedTest
  @CsvSource({
    "3000, -O bytes",
    "3000, -A proto",
    "70000, -s dstip/bytes -n 3",
    "70000, -s record/bytes -n 3",
    "70000, -O tstart -n 3",
    "70000, -A srcip,dstip -O bytes -n 3",
    "70000, -b"
  })
  void sumsOfALakeAreThoseOfTheFlowsListed(int flows, String question) throws IOException {
    List<String> listed = new ArrayList<>(words(lake(), flows, "-q -o csv:%fl,%byt,%pkt"));
    long[] sums = new long[3];
    for (String line : answer(listed).lines().toList()) {
      String[] values = line.split(",");
      for (int i = 0; i < sums.length && !values[0].equals("flows"); i++) {
        sums[i] += Long.parseLong(values[i].strip());
      }
    }

    String answer = answer(words(lake(), flows, "-N " + question));

    assertThat(sums[0]).isEqualTo(flows);
    assertThat(answer)
        .contains(
            "Summary: total flows: %d, total bytes: %d, total packets: %d,"
                .formatted(sums[0], sums[1], sums[2]))
        .contains("passed: " + flows + ",");
  }

  private static synchronized String lake() {
    Path lake = folder.resolve("lake");
    if (!Files.exists(lake)) {
      for (String day : List.of("03", "04", "05")) {
        String input = SampleArchive.netflow().resolve("2012/04/" + day).toString();
        assertThat(FlowlakeCommand.execute(System.out, "convert", "--lake", lake.toString(), input))
            .isEqualTo(ExitCode.OK);
      }
    }
    return lake.toString();
  }

  private static String answer(List<String> words) {
    List<String> all = new ArrayList<>(List.of("dump"));
    all.addAll(words);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    assertThat(FlowlakeCommand.execute(out, all.toArray(String[]::new))).isEqualTo(ExitCode.OK);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static List<String> words(int flows, String question) {
    return words(SampleArchive.netflow().toString(), flows, question);
  }

  private static List<String> words(String source, int flows, String question) {
    List<String> words = new ArrayList<>(List.of("-R", source, "-c", Integer.toString(flows)));
    words.addAll(List.of(question.split(" ")));
    return words;
  }

  /** Sums, flows that passed, bytes read. */
  private static List<String> closing(String text) {
    Matcher closing = CLOSING.matcher(text);
    assertThat(closing.find()).as(text).isTrue();
    return List.of(closing.group(1), closing.group(2), closing.group(3));
  }

  private static String output(ProcessBuilder command) throws IOException {
    command.environment().put("TZ", "UTC");
    // Debian's nfdump goes wrong where standard error is a pipe.
    Process process = command.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
