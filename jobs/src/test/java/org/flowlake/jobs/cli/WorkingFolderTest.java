package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.SampleArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Names on the command line start from the folder of the client that a resident session answers,
 * not from that of the session. The folder here is the one of the sample archive's third day.
 */
class WorkingFolderTest {
  private static final Path DAY = SampleArchive.netflow().resolve("2012/04/03");
  private static final String FILE = "nfcapd.201204031600";

  /** Options that name files, folders or lakes; each is asked with a relative name below. */
  private static final Set<String> NAMING =
      Set.of(
          "dump -r",
          "dump -R",
          "dump -M",
          "dump --lake",
          "dump -f",
          "dump -G",
          "dump -w",
          "dump --anonymize-key-file",
          "dump -E",
          "dump -v",
          "top --lake",
          "top --input",
          "top --filter-file",
          "top --out",
          "top --anonymize-key-file",
          "aggregate --lake",
          "aggregate --input",
          "aggregate --filter-file",
          "aggregate --out",
          "aggregate --anonymize-key-file",
          "list --lake",
          "list --input",
          "list --filter-file",
          "list --out",
          "list --anonymize-key-file");

  @TempDir private static Path scratch;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeAll
  static void files() throws IOException {
    JobsSession.get();
    Files.writeString(scratch.resolve("tcp.filter"), "proto tcp\n");
  }

  @Test
  void everyOptionThatNamesAFileIsKnownHere() {
    Set<String> naming = new TreeSet<>();
    for (String command : SessionQuestions.SERVED) {
      CommandSpec spec = command(command);
      for (OptionSpec option : spec.options()) {
        if (!option.hidden()
            && option.paramLabel().matches(".*(FILE|DIR|PATH|LOCATION|FOLDER).*")) {
          naming.add(command + " " + option.names()[0]);
        }
      }
    }
    assertThat(naming)
        .as("a new option must go through CommandContext.located, and be tried below")
        .isEqualTo(new TreeSet<>(NAMING));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dump -r " + FILE + " -q",
        "dump -R . -q -c 1",
        "dump -R " + FILE + ":nfcapd.201204031700 -q -c 1",
        "dump -M ../03:03 -r " + FILE + " -q -c 1",
        "dump -M ../03:04 -R . -q -c 1",
        "dump -E " + FILE,
        "dump -v " + FILE,
        "top --input " + FILE + " --by proto",
        "aggregate --input ../03/ --keys proto",
        "list --input " + FILE + " --limit 1"
      })
  void inputs(String line) {
    assertThat(run(DAY, line)).as(err::toString).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isNotBlank();
  }

  @Test
  void lakes() {
    for (String line :
        new String[] {
          "dump --lake nolake",
          "top --lake nolake --by proto",
          "list --lake nolake",
          "aggregate --lake nolake --keys proto"
        }) {
      err.reset();
      assertThat(run(DAY, line)).isEqualTo(ExitCode.INPUT);
      assertThat(err.toString(StandardCharsets.UTF_8)).startsWith(DAY + "/nolake: no lake there");
    }
  }

  @Test
  void filterFilesAndIncludes() {
    String input = "-r " + DAY.resolve(FILE);
    assertThat(run(scratch, "dump -q -c 1 -f tcp.filter " + input)).as(err::toString).isZero();
    assertThat(run(scratch, "dump -q -c 1 " + input + " @include tcp.filter"))
        .as(err::toString)
        .isZero();
    String jobInput = "--input " + DAY.resolve(FILE);
    for (String job : new String[] {"top --by proto", "list --limit 1", "aggregate --keys proto"}) {
      assertThat(run(scratch, job + " --filter-file tcp.filter " + jobInput))
          .as(err::toString)
          .isZero();
      assertThat(run(scratch, job + " --filter '@include tcp.filter' " + jobInput))
          .as(err::toString)
          .isZero();
    }
  }

  @Test
  void databases() {
    assertThat(run(scratch, "dump -Z -G no.mmdb any")).isEqualTo(ExitCode.INPUT);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("Cannot read " + scratch + "/no.mmdb");
  }

  @Test
  void results() {
    String input = " --input " + DAY.resolve(FILE);
    for (String job : new String[] {"top --by proto", "list --limit 1", "aggregate --keys proto"}) {
      String name = job.substring(0, 3) + ".csv";
      assertThat(run(scratch, job + " --out " + name + input)).as(err::toString).isZero();
      assertThat(scratch.resolve(name)).isNotEmptyFile();
    }
    assertThat(run(scratch, "dump -w some.nfcapd -c 3 -r " + DAY.resolve(FILE)))
        .as(err::toString)
        .isZero();
    assertThat(scratch.resolve("some.nfcapd")).isNotEmptyFile();
  }

  @Test
  void keysOfExports() throws IOException {
    Files.writeString(scratch.resolve("key"), "a key of this test, 32 letters..");
    String key = " --anonymize-key-file key ";
    String input = DAY.resolve(FILE).toString();
    for (String line :
        new String[] {
          "list --limit 1 --out hidden.csv" + key + "--input " + input,
          "aggregate --keys proto --out hidden.csv" + key + "--input " + input,
          "dump -w hidden.nfcapd -c 3" + key + "-r " + input
        }) {
      assertThat(run(scratch, line)).as(err::toString).isZero();
    }
    // It refuses, but only once it has the key.
    assertThat(run(scratch, "top --by proto --out no.csv" + key + "--input " + input)).isOne();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("are not anonymised");
  }

  @Test
  void namesWithAPlaceOfTheirOwnStay() {
    CommandContext context = context(Path.of("/from/here"));
    assertThat(
            Arrays.asList("/a", "hdfs://h/a", "file:/a", "catalog:c.n", "a/b", "a:b", ".", "")
                .stream()
                .map(context::located))
        .containsExactly(
            "/a",
            "hdfs://h/a",
            "file:/a",
            "catalog:c.n",
            "/from/here/a/b",
            "/from/here/a:b",
            "/from/here/.",
            "");
    assertThat(context.locatedAll("a, /b")).isEqualTo("/from/here/a,/b");
    assertThat(context.locatedAll("none")).isEqualTo("none");
    assertThat(CommandContext.ofProcess(System.out).located("a/b")).isEqualTo("a/b");
  }

  private int run(Path folder, String line) {
    return FlowlakeCommand.execute(
        context(folder), CommandWords.split(line).toArray(String[]::new));
  }

  private CommandContext context(Path folder) {
    return new CommandContext(
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Optional.of(folder));
  }

  private static CommandSpec command(String name) {
    Object command =
        switch (name) {
          case "dump" -> new DumpCommand();
          case "top" -> new TopCommand();
          case "aggregate" -> new AggregateCommand();
          case "list" -> new ListCommand();
          default -> throw new IllegalArgumentException(name);
        };
    return new CommandLine(command).getCommandSpec();
  }
}
