package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.SampleArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of nfdump 1.7.8 that ask nothing, or are refused; each option has a row in docs. */
class NfdumpOptionsTest {
  /** All that 1.7.8 takes, and {@code -l} and {@code -L}, which its help still names. */
  private static final String OPTIONS = "6aABbcCDEGsgHhnijfqyzrvwJMNImOPRXZtTVWxolL";

  private static final Path DAY = SampleArchive.netflow().resolve("2012/04/04");
  private static final String TABLE_END = "\n## Extensions";

  @TempDir private Path folder;

  @BeforeAll
  static void session() {
    JobsSession.get();
  }

  static Stream<Character> options() {
    return OPTIONS.chars().mapToObj(letter -> (char) letter);
  }

  @ParameterizedTest
  @MethodSource("options")
  void everyOptionHasARow(char option) throws IOException {
    String page =
        Files.readString(
            Path.of(System.getProperty("flowlake.root")).resolve("docs/compatibility.md"));
    List<String> firstCells =
        page.substring(0, page.indexOf(TABLE_END))
            .lines()
            .filter(line -> line.startsWith("| "))
            .map(line -> line.split("\\|")[1])
            .toList();
    assertThat(firstCells).anyMatch(cell -> cell.matches(".*`-" + option + "\\b.*"));
  }

  private static Said dump(String... words) {
    return Said.to(
        Stream.concat(Stream.of("dump", "--tz", "UTC", "-R", DAY.toString()), Arrays.stream(words))
            .toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "-i lab, it changes a raw file in place",
    "-J 1, it changes raw files in place",
    "-C nfdump.conf, nfdump.conf names formats",
    "-x file, extension maps are of nfdump 1.6 files",
    "-T, it marks addresses for NfSen's web pages",
    "-l 10, Unknown option: '-l'",
    "-L 10, Unknown option: '-L'",
    "-o nat, Unknown output mode 'nat'"
  })
  void refusedOptionSaysWhy(String option, String reason) {
    Said said = dump(option.split(" "));
    assertThat(said.status()).isEqualTo(ExitCode.USAGE);
    assertThat(said.errors()).contains(reason);
    assertThat(said.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-D 192.0.2.53", "-W 2", "-C none"})
  void optionWithoutEffectIsTaken(String option) {
    String plain = dump("-q", "-c", "3").out();
    assertThat(plain.lines()).hasSize(3);
    List<String> words = Stream.of((option + " -q -c 3").split(" ")).toList();
    assertThat(dump(words.toArray(String[]::new)).out()).isEqualTo(plain);
  }

  @Test
  void oldOptionSortsByStartAndSaysSo() {
    Said said = dump("-m", "-q", "dst port 22");
    assertThat(said.errors()).isEqualTo("Option -m deprecated. Use '-O tstart' instead\n");
    assertThat(said.out()).isEqualTo(dump("-O", "tstart", "-q", "dst port 22").out()).isNotEmpty();
  }

  @Test
  void helpAndVersionAreOfTheProgram() {
    assertThat(Said.to("dump", "-h").out()).startsWith("Usage: flowlake dump ");
    assertThat(Said.to("dump", "-V").out())
        .isEqualTo(Said.to("--version").out())
        .contains("answers as nfdump 1.7.8");
  }

  @Test
  void jsonOfNoFlowIsAnEmptyArray() {
    assertThat(dump("-o", "json", "proto 255").out()).isEqualTo("[\n\n]\n");
    assertThat(dump("-o", "ndjson", "proto 255").out()).isEmpty();
    assertThat(dump("-o", "json", "-A", "proto", "proto 255").out()).isEqualTo("[\n\n]\n");
  }

  @Test
  void formatIsOfNoUseToAFile() {
    String file = folder.resolve("flows.nfcapd").toString();
    assertThat(dump("-o", "csv", "-w", file, "dst port 22").out()).isEmpty();
    assertThat(Said.to("dump", "-r", file, "-q").out()).isNotEmpty();
  }
}
