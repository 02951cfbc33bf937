package org.flowlake.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample archive tells the tutorial's story, to real nfdump. */
class TutorialSampleTest {
  private static final TutorialFigures FIGURES = TutorialFigures.load();

  @Test
  void archiveHoldsOneFilePerHourOfTheStory() throws IOException {
    try (Stream<Path> paths = Files.walk(SampleArchive.netflow())) {
      List<String> names =
          paths
              .filter(Files::isRegularFile)
              .map(path -> SampleArchive.netflow().relativize(path).toString())
              .sorted()
              .toList();
      assertThat(names)
          .hasSize(SampleArchive.FILES)
          .startsWith("2012/04/02/nfcapd.201204022100")
          .endsWith("2012/04/06/nfcapd.201204061900");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.7.8", "1.7.1"})
  void recordedAnswersShowTheTutorialsFigures(String version) {
    for (String answer : FIGURES.answers()) {
      FIGURES.assertShownIn(
          answer, TutorialFigures.resource("nfdump-" + version + "/" + answer + ".txt"));
    }
  }

  @Test
  void recordedProcessedFlowsAreThoseOfTheArchive() {
    assertThat(TutorialFigures.resource("nfdump-1.7.1/q1.txt"))
        .contains("Total flows processed: " + SampleArchive.FLOWS + ", ");
  }

  @Test
  void installedNfdumpShowsTheTutorialsFigures(@TempDir Path folder) throws Exception {
    assumeTrue(isOnPath("nfdump"), "nfdump is not installed");
    Path script = SampleArchive.root().resolve("scripts/make-samples");
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(script.toString(), "--answers", "nfdump", folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("make-samples ends").isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();

    Path answers;
    try (Stream<Path> folders = Files.list(folder).filter(Files::isDirectory)) {
      answers = folders.findFirst().orElseThrow();
    }
    for (String answer : FIGURES.answers()) {
      FIGURES.assertShownIn(answer, Files.readString(answers.resolve(answer + ".txt")));
    }
  }

  private static boolean isOnPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
