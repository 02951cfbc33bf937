package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.SampleArchive;
import org.flowlake.jobs.SealedFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say, and how they end, where a lake may not be written or a file not be read. */
class LakeFailuresTest {
  @TempDir private Path folder;

  @BeforeEach
  void register() {
    SealedFolder.register(JobsSession.get().sparkContext().hadoopConfiguration());
  }

  @AfterEach
  void unseal() {
    SealedFolder.unseal();
  }

  @Test
  void aLakeThatMayNotBeWrittenIsToldApartFromInputThatMayNotBeRead() {
    String lake = SealedFolder.path(folder.resolve("lake"));
    SealedFolder.seal();

    Said refused = say("convert", "--lake", lake, SampleArchive.netflow().toString());

    assertThat(refused.status()).isEqualTo(ExitCode.STORAGE);
    assertThat(refused.errors())
        .startsWith(lake + ": ")
        .contains("Permission denied")
        .contains("may not write there")
        .doesNotContain("\tat ");
    SealedFolder.unseal();
    assertThat(say("convert", "--lake", lake, SampleArchive.netflow().toString()).status())
        .isEqualTo(ExitCode.OK);
    assertThat(say("verify", "--lake", lake).status()).isEqualTo(ExitCode.OK);
  }

  @Test
  void aRawFileThatMayNotBeReadIsNamed() throws IOException {
    Path secret = Files.createFile(folder.resolve("nfcapd.202403121000" + SealedFolder.SECRET));

    Said refused =
        say("convert", "--lake", folder.resolve("lake").toString(), SealedFolder.path(secret));

    assertThat(refused.status()).isEqualTo(ExitCode.INPUT);
    assertThat(refused.errors())
        .startsWith("1 file could not be read; nothing of their batch was converted:\n")
        .contains("nfcapd.202403121000.secret: may not be read by user ");
    assertThat(folder.resolve("lake")).doesNotExist();
  }

  private record Said(int status, String errors) {}

  private static Said say(String... words) {
    PrintStream before = System.err;
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    try {
      int status =
          FlowlakeCommand.execute(
              new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), words);
      return new Said(status, errors.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(before);
    }
  }
}
