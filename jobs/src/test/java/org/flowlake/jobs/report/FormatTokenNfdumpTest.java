package org.flowlake.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.cli.FlowlakeCommand;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every format token over device exports of a corpus ({@code -Dflowlake.corpus=DIR}), against the
 * nfdump 1.7.8 that the environment variable NFDUMP names, in lines and in CSV.
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

  private static final int PORTION = 40;

  /**
   * Under a mask of 0, C leaves the result open, and nfdump prints 0.0.0.0 or all of the address.
   */
  private static final Pattern UNMASKED_NETWORK = Pattern.compile(" *[0-9a-f.:]+/0 ?(?=[#,]|$)");

  @BeforeAll
  static void nfdumpAndCorpusAreThere() {
    assumeTrue(Files.isDirectory(CORPUS.resolve("nfcapd")), "no corpus; set -Dflowlake.corpus=DIR");
    assumeLevel();
    JobsSession.get();
  }

  @TestFactory
  Stream<DynamicTest> linesAreThoseOfNfdump() {
    return tests("fmt:%ts#%", "#%", token -> token != FormatToken.N && token != FormatToken.CNT);
  }

  @TestFactory
  Stream<DynamicTest> csvIsThatOfNfdump() {
    return tests(
        "csv:%ts,%", ",%", token -> token.csvName().isPresent() && token != FormatToken.CNT);
  }

  /** nfdump takes no longer format than 512 characters, so the tokens are asked for in portions. */
  private static Stream<DynamicTest> tests(
      String head, String separator, Predicate<FormatToken> wanted) {
    List<String> tokens =
        Arrays.stream(FormatToken.values())
            .filter(wanted)
            .map(FormatToken::text)
            .filter(FormatTokenNfdumpTest::isOfLevel)
            .toList();
    List<String> files = new ArrayList<>(FILES);
    files.addAll(FILES_OF_LEVEL);
    List<DynamicTest> tests = new ArrayList<>();
    for (String file : files) {
      // A BGP next hop of ::ffff:a.b.c.d is one of IPv4 here.
      List<String> asked =
          tokens.stream()
              .filter(token -> !(file.contains("cisco-mpls") && token.equals("nhb")))
              .toList();
      for (int i = 0; i < asked.size(); i += PORTION) {
        List<String> portion = asked.subList(i, Math.min(asked.size(), i + PORTION));
        String format = head + String.join(separator, portion);
        tests.add(
            DynamicTest.dynamicTest(file + " " + portion, () -> compare(file, format, portion)));
      }
    }
    return tests.stream();
  }

  private static boolean isOfLevel(String token) {
    return !token.equals(FormatToken.NEVT.text());
  }

  private static void compare(String file, String format, List<String> tokens) throws Exception {
    List<String> args = List.of("-r", CORPUS.resolve(file).toString(), "-q", "-o", format);
    List<String> actual = sorted(ours(args));
    List<String> expected = sorted(theirs(args));
    assertThat(actual).hasSameSizeAs(expected).isNotEmpty();
    String separator = format.startsWith("csv") ? "," : "#";
    Set<String> different = new TreeSet<>();
    for (int i = 0; i < expected.size(); i++) {
      String[] left = actual.get(i).split(separator, -1);
      String[] right = expected.get(i).split(separator, -1);
      for (int column = 1; column < Math.max(left.length, right.length); column++) {
        String cell = column < left.length ? left[column] : "none";
        String theirs = column < right.length ? right[column] : "none";
        if (!cell.equals(theirs)) {
          different.add(
              "%"
                  + tokens.get(Math.min(column, tokens.size()) - 1)
                  + ": '"
                  + cell
                  + "', nfdump '"
                  + theirs
                  + "'");
        }
      }
    }
    assertThat(different).isEmpty();
  }

  /** nfdump's threads may print blocks in any order. */
  private static List<String> sorted(String text) {
    return text.lines()
        .map(line -> UNMASKED_NETWORK.matcher(line).replaceAll("/0"))
        .sorted()
        .toList();
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

  private static void assumeLevel() {
    try {
      String text = theirs(List.of("-V"));
      assumeTrue(text.contains(LEVEL), "nfdump " + LEVEL + " is needed, not " + text.strip());
    } catch (IOException e) {
      assumeTrue(false, "no nfdump: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
