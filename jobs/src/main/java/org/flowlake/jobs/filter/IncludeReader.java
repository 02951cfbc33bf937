package org.flowlake.jobs.filter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the files that {@code @include} names. */
@FunctionalInterface
public interface IncludeReader {

  /**
   * The text of one included file.
   *
   * @param path as written in the filter
   * @throws IOException if it cannot be read
   */
  String read(String path) throws IOException;

  /** Local files, relative to the working directory, as nfdump reads them. */
  static IncludeReader localFiles() {
    return path -> Files.readString(Path.of(path), StandardCharsets.UTF_8);
  }
}
