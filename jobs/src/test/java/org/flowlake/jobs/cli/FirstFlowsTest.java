package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.SampleArchive;
import org.junit.jupiter.api.BeforeAll;
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

  @BeforeAll
  static void session() throws IOException {
    JobsSession.get();
    assumeTrue(
        output(new ProcessBuilder("nfdump", "-V")).contains("1.7.1"), "no nfdump 1.7.1 installed");
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
    List<String> nfdump = new ArrayList<>(List.of("nfdump"));
    nfdump.addAll(words(flows, "-s proto"));
    List<String> ours = new ArrayList<>(List.of("dump"));
    ours.addAll(words(flows, question));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    assertThat(FlowlakeCommand.execute(out, ours.toArray(String[]::new))).isEqualTo(ExitCode.OK);

    assertThat(closing(bytes.toString(StandardCharsets.UTF_8)))
        .isEqualTo(closing(output(new ProcessBuilder(nfdump))));
  }

  private static List<String> words(int flows, String question) {
    List<String> words =
        new ArrayList<>(
            List.of("-R", SampleArchive.netflow().toString(), "-c", Integer.toString(flows)));
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
