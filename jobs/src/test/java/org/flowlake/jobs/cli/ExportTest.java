package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.LocalFlowFile;
import org.flowlake.converters.lake.ConversionRequest;
import org.flowlake.converters.lake.LakeConversion;
import org.flowlake.converters.nfcapd.BlockCompression;
import org.flowlake.converters.nfcapd.NfcapdFile;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.NfdumpProgram;
import org.flowlake.jobs.SampleArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code -w} writes of the sample archive, judged by nfdump where it is installed. */
class ExportTest {
  /** First, last, protocol, ends, packets and bytes of both ways, flows. */
  private static final String GROUPS =
      """
      2012-04-02 21:53:18.763 2012-04-06 19:25:41.866 0 10.3.58.0:0 0.0.0.0:9100 369404 391749233 0 0 577
      2012-04-06 16:45:34.832 2012-04-06 16:54:30.519 0 10.3.58.0:0 0.0.0.0:80 50226 44651828 0 0 2
      2012-04-03 21:04:27.948 2012-04-04 00:48:08.751 0 10.3.58.0:0 0.0.0.0:443 4237 3095177 0 0 6
      2012-04-06 19:03:16.453 2012-04-06 19:03:41.440 0 10.3.58.0:0 0.0.0.0:64187 478 439264 0 0 1
      2012-04-03 20:32:47.924 2012-04-03 20:33:38.526 0 10.3.58.0:0 0.0.0.0:61633 472 432086 0 0 1
      2012-04-03 19:54:31.735 2012-04-03 19:54:49.535 0 10.3.58.0:0 0.0.0.0:59142 463 424215 0 0 1
      2012-04-03 13:04:58.258 2012-04-03 13:05:14.631 0 10.3.58.0:0 0.0.0.0:58748 466 423501 0 0 1
      2012-04-03 15:38:25.409 2012-04-03 15:38:55.092 0 10.3.58.0:0 0.0.0.0:57481 463 414554 0 0 1
      2012-04-05 14:39:46.412 2012-04-05 14:39:56.109 0 10.3.58.0:0 0.0.0.0:56931 464 410554 0 0 1
      2012-04-06 19:22:17.878 2012-04-06 19:22:46.612 0 10.3.58.0:0 0.0.0.0:60679 449 408976 0 0 1
      2012-04-04 15:25:51.119 2012-04-04 15:26:10.780 0 10.3.58.0:0 0.0.0.0:58349 462 401719 0 0 1
      """;

  private static final String FILTER = "host 10.3.58.6 and dst port 80";

  @TempDir private static Path shared;
  @TempDir private Path folder;

  private static String lake;

  @BeforeAll
  static void lakeOfTheSamples() throws IOException {
    lake = shared.resolve("lake").toString();
    new LakeConversion(
            JobsSession.get(),
            new ConversionRequest(
                lake,
                List.of(SampleArchive.netflow().toString()),
                DamagePolicy.FAIL,
                ConversionRequest.MismatchPolicy.FAIL))
        .run();
  }

  @ParameterizedTest
  @CsvSource({
    "-z, LZO",
    "-z=lzo, LZO",
    "-zlz4, LZ4",
    "-z=lz4:9, LZ4",
    "-y, LZ4",
    "-z=bz2, BZ2",
    "-j, BZ2",
    "-z=zstd, ZSTD",
    "-z=zstd:19, ZSTD",
    "-q, NONE"
  })
  void nfdumpReadsEveryCompression(String option, BlockCompression compression) throws IOException {
    NfdumpProgram nfdump = NfdumpProgram.orSkip();
    Path own = folder.resolve("own");
    nfdump.run("-R", SampleArchive.netflow().toString(), "-w", own.toString(), FILTER);
    for (String source : List.of(lake, SampleArchive.netflow().toString())) {
      Path written = folder.resolve("nfcapd.written");
      assertThat(answer("-R", source, "-w", written.toString(), option, FILTER)).isEmpty();
      assertThat(compression(written)).isEqualTo(compression);
      if (compression != BlockCompression.ZSTD || nfdump.knowsZstd()) {
        assertSame(nfdump, written, own);
      }
    }
  }

  @Test
  void groupsKeepTheFirstRecord() throws IOException {
    NfdumpProgram nfdump = NfdumpProgram.orSkip();
    Path own = folder.resolve("own");
    Path written = folder.resolve("written");
    nfdump.run("-R", SampleArchive.netflow().toString(), "-a", "-w", own.toString(), FILTER);
    answer("-R", lake, "-a", "-w", written.toString(), FILTER);
    assertSame(nfdump, written, own);
  }

  /** As nfdump 1.7.8 writes groups by keys, recorded from it; 1.7.1 keeps the first record. */
  @Test
  void groupsByKeysKeepKeysTimesAndCounters() throws IOException {
    NfdumpProgram nfdump = NfdumpProgram.orSkip();
    Path written = folder.resolve("written");
    answer(
        "-R",
        lake,
        "-w",
        written.toString(),
        "-A",
        "srcip4/24,dstport",
        "-O",
        "bytes",
        "src net 10.3.0.0/16 and bytes > 400000 and packets > 100");
    String listed =
        nfdump.run(
            "-r",
            written.toString(),
            "-q",
            "-N",
            "-o",
            "fmt:%ts %te %pr %sap %dap %ipkt %ibyt %opkt %obyt %fl");
    assertThat(listed.replaceAll(" +", " ").replaceAll("(?m) $", "")).isEqualTo(GROUPS);
    assertThat(nfdump.run("-r", written.toString(), "-I"))
        .contains("Flows: 593\n", "Flows_tcp: 0\n");
  }

  @Test
  void listsAreWrittenWholeAndInTheirOrder() throws IOException {
    NfdumpProgram nfdump = NfdumpProgram.orSkip();
    Path written = folder.resolve("written");
    answer("-R", lake, "-w", written.toString(), "-O", "bytes:d", "-n", "3", FILTER);
    List<Long> bytes =
        nfdump
            .run("-r", written.toString(), "-q", "-N", "-o", "fmt:%ibyt")
            .lines()
            .map(line -> Long.valueOf(line.strip()))
            .toList();
    assertThat(bytes)
        .hasSizeGreaterThan(3)
        .isSortedAccordingTo((left, right) -> Long.compare(right, left));
  }

  @Test
  void limitsAndWindowsHold() throws IOException {
    NfdumpProgram nfdump = NfdumpProgram.orSkip();
    Path own = folder.resolve("own");
    Path written = folder.resolve("written");
    String source = SampleArchive.netflow().toString();
    String window = "2012/04/03.10:00:00-2012/04/03.12:00:00";
    nfdump.run("-R", source, "-w", own.toString(), "-t", window);
    answer("-R", source, "-w", written.toString(), "-t", window, "--tz", "UTC");
    assertThat(nfdump.run("-r", written.toString(), "-I"))
        .isEqualTo(nfdump.run("-r", own.toString(), "-I"));
    answer("-R", source, "-w", written.toString(), "-c", "7");
    assertThat(nfdump.run("-r", written.toString(), "-q", "-o", "line").lines()).hasSize(7);
  }

  @Test
  void anEarlierFileIsReplacedWithoutAnythingLeftBeside() throws IOException {
    Path written = Files.writeString(folder.resolve("written"), "of yesterday");
    assertThat(answer("-R", lake, "-w", written.toString(), "src ip 8.8.4.9"))
        .isEqualTo("No matching flows\n");
    try (NfcapdFile file = NfcapdFile.open(LocalFlowFile.open(written), DamagePolicy.FAIL)) {
      assertThat(file.statistics().all().flows()).isZero();
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(written);
    }
  }

  @Test
  void filesOnOtherFileSystemsAppearWhole() throws IOException {
    RemoteFolder.register(JobsSession.get().sparkContext().hadoopConfiguration());
    Path here = folder.resolve("here");
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "of yesterday");
    answer("-R", lake, "-w", here.toString(), "-z=lz4", FILTER);
    answer("-R", lake, "-w", RemoteFolder.SCHEME + ":" + elsewhere, "-z=lz4", FILTER);
    assertThat(elsewhere).hasSize(Files.size(here));
    assertThat(compression(elsewhere)).isEqualTo(BlockCompression.LZ4);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(here, elsewhere);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-w -|1",
        "-w FOLDER|3",
        "-w FOLDER/none/file|3",
        "-w /dev/null|3",
        "-w FOLDER/file -s srcip|1",
        "-w FOLDER/file -z=gzip|1",
        "-w FOLDER/file -z=bz2:3|1",
        "-w FOLDER/file -y -j|1",
        "-w INPUT|1"
      })
  void targetsThatAreNoneAreRefused(String options, int status) throws IOException {
    Path input = Files.copy(oneFile(), folder.resolve("input"));
    long size = Files.size(input);
    List<String> words = new ArrayList<>(List.of("dump", "-r", input.toString()));
    for (String word : options.split(" ")) {
      words.add(word.replace("FOLDER", folder.toString()).replace("INPUT", input.toString()));
    }
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    assertThat(FlowlakeCommand.execute(out, words.toArray(String[]::new))).isEqualTo(status);
    assertThat(folder.resolve("file")).doesNotExist();
    assertThat(input).hasSize(size);
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }

  private static Path oneFile() throws IOException {
    try (Stream<Path> files = Files.walk(SampleArchive.netflow())) {
      return files.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
    }
  }

  /** Listed by nfdump, both files hold the same records and state the same of themselves. */
  private static void assertSame(NfdumpProgram nfdump, Path actual, Path expected)
      throws IOException {
    assertThat(records(nfdump, actual)).isEqualTo(records(nfdump, expected)).isNotEmpty();
    assertThat(nfdump.run("-r", actual.toString(), "-I"))
        .isEqualTo(nfdump.run("-r", expected.toString(), "-I"));
    assertThat(nfdump.run("-E", actual.toString()))
        .isEqualTo(nfdump.run("-E", expected.toString()));
  }

  /** The raw listing, a record a text, without its number. */
  private static List<String> records(NfdumpProgram nfdump, Path file) throws IOException {
    return Arrays.stream(
            nfdump.run("-r", file.toString(), "-q", "-o", "raw").split("Flow Record: *\n"))
        .map(record -> record.replaceFirst(" +RecordCount .*\n", "").strip())
        .filter(record -> !record.isEmpty())
        .sorted()
        .toList();
  }

  private static BlockCompression compression(Path file) throws IOException {
    try (NfcapdFile opened = NfcapdFile.open(LocalFlowFile.open(file), DamagePolicy.FAIL)) {
      return opened.header().compression();
    }
  }

  private static String answer(String... words) {
    List<String> all = new ArrayList<>(List.of("dump"));
    all.addAll(List.of(words));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    assertThat(FlowlakeCommand.execute(out, all.toArray(String[]::new))).isZero();
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
