package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flowlake.jobs.JobsSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong before anything is started has its own exit status, and prints no answer. */
class ExitStatusTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dump -Z proto tcp|0",
        "dump -Z proto foo|254",
        "dump -r f host|254",
        "dump -r f -f no-such-filter|3",
        "dump any|1",
        "dump -r f -R d|1",
        "dump -r f -s foo/bytes|1",
        "dump -r f -O foo|1",
        "dump -r f -o foo|1",
        "dump -r f -t foo|1",
        "dump -r f -c 0|1",
        "dump -r f -s record -O bytes|1",
        "dump --nosuch|1",
        "nosuch|1",
        "''|1"
      })
  void statusTellsWhatIsWrong(String line, int status) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    String[] args = line.isEmpty() ? new String[0] : line.split(" ");
    assertThat(FlowlakeCommand.execute(out, args)).isEqualTo(status);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void missingInputIsToldApartFromForeignInput(@TempDir Path folder) throws IOException {
    JobsSession.get();
    Path foreign = Files.writeString(folder.resolve("nfcapd.202403121000"), "no flows in here");
    assertThat(run("dump", "-r", folder.resolve("nosuch").toString())).isEqualTo(ExitCode.INPUT);
    assertThat(run("dump", "-R", folder.resolve("no/such").toString())).isEqualTo(ExitCode.INPUT);
    assertThat(run("dump", "--lake", folder.toString())).isEqualTo(ExitCode.INPUT);
    assertThat(run("dump", "-r", foreign.toString())).isEqualTo(ExitCode.DATA);
  }

  private static int run(String... args) {
    return FlowlakeCommand.execute(
        new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8), args);
  }
}
