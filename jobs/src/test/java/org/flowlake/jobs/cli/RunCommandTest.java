package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void commandsAndCommentsAreEchoed() throws IOException {
    assertThat(run("# first", "dump -Z 'proto tcp'", "", "dump -Z any # second")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "# first", "$ flowlake dump -Z 'proto tcp'", "", "$ flowlake dump -Z any # second");
  }

  @Test
  void failureEndsTheRunWithItsStatus() throws IOException {
    assertThat(run("dump -Z 'proto ('", "dump -Z any")).isEqualTo(ExitCode.FILTER);

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("$ flowlake dump -Z 'proto ('");
  }

  @Test
  void keepGoingAnswersTheRestAndReportsTheFirstFailure() throws IOException {
    Path file = commands("dump -Z 'proto ('", "dump -s nothing", "dump -Z any");

    assertThat(execute("--keep-going", file.toString())).isEqualTo(ExitCode.FILTER);

    assertThat(out.toString(StandardCharsets.UTF_8).lines()).contains("$ flowlake dump -Z any");
  }

  @Test
  void timesAreSaidOnStandardError() throws IOException {
    Path file = commands("# first", "dump -Z any");
    PrintStream standardError = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      assertThat(execute("--times", file.toString())).isZero();
    } finally {
      System.setErr(standardError);
    }

    assertThat(err.toString(StandardCharsets.UTF_8))
        .containsPattern("commands, line 2: [0-9]+\\.[0-9]{3} s, [0-9]+\\.[0-9]{2} CPU s\n")
        .doesNotContain("line 1:");
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("# first", "$ flowlake dump -Z any");
  }

  @Test
  void openQuoteIsWrongUsage() throws IOException {
    assertThat(run("dump -Z 'proto tcp")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void fileOfCommandsCannotRunAnother() throws IOException {
    assertThat(run("run other")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void missingFileIsAnInputError() {
    assertThat(execute(folder.resolve("none").toString())).isEqualTo(ExitCode.INPUT);
  }

  private int run(String... commands) throws IOException {
    return execute(commands(commands).toString());
  }

  private Path commands(String... commands) throws IOException {
    Path file = folder.resolve("commands");
    return Files.writeString(file, String.join("\n", commands) + "\n");
  }

  private int execute(String... args) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return FlowlakeCommand.execute(
        stream, Stream.concat(Stream.of("run"), Arrays.stream(args)).toArray(String[]::new));
  }
}
