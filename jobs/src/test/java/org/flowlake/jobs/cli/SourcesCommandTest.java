package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flowlake.converters.lake.FlowLake;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.NfdumpProgram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the ledger tells of hourly files of three days, whose exporters lost packets on one of them,
 * beside the exporters' records as Debian's nfdump prints them ({@code -E}), file by file.
 */
class SourcesCommandTest {
  private static final Path TREE =
      Path.of(System.getProperty("flowlake.corpus", "none")).resolve("nfcapd/tree-v1-bz2");
  private static final Pattern EXPORTER =
      Pattern.compile("IP: +(\\S+), .* Sequence failures: (\\d+), packets: (\\d+), flows: (\\d+)");

  @TempDir private static Path folder;

  private static List<Path> files;
  private static String lake;

  /** Of a day: what nfdump prints, added up. */
  private static final class Day {
    private String exporter;
    private int files;
    private long flows;
    private long packets;
    private long failures;
    private double arrived;
  }

  @BeforeAll
  static void convertAllHoursButOne() throws IOException {
    assumeTrue(Files.isDirectory(TREE), "No corpus: set -Dflowlake.corpus");
    JobsSession.get();
    files = new ArrayList<>();
    Path raw = folder.resolve("raw");
    try (Stream<Path> found = Files.walk(TREE)) {
      for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
        if (!file.endsWith("nfcapd.202403121100")) {
          Path copy = raw.resolve(TREE.relativize(file).toString());
          Files.createDirectories(copy.getParent());
          files.add(Files.copy(file, copy));
        }
      }
    }
    lake = folder.resolve("lake").toString();
    assertThat(Said.to("convert", "--lake", lake, raw.toString()).status()).isEqualTo(ExitCode.OK);
  }

  private static Map<String, Day> nfdumps() throws IOException {
    NfdumpProgram nfdump = NfdumpProgram.orSkip();
    Map<String, Day> days = new TreeMap<>();
    for (Path file : files) {
      Day day =
          days.computeIfAbsent(file.getFileName().toString().substring(7, 15), name -> new Day());
      Matcher exporter = EXPORTER.matcher(nfdump.run("-E", file.toString()));
      assertThat(exporter.find()).as("an exporter in %s", file).isTrue();
      long failures = Long.parseLong(exporter.group(2));
      long packets = Long.parseLong(exporter.group(3));
      day.exporter = exporter.group(1);
      day.files++;
      day.failures += failures;
      day.packets += packets;
      day.flows += Long.parseLong(exporter.group(4));
      day.arrived += packets / (double) (packets + failures);
    }
    return days;
  }

  @Test
  void listsWhatNfdumpCountsByDayAndExporter() throws IOException {
    List<String> expected = new ArrayList<>();
    expected.add(
        "day,collector,exporter,files,missing,flows,packets,sequence_failures,sampling,complete");
    nfdumps()
        .forEach(
            (name, day) ->
                expected.add(
                    String.join(
                        ",",
                        name.substring(0, 4) + "-" + name.substring(4, 6) + "-" + name.substring(6),
                        "softflow",
                        day.exporter,
                        Integer.toString(day.files),
                        Integer.toString(missing(name)),
                        Long.toString(day.flows),
                        Long.toString(day.packets),
                        Long.toString(day.failures),
                        "1:1",
                        Double.toString(
                            Math.floor(1000 * day.arrived / (day.files + missing(name))) / 10))));

    Said said = Said.to("sources", "--lake", lake, "--tz", "UTC", "-o", "csv");

    assertThat(said.out().lines()).containsExactlyElementsOf(expected);
    assertThat(expected).anyMatch(row -> row.matches("2024-03-12,.*,11,13,.*"));
  }

  /** Hours between the first file of all and the last one, by the names of the files. */
  private static int missing(String day) {
    return switch (day) {
      case "20240311" -> 24 - 7 - 15;
      case "20240312" -> 24 - 11;
      default -> 7;
    };
  }

  @Test
  void listsTheTimesWhoseFilesAreMissing() {
    assertThat(Said.to("sources", "--lake", lake, "--gaps", "--tz", "UTC").out())
        .isEqualTo(
            """
            from                 end                  collector  files
            2024-03-11 22:00:00  2024-03-12 07:00:00  softflow       9
            2024-03-12 11:00:00  2024-03-12 12:00:00  softflow       1
            2024-03-12 19:00:00  2024-03-13 07:00:00  softflow      12
            """);
  }

  @Test
  void narrowsToDaysAndWritesJson() {
    Said said =
        Said.to(
            "sources",
            "--lake",
            lake,
            "--tz",
            "UTC",
            "-o",
            "json",
            "--from",
            "2024-03-12",
            "--to",
            "2024-03-12");

    assertThat(said.out())
        .startsWith("[\n  {\"day\": \"2024-03-12\", \"collector\": \"softflow\", \"exporter\": ")
        .contains("\"files\": 11, \"missing\": 13, ")
        .endsWith("}\n]\n");
    assertThat(said.out().lines()).hasSize(3);
  }

  @Test
  void answersSayHowCompleteTheirWindowIs() throws IOException {
    Day day = nfdumps().get("20240312");
    Said said =
        Said.to(
            "dump",
            "-R",
            lake,
            "--tz",
            "UTC",
            "-s",
            "proto",
            "-t",
            "2024/03/12.07-2024/03/12.19",
            "--completeness");

    assertThat(said.out().lines().toList())
        .last()
        .asString()
        .matches(
            "Completeness: this window is \\d\\d\\.\\d % complete: 11 of 12 raw files, "
                + day.failures
                + " sequence failures");
    assertThat(said.out().lines().anyMatch(line -> line.startsWith("Total records processed:")))
        .isTrue();
  }

  @Test
  void tablesForProgramsStayAsTheyAre() {
    List<String> asked =
        List.of("top", "--lake", lake, "--by", "proto", "--period", "2024-03-13", "--format");
    String plain = Said.to(words(asked, "csv")).out();
    Said said = Said.to(words(asked, "csv", "--completeness"));

    assertThat(said.out()).isEqualTo(plain);
    assertThat(said.errors()).contains("Completeness: this window is ").contains(" raw files");
  }

  @Test
  void whatAnOlderLedgerDoesNotKnowIsUnknown() throws IOException {
    String older = folder.resolve("older").toString();
    Said.to("convert", "--lake", older, files.get(0).toString());
    String flows = FlowLake.open(JobsSession.get(), older).flowsTable();
    String ledger = flows.substring(0, flows.lastIndexOf('.')) + ".sources";
    JobsSession.get().sql("ALTER TABLE " + ledger + " DROP COLUMNS samplers, differences");

    assertThat(Said.to("sources", "--lake", older, "--tz", "UTC", "-o", "csv").out())
        .endsWith(",0,unknown,100.0\n");
  }

  @Test
  void rawFilesTellOfNothingThatIsMissing() {
    Said said = Said.to("dump", "-r", files.get(0).toString(), "--completeness", "-s", "proto");

    assertThat(said.status()).isEqualTo(ExitCode.USAGE);
    assertThat(said.errors()).contains("--completeness is told by a lake's ledger");
  }

  private static String[] words(List<String> first, String... more) {
    return Stream.concat(first.stream(), Stream.of(more)).toArray(String[]::new);
  }
}
