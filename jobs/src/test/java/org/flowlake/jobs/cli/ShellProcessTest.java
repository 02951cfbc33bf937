package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.flowlake.jobs.SampleArchive;
import org.flowlake.jobs.TutorialFigures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shell as a process that reads its commands from a pipe. */
@Timeout(300)
class ShellProcessTest {
  private static final String Q1 = "-s dstip/bytes 'not dst net 10.0.0.0/8'";

  @TempDir private Path folder;

  private record Ended(int status, String out, String err) {}

  @Test
  void commandsOfStandardInputAreAnsweredOneAfterTheOther() throws Exception {
    String lake = folder.resolve("lake").toString();
    Ended ended =
        shell(
            "# the first question",
            Q1,
            "",
            "!sql select value from last limit 1",
            "convert --lake " + lake + " " + SampleArchive.netflow(),
            "--lake " + lake + " " + Q1,
            "!sql select count(*) > 0 as any from last",
            "quit",
            "never");

    assertThat(ended.out())
        .startsWith(
            TutorialFigures.resource("nfdump-1.7.8/q1.txt")
                + """
                +-------------+
                |value        |
                +-------------+
                |199.73.28.114|
                +-------------+
                """);
    assertThat(ended.out().substring(ended.out().indexOf("Converted ")))
        .contains(firstLines(TutorialFigures.resource("nfdump-1.7.8/q1.txt"), 10))
        .endsWith(
            """
            +----+
            |any |
            +----+
            |true|
            +----+
            """);
    assertThat(ended.status()).as(ended.err()).isZero();
  }

  private static String firstLines(String text, int lines) {
    return text.lines().limit(lines).collect(Collectors.joining("\n"));
  }

  @Test
  void failureEndsTheShellWithItsStatusAndLine() throws Exception {
    Ended ended = shell("dump -Z any", "-s dstip 'proto foo'", Q1);

    assertThat(ended.status()).isEqualTo(ExitCode.FILTER);
    assertThat(ended.err())
        .contains("'foo' is no name that 'proto' knows")
        .endsWith("standard input, line 2: exit status 254\n");
    assertThat(ended.out()).isEmpty();
  }

  private Ended shell(String... lines) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            FlowlakeCommand.class.getName(),
            "shell",
            "-R",
            SampleArchive.netflow().toString()));
    Path in = Files.write(folder.resolve("in"), Arrays.asList(lines), StandardCharsets.UTF_8);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    int status =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    return new Ended(status, Files.readString(out), Files.readString(err));
  }
}
