package org.flowlake.jobs.filter;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

  /** Why a file cannot be read, for people. */
  static String reason(Exception e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    } else if (e instanceof AccessDeniedException) {
      return "no permission to read it";
    } else if (e instanceof CharacterCodingException) {
      return "it is not UTF-8 text";
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  /** Local files, relative to the working directory, as nfdump reads them. */
  static IncludeReader localFiles() {
    return path -> Files.readString(Path.of(path), StandardCharsets.UTF_8);
  }
}
