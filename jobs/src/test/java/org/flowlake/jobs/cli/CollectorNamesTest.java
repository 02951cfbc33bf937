package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionRequest;
import org.flowlake.converters.lake.FlowLake;
import org.flowlake.converters.lake.LakeConversion;
import org.flowlake.jobs.JobsSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Names of interfaces and VRFs, which a router told its collector, over a lake. {@code
 * RecordedAnswersTest} has nfdump's own text of the same file, which is also that of raw files.
 */
class CollectorNamesTest {
  private static final Path FILE =
      Path.of(System.getProperty("flowlake.corpus", "none"))
          .resolve("nfcapd/devices/ipfix-cisco-mpls.v2-1.7.8.nfcapd");
  private static final String NAMES = "fmt:%in|%inam|%out|%onam|%ivrfnam|%evrfnam|%nbnam";

  @TempDir static Path folder;
  private static String lake;

  @BeforeAll
  static void convert() throws IOException {
    assumeTrue(Files.exists(FILE), "no corpus file " + FILE);
    lake = converted("lake");
  }

  private static String converted(String name) throws IOException {
    String made = folder.resolve(name).toString();
    new LakeConversion(
            JobsSession.get(),
            new ConversionRequest(
                made,
                List.of(FILE.toString()),
                DamagePolicy.FAIL,
                ConversionRequest.MismatchPolicy.ACCEPT))
        .run();
    return made;
  }

  @Test
  void lakePrintsTheNamesOfItsRawFiles() {
    String names = answer("-q", "-R", lake, "-O", "tstart", "-o", NAMES);

    assertThat(names).contains("    90| TenGigE0/0/0/15|   155| TenGigE0/0/0/16.12| default| A2|");
    assertThat(names.lines().sorted())
        .isEqualTo(
            answer("-q", "-r", FILE.toString(), "-O", "tstart", "-o", NAMES)
                .lines()
                .sorted()
                .toList());
  }

  @Test
  void wholeRecordsHaveThemToo() {
    assertThat(answer("-R", lake, "-o", "raw", "in if 90"))
        .contains("  input        =                 90 TenGigE0/0/0/15\n")
        .contains("  egress VRF   =         1610612738 A2\n");
  }

  @Test
  void lakeOfAnOlderVersionKnowsNone() throws IOException {
    String older = converted("older");
    String flows = FlowLake.open(JobsSession.get(), older).flowsTable();
    String ledger = flows.substring(0, flows.lastIndexOf('.')) + ".sources";
    JobsSession.get().sql("ALTER TABLE " + ledger + " DROP COLUMN names");

    assertThat(answer("-q", "-R", older, "-o", "fmt:[%inam]", "in if 90").lines())
        .isNotEmpty()
        .containsOnly("[]");
  }

  private static String answer(String... question) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    String[] words = new String[question.length + 1];
    words[0] = "dump";
    System.arraycopy(question, 0, words, 1, question.length);
    assertThat(FlowlakeCommand.execute(out, words)).isEqualTo(ExitCode.OK);
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
