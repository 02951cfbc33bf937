package org.flowlake.jobs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the user of this process takes away from the permissions of new files and folders. */
final class ProcessUmask {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String NAME = "Umask:";

  private ProcessUmask() {}

  /** Octal, such as 0027; empty where the system does not tell (Linux does, since 4.7). */
  static Optional<String> octal() {
    if (!Files.isReadable(STATUS)) {
      return Optional.empty();
    }
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(NAME))
          .map(line -> line.substring(NAME.length()).strip())
          .findFirst();
    } catch (IOException e) {
      // Not told, as on other systems: Hadoop's own mask stays.
      return Optional.empty();
    }
  }
}
