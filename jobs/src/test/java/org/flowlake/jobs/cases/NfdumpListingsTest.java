package org.flowlake.jobs.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.cli.FlowlakeCommand;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Full listings of a corpus ({@code -Dflowlake.corpus=DIR}) in every format that nfdump 1.7.8
 * listed them in. Records come in any order, since its threads print blocks as they finish.
 */
class NfdumpListingsTest {
  private static final Path CORPUS = Path.of(System.getProperty("flowlake.corpus", "."));

  @BeforeAll
  static void corpusIsThere() {
    assumeTrue(
        Files.isDirectory(CORPUS.resolve("expected/dumps")),
        "no expected/dumps in " + CORPUS + "; set -Dflowlake.corpus=DIR");
    JobsSession.get();
  }

  @TestFactory
  Stream<DynamicTest> listingIsThatOfNfdump() throws IOException {
    return NfdumpListing.all(CORPUS).stream()
        .map(listing -> DynamicTest.dynamicTest(listing.toString(), () -> compare(listing)));
  }

  private static void compare(NfdumpListing listing) throws IOException {
    List<String> args = new ArrayList<>(List.of("dump"));
    args.addAll(listing.args());
    args.addAll(List.of("--tz", "UTC"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.ISO_8859_1);
    assertThat(FlowlakeCommand.execute(out, args.toArray(String[]::new))).isZero();
    String actual = bytes.toString(StandardCharsets.ISO_8859_1);
    if (listing.format().equals("json")) {
      assertThat(NfdumpJsonText.objects(actual))
          .containsExactlyInAnyOrderElementsOf(NfdumpJsonText.validObjects(listing.text()));
    } else if (listing.format().equals("I")) {
      assertThat(actual).isEqualTo(listing.text());
    } else {
      assertThat(actual.lines())
          .containsExactlyInAnyOrderElementsOf(listing.text().lines().toList());
    }
  }
}
