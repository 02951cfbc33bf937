package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.NfdumpProgram;
import org.flowlake.jobs.SampleArchive;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outputs that nfdump had until 1.7.1, beside that release where it is installed. */
class OlderFormatsTest {
  private static final Path HOUR =
      SampleArchive.netflow().resolve("2012/04/03/nfcapd.201204030000");

  @ParameterizedTest
  @ValueSource(strings = {"pipe", "nel"})
  void linesAreThoseOfNfdump(String output) throws IOException {
    JobsSession.get();
    NfdumpProgram nfdump = NfdumpProgram.orSkip();
    assumeTrue(nfdump.run("-V").contains("1.7.1"), "nfdump is not 1.7.1");
    String expected = nfdump.run("-q", "-r", HOUR.toString(), "-o", output);

    assertThat(expected.lines().count()).isGreaterThan(1000);
    // Where there is no event, 1.7.1 prints the start of the epoch for its time, 1.7.8 zeros.
    assertThat(Said.to("dump", "--tz", "UTC", "-q", "-r", HOUR.toString(), "-o", output).out())
        .isEqualTo(expected.replace("1970-01-01 00:00:00.000", "0000-00-00 00:00:00.000"));
  }
}
