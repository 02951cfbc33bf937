package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionRequest;
import org.flowlake.converters.lake.LakeConversion;
import org.flowlake.jobs.FailingOnceFileSystem;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.SampleArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A task that fails and is tried again changes nothing in an answer: no line comes twice, no total
 * counts twice, for every shape of question. The flows are some of the sample archive, whose number
 * is known.
 */
class FailedTaskTest {
  private static final Path DAY = SampleArchive.netflow().resolve("2012/04/04");

  /** As nfdump counts them. */
  private static final long FLOWS_OF_DAY = 78_171;

  private static final long FLOWS_OF_LAKE = 93_536;

  @TempDir static Path folder;
  private static String lake;

  @BeforeAll
  static void register() {
    FailingOnceFileSystem.register(JobsSession.get().sparkContext().hadoopConfiguration());
  }

  @AfterEach
  void disturbAgain() {
    FailingOnceFileSystem.disturb(true);
  }

  static List<String> shapes() {
    return List.of(
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
        "-c 30000 -s dstip -n 2",
        "-c 30000 -O bytes");
  }

  /** Of flows, as sums of rollups take no task; and one that is answered from sorted files. */
  static List<String> shapesOfALake() {
    List<String> shapes = new ArrayList<>();
    for (String shape : shapes()) {
      shapes.add(shape.startsWith("-s") ? "--no-rollup " + shape : shape);
    }
    shapes.add("-A srcip,dstip,dstport -O bytes -n 10");
    return shapes;
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void answerFromRawFilesIsThatOfAnUndisturbedRun(String question) {
    String disturbed = disturbed(FailingOnceFileSystem.path(DAY), question);

    assertFlows(FLOWS_OF_DAY, question, disturbed);
    assertThat(disturbed).isEqualTo(answer(DAY.toString(), question));
  }

  @ParameterizedTest
  @MethodSource("shapesOfALake")
  void answerFromALakeIsThatOfAnUndisturbedRun(String question) throws IOException {
    String disturbed = disturbed(lake(), question);

    assertFlows(FLOWS_OF_LAKE, question, disturbed);
    FailingOnceFileSystem.disturb(false);
    assertThat(disturbed).isEqualTo(answer(lake(), question));
  }

  /** Two days from 10:00 on, each in a file up to 15:00 and one up to 20:00. */
  private static synchronized String lake() throws IOException {
    if (lake == null) {
      String made = FailingOnceFileSystem.path(folder.resolve("lake"));
      FailingOnceFileSystem.disturb(false);
      for (String hours : List.of("1[0-4]00", "1[5-9]00")) {
        convert(made, SampleArchive.netflow() + "/2012/04/0[34]/*" + hours);
      }
      FailingOnceFileSystem.disturb(true);
      lake = made;
    }
    return lake;
  }

  private static void convert(String lake, String input) throws IOException {
    ConversionRequest request =
        new ConversionRequest(
            lake, List.of(input), DamagePolicy.FAIL, ConversionRequest.MismatchPolicy.FAIL);
    new LakeConversion(JobsSession.get(), request).run();
  }

  private static String disturbed(String source, String question) {
    int before = FailingOnceFileSystem.failures();
    String answer = answer(source, question);
    assertThat(FailingOnceFileSystem.failures()).isGreaterThan(before);
    return answer;
  }

  private static void assertFlows(long all, String question, String answer) {
    assertThat(question.contains("csv") ? lines(answer) : passed(answer))
        .isEqualTo(question.startsWith("-c") ? 30_000 : all);
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
