package org.flowlake.jobs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The nfdump that is installed, or the one that the environment variable {@code NFDUMP} names, run
 * in UTC.
 */
public final class NfdumpProgram {
  private static final String PROGRAM = System.getenv().getOrDefault("NFDUMP", "nfdump");

  private NfdumpProgram() {}

  /** Skips the calling test, with a message, where there is none of version 1.7. */
  public static NfdumpProgram orSkip() {
    NfdumpProgram program = new NfdumpProgram();
    String version;
    try {
      version = program.run("-V");
    } catch (IOException e) {
      version = e.getMessage();
    }
    assumeTrue(version.contains("1.7."), "no nfdump 1.7: " + version);
    return program;
  }

  /** Whether this nfdump knows ZSTD, which came with 1.7.3. */
  public boolean knowsZstd() throws IOException {
    return run("-h").contains("zstd");
  }

  /** Its standard output; messages are left out. */
  public String run(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(PROGRAM));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("TZ", "UTC");
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while " + command + " ran", e);
    }
    return text;
  }
}
