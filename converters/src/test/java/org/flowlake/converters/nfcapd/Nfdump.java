package org.flowlake.converters.nfcapd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * The nfdump that is installed, or the one that the environment variable {@code NFDUMP} names: the
 * judge of what is written for it.
 */
final class Nfdump {
  private static final String PROGRAM =
      Optional.ofNullable(System.getenv("NFDUMP")).orElse("nfdump");

  private Nfdump() {}

  /** Skips the calling test, with a message, where there is none of version 1.7. */
  static Nfdump orSkip() {
    Nfdump nfdump = new Nfdump();
    String version;
    try {
      version = nfdump.run("-V");
    } catch (IOException e) {
      version = e.getMessage();
    }
    Assumptions.assumeTrue(version.contains("1.7."), "no nfdump 1.7: " + version);
    return nfdump;
  }

  /** Whether this nfdump knows ZSTD, which came with 1.7.3. */
  boolean knowsZstd() throws IOException {
    return run("-h").contains("zstd");
  }

  String list(Path file, String format) throws IOException {
    return run("-q", "-r", file.toString(), "-o", format);
  }

  /** What it prints, messages included. */
  String run(String... arguments) throws IOException {
    return runProgram(PROGRAM, arguments);
  }

  /** What another program of the same package prints, messages included. */
  static String runProgram(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TZ", "UTC");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while " + command + " ran", e);
    }
    return output;
  }
}
