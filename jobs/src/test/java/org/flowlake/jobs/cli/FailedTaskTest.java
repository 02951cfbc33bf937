package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.flowlake.jobs.FailingOnceFileSystem;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.SampleArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A task that fails and is tried again changes nothing in an answer: no line comes twice, no total
 * counts twice, for every shape of question. The flows are those of the sample archive, whose
 * number is known.
 */
class FailedTaskTest {
  @BeforeAll
  static void register() {
    FailingOnceFileSystem.register(JobsSession.get().sparkContext().hadoopConfiguration());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-o null",
        "-o csv:%ts,%sa,%sp",
        "-O bytes",
        "-O tstart -n 20",
        "-s dstip/bytes/flows -n 5",
        "-s srcport -s proto/packets -n 0",
        "-s record/bytes -n 5",
        "-A proto,dstport -O bytes",
        "-a",
        "-b -O packets -n 7",
        "-c 323982 -s dstip -n 2",
        "-c 323982 -O bytes"
      })
  void answerAndTotalsAreThoseOfAnUndisturbedRun(String question) {
    int before = FailingOnceFileSystem.failures();

    String disturbed = answer(FailingOnceFileSystem.path(SampleArchive.netflow()), question);

    assertThat(FailingOnceFileSystem.failures()).isGreaterThan(before);
    assertThat(disturbed)
        .isEqualTo(answer(SampleArchive.netflow().toString(), question))
        .satisfies(
            text ->
                assertThat(question.contains("csv") ? lines(text) : passed(text))
                    .isEqualTo(SampleArchive.FLOWS));
  }

  private static long lines(String text) {
    return text.lines().skip(1).count();
  }

  private static long passed(String text) {
    return Long.parseLong(text.replaceAll("(?s).*, passed: (\\d+),.*", "$1"));
  }

  private static String answer(String source, String question) {
    List<String> words = new ArrayList<>(List.of("dump", "-R", source));
    words.addAll(List.of(question.split(" ")));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    assertThat(FlowlakeCommand.execute(out, words.toArray(String[]::new))).isEqualTo(ExitCode.OK);
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
