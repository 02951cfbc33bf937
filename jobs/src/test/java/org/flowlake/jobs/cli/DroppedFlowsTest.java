package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import org.flowlake.converters.lake.LakeExpiry;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.NfdumpProgram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Questions to a lake whose flows were dropped for their age, and whose sums were kept: nfdump's
 * answers over the raw files come from the sums, and what they cannot answer is said.
 */
class DroppedFlowsTest {
  private static final Path TREE =
      Path.of(System.getProperty("flowlake.corpus", "none")).resolve("nfcapd/tree-v2-lz4");
  private static final String DROPPED = "Flows before 2024-03-13 were dropped";

  @TempDir private static Path folder;

  private static String lake;

  @BeforeAll
  static void dropTwoDaysOfThree() throws IOException {
    assumeTrue(Files.isDirectory(TREE), "No corpus: set -Dflowlake.corpus");
    lake = folder.resolve("lake").toString();
    JobsSession.get();
    assertThat(Said.to("convert", "--lake", lake, TREE.toString()).status()).isEqualTo(ExitCode.OK);
    new LakeExpiry(JobsSession.get(), lake, () -> {})
        .run(
            new LakeExpiry.Request(
                LocalDate.of(2024, 3, 13), LocalDate.of(2024, 3, 1), Duration.ZERO, false));
  }

  @Test
  void statisticsOfAllTimeAreThoseOfTheRawFiles() throws IOException {
    Said said = ask("-s", "dstport/bytes", "-n", "5");

    assertThat(said.out().strip()).isEqualTo(nfdump("-s", "dstport/bytes", "-n", "5"));
    assertThat(said.errors())
        .contains("Answered by rollup dst_port")
        .contains(DROPPED + ": of earlier time whole days are counted, by rollups, and no parts");
  }

  @Test
  void statisticsOfADroppedDayAreThoseOfTheRawFiles() throws IOException {
    String day = "2024/03/12-2024/03/13";

    Said said = ask("-s", "srcip/flows", "-n", "5", "-t", day);

    assertThat(said.out().strip()).isEqualTo(nfdump("-s", "srcip/flows", "-n", "5", "-t", day));
    assertThat(said.errors()).contains(DROPPED);
  }

  @Test
  void whatNeedsFlowsSaysThatTheyAreGone() {
    Said said = ask("-s", "dstport/bytes", "-n", "5", "src port 53");

    assertThat(said.status()).isEqualTo(ExitCode.OK);
    assertThat(said.errors()).contains(DROPPED + " and are not counted");
    assertThat(ask("--no-rollup", "-s", "dstport/bytes").errors())
        .contains(DROPPED + " and are not counted");
  }

  @Test
  void aWindowOfKeptDaysIsAnsweredAsBefore() {
    assertThat(ask("-s", "dstport/bytes", "-t", "2024/03/13.06-2024/03/14").errors())
        .doesNotContain("dropped");
  }

  /** The table alone: closing lines have the times of files, which differ. */
  private static String nfdump(String... words) throws IOException {
    String[] all = new String[words.length + 3];
    all[0] = "-R";
    all[1] = TREE.toString();
    all[2] = "-q";
    System.arraycopy(words, 0, all, 3, words.length);
    return NfdumpProgram.orSkip().run(all).strip();
  }

  private static Said ask(String... words) {
    String[] all = new String[words.length + 6];
    System.arraycopy(
        new String[] {"dump", "-R", lake, "--tz", "UTC", "-q"},
        0,
        all,
        0,
        all.length - words.length);
    System.arraycopy(words, 0, all, all.length - words.length, words.length);
    return Said.to(all);
  }
}
