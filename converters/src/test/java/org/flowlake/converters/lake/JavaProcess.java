package org.flowlake.converters.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM with the class path of this one; it ends at the latest when it is closed. */
record JavaProcess(Process process, Path output) implements AutoCloseable {
  private static final int MOST_SECONDS_TO_WAIT = 180;
  private static final int POLL_MILLIS = 20;

  /**
   * Starts the main method of a class.
   *
   * @param output takes all that it prints
   */
  static JavaProcess start(Class<?> program, Path output, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add-opens") || option.startsWith("-XX:+Ignore"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(args));
    return new JavaProcess(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start(),
        output);
  }

  /** Waits until the process has made this file; it must live until then. */
  void waitFor(Path file) throws InterruptedException {
    long deadline = System.currentTimeMillis() + 1000L * MOST_SECONDS_TO_WAIT;
    while (!Files.exists(file)) {
      boolean goesOn =
          System.currentTimeMillis() < deadline && (process.isAlive() || Files.exists(file));
      assertThat(goesOn).as(() -> "it makes " + file + ": " + printed()).isTrue();
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** What it has printed so far. */
  String printed() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  /** Kills the process with SIGKILL, if it still runs. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
