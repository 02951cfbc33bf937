package org.flowlake.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.cli.FlowlakeCommand;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every format token over device exports of a corpus ({@code -Dflowlake.corpus=DIR}), against the
 * nfdump that the environment variable NFDUMP names, else the one on the path. With 1.7.8 all
 * tokens are compared, in lines and in CSV; with 1.7.1 those that print the same there.
 */
class FormatTokenNfdumpTest {
  private static final Path CORPUS = Path.of(System.getProperty("flowlake.corpus", "."));
  private static final String LEVEL = "1.7.8";
  private static final String NFDUMP = System.getenv().getOrDefault("NFDUMP", "nfdump");

  /** One of each kind of record; 1.7.1 reads them all. */
  private static final List<String> FILES =
      List.of(
          "nfcapd/devices/v9-cisco-asa-nsel.v1-1.6.25.nfcapd",
          "nfcapd/devices/v9-akvorado-nat.v1-1.6.25.nfcapd",
          "nfcapd/devices/v9-cisco-asr9k.v1-1.6.25.nfcapd",
          "nfcapd/devices/ipfix-cisco-mpls.v1-1.6.25.nfcapd",
          "nfcapd/devices/v9-macaddr.v1-1.6.25.nfcapd",
          "nfcapd/devices/v5-devices.v1-1.6.25.nfcapd");

  /** What only the level carries. */
  private static final List<String> FILES_OF_LEVEL =
      List.of(
          "nfcapd/devices/v9-cisco-asa-nsel.v2-1.7.8.nfcapd",
          "nfcapd/devices/v9-akvorado-nat.v2-1.7.8.nfcapd",
          "nfcapd/devices/ipfix-akvorado-juniper-cpid.v2-1.7.8.nfcapd",
          "nfcapd/devices/ipfix-openbsd-pflow.v2-1.7.8.nfcapd",
          "nfcapd/devices/v9-iptnetflow.v2-1.7.8.nfcapd");

  /** Other widths, heads, or meanings in 1.7.1, and what it does not know. */
  private static final Set<String> CHANGED_SINCE_171 =
      Set.of(
          "nfv", "idt", "tsg", "teg", "trg", "tr", "trr", "tos", "evt", "xevt", "ttl", "minttl",
          "maxttl", "frag", "flid", "isid", "osid", "nats", "pfifn", "pfact", "pfrea", "pfdir",
          "pfrule", "flg", "eng", "exp", "odid", "opid", "tevt", "msec", "nbid", "cnt", "dir",
          "iacl", "eacl", "nfc", "ra", "vrf", "ivrf", "evrf", "uname", "lbl", "xsap", "xdap",
          "nsap", "ndap", "xsa", "xda", "nsa", "nda", "xsp", "xdp", "nsp", "ndp");

  private static String version;

  @BeforeAll
  static void nfdumpAndCorpusAreThere() {
    assumeTrue(Files.isDirectory(CORPUS.resolve("nfcapd")), "no corpus; set -Dflowlake.corpus=DIR");
    version = version();
    JobsSession.get();
  }

  @TestFactory
  Stream<DynamicTest> lineIsThatOfNfdump() {
    return Arrays.stream(FormatToken.values())
        .filter(token -> token != FormatToken.N)
        .map(
            token ->
                DynamicTest.dynamicTest(
                    "%" + token.text(), () -> compare(token, "fmt:%" + token.text() + " |")));
  }

  @TestFactory
  Stream<DynamicTest> csvIsThatOfNfdump() {
    assumeTrue(version.equals(LEVEL), "CSV of chosen tokens needs nfdump " + LEVEL);
    return Arrays.stream(FormatToken.values())
        .filter(token -> token.csvName().isPresent())
        .map(
            token ->
                DynamicTest.dynamicTest(
                    "%" + token.text(), () -> compare(token, "csv:%ts,%" + token.text())));
  }

  private static void compare(FormatToken token, String format) throws Exception {
    if (version.equals(LEVEL)) {
      assumeFalse(token == FormatToken.NEVT, "%nevt is of 1.7.1");
    } else {
      assumeFalse(
          CHANGED_SINCE_171.contains(token.text()), "%" + token.text() + " is other in " + version);
    }
    List<String> files = new ArrayList<>(FILES);
    if (version.equals(LEVEL)) {
      files.addAll(FILES_OF_LEVEL);
    }
    for (String file : files) {
      List<String> args =
          List.of("-r", CORPUS.resolve(file).toString(), "-q", "-O", "tstart", "-o", format);
      assertThat(sorted(ours(args))).as(file).isEqualTo(sorted(theirs(args)));
    }
  }

  /** Flows of equal start come in any order. */
  private static List<String> sorted(String text) {
    return text.lines().sorted().toList();
  }

  private static String ours(List<String> args) {
    List<String> all = new ArrayList<>(List.of("dump", "--tz", "UTC"));
    all.addAll(args);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.ISO_8859_1);
    assertThat(FlowlakeCommand.execute(out, all.toArray(String[]::new))).isZero();
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  private static String theirs(List<String> args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(NFDUMP));
    command.addAll(args);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("TZ", "UTC");
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    process.waitFor(1, TimeUnit.MINUTES);
    return text;
  }

  private static String version() {
    try {
      String text = theirs(List.of("-V"));
      boolean level = text.contains(LEVEL);
      assumeTrue(level || text.contains("1.7.1"), "nfdump 1.7.1 or 1.7.8 is needed, not " + text);
      return level ? LEVEL : "1.7.1";
    } catch (IOException e) {
      assumeTrue(false, "no nfdump: " + e.getMessage());
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
