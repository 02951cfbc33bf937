package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.SampleArchive;
import org.flowlake.jobs.TutorialFigures;
import org.jline.reader.Candidate;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.impl.DefaultParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Lines of the shell over the sample archive, against nfdump 1.7.8's recorded figures. */
class ShellLineTest {
  private static final String Q1 = "-s dstip/bytes 'not dst net 10.0.0.0/8'";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ShellLine lines =
      new ShellLine(
          new CommandContext(
              new PrintStream(out, false, StandardCharsets.UTF_8),
              new PrintStream(err, true, StandardCharsets.UTF_8),
              Optional.empty()),
          JobsSession::get,
          input("-R", SampleArchive.netflow().toString()));

  @ParameterizedTest
  @ValueSource(strings = {Q1, "dump " + Q1, "nfdump " + Q1, "flowlake dump " + Q1})
  void questionsGetNfdumpsText(String line) {
    assertThat(lines.execute(line)).as(err::toString).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(TutorialFigures.resource("nfdump-1.7.8/q1.txt"));
  }

  @Test
  void inputOfTheQuestionIsTakenInPlaceOfTheShells() {
    assertThat(lines.execute("-r nosuch -s dstip")).isEqualTo(ExitCode.INPUT);
    assertThat(lines.execute("top --input nosuch --by dstip")).isEqualTo(ExitCode.INPUT);
    assertThat(lines.execute("top --by proto")).as(err::toString).isZero();
  }

  @Test
  void lastIsTheTableOfTheLastAnswer() {
    lines.execute(Q1);
    assertThat(sql("select value, bytes from last where bytes_percent > 30"))
        .isEqualTo(
            """
            +-------------+--------+
            |value        |bytes   |
            +-------------+--------+
            |199.73.28.114|59093636|
            +-------------+--------+
            """);
    lines.execute("-A dstport -O bytes 'src host 10.3.58.6 and dst host 207.58.245.179'");
    assertThat(sql("select count(*) > 0 as some, sum(flows) > 0 as flows from last"))
        .contains("|true|true |");
    lines.execute("-o csv 'src host 10.3.58.6 and dst host 207.58.245.179 and dst port 80'");
    assertThat(sql("select count(*), sum(in_packets) from last")).contains("|4       |59590 ");
  }

  @Test
  void flowsAreThoseOfTheShellsInput() {
    assertThat(sql("select count(*) as flows from flows")).contains("|323982|");
  }

  @Test
  void functionsOfAddressesAreThere() {
    assertThat(sql("select ip_as_string(ip_as_binary('192.0.2.1')) as ip")).contains("|192.0.2.1|");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "!sql|1|SQL is missing",
        "!sql selec 1|1|selec",
        "!sql select * from nosuchview|1|nosuchview",
        "nosuch -s dstip|1|Unknown command 'nosuch'",
        "serve --socket x --idle 1|1|Unknown command 'serve'",
        "-s dstip 'proto|1|The quote ' in column 10 is not closed",
        "-s nosuch|1|Unknown statistic",
        "-s dstip 'proto foo'|254|'foo' is no name",
        "help nosuch|1|No help for 'nosuch'"
      })
  void mistakesAreTold(String line, int status, String message) {
    assertThat(lines.execute(line)).isEqualTo(status);

    assertThat(err.toString(StandardCharsets.UTF_8)).contains(message);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void emptyLinesAndCommentsDoNothing() {
    assertThat(lines.execute("")).isZero();
    assertThat(lines.execute("  # nothing")).isZero();
    assertThat(lines.asksToQuit(" quit ")).isTrue();
    assertThat(out.size() + err.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "du|dump",
        "-s dsti|dstip",
        "dump -A srcp|srcport",
        "-O tst|tstart",
        "-o lo|long",
        "top --b|--by",
        "-s dstip 'src po|port",
        "help agg|aggregate"
      })
  void wordsAreCompleted(String line, String word) {
    ParsedLine parsed =
        new DefaultParser().parse(line, line.length(), Parser.ParseContext.COMPLETE);
    List<Candidate> candidates = new ArrayList<>();

    new ShellCompleter(ShellLine.commands()).complete(null, parsed, candidates);

    assertThat(candidates).extracting(Candidate::value).contains(word).doesNotContain("serve");
  }

  private String sql(String query) {
    out.reset();
    assertThat(lines.execute("!sql " + query)).as(err::toString).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static InputOptions input(String... words) {
    CommandLine line = FlowlakeCommand.commandLine(CommandContext.ofProcess(System.out));
    line.parseArgs(Stream.concat(Stream.of("shell"), Arrays.stream(words)).toArray(String[]::new));
    return (InputOptions)
        line.getSubcommands().get("shell").getCommandSpec().mixins().get("input").userObject();
  }
}
