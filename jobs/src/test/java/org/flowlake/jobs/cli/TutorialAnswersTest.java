package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.flowlake.jobs.SampleArchive;
import org.flowlake.jobs.TutorialFigures;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tutorial's questions over the sample archive, against the recorded text of nfdump 1.7.8. */
class TutorialAnswersTest {
  /** Here nfdump counts blocks of its own files, which a lake does not have. */
  private static final String BLOCKS = "Total records processed: .*\n";

  @TempDir private static Path folder;
  private static Path lake;

  @BeforeAll
  static void convertTheArchive() {
    lake = folder.resolve("lake");

    String report =
        answer(List.of("convert", "--lake", lake.toString(), SampleArchive.netflow().toString()));

    assertThat(report)
        .contains(
            "Converted %d files, %d flows, ".formatted(SampleArchive.FILES, SampleArchive.FLOWS));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void answersFromTheLakeAreNfdumps(int question) {
    String answer = answer(over(lake, question));

    assertThat(answer.replaceFirst(BLOCKS, ""))
        .isEqualTo(recorded("q" + question).replaceFirst(BLOCKS, ""));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void answersFromRawFilesAreNfdumpsToTheByte(int question) {
    List<String> words = over(SampleArchive.netflow(), question);

    assertThat(answer(words)).isEqualTo(recorded("q" + question));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void plainNumbersAreNfdumpsToTheByte(int question) {
    List<String> words = over(SampleArchive.netflow(), question);
    words.add(1, "-N");

    assertThat(answer(words)).isEqualTo(recorded("q" + question + "-plain"));
  }

  private static List<String> over(Path source, int question) {
    List<String> words =
        new ArrayList<>(CommandWords.split(SampleArchive.questions().get(question - 1)));
    words.set(words.indexOf("lake"), source.toString());
    return words;
  }

  private static String recorded(String answer) {
    return TutorialFigures.resource("nfdump-1.7.8/" + answer + ".txt");
  }

  private static String answer(List<String> words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    int status = FlowlakeCommand.execute(stream, words.toArray(String[]::new));
    assertThat(status).isEqualTo(ExitCode.OK);
    return out.toString(StandardCharsets.UTF_8);
  }
}
