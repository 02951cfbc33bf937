package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.flowlake.jobs.SampleArchive;
import org.flowlake.jobs.TutorialFigures;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tutorial's questions over the sample archive, against the recorded text of nfdump 1.7.8. */
class TutorialAnswersTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void answersFromRawFilesAreNfdumpsToTheByte(int question) {
    List<String> words = overRawFiles(question);

    assertThat(answer(words)).isEqualTo(recorded("q" + question));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void plainNumbersAreNfdumpsToTheByte(int question) {
    List<String> words = overRawFiles(question);
    words.add(1, "-N");

    assertThat(answer(words)).isEqualTo(recorded("q" + question + "-plain"));
  }

  private static List<String> overRawFiles(int question) {
    List<String> words =
        new ArrayList<>(CommandWords.split(SampleArchive.questions().get(question - 1)));
    words.set(words.indexOf("lake"), SampleArchive.netflow().toString());
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
