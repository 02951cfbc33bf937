package org.flowlake.converters.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.apache.hadoop.security.AccessControlException;
import org.flowlake.converters.io.UnreadableFileException;

/** What it means that a file system does not give a raw file: often it says no more than a path. */
public final class UnreadableFiles {
  private static final String FORBIDDEN = "Permission denied";
  private static final String FOLDER = "Is a directory";

  private UnreadableFiles() {}

  /** The exception that says it in words. */
  public static UnreadableFileException of(String path, IOException cause) {
    if (cause instanceof UnreadableFileException known) {
      return known;
    }
    String said = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    if (cause instanceof AccessDeniedException
        || cause instanceof AccessControlException
        || said.contains(FORBIDDEN)) {
      String reason = "may not be read by user " + System.getProperty("user.name");
      return new UnreadableFileException(path, reason, cause);
    }
    boolean isGone =
        cause instanceof NoSuchFileException
            || cause instanceof FileNotFoundException && !said.contains(FOLDER);
    String reason = isGone ? "it was listed and is no longer there" : "cannot be read: " + said;
    return new UnreadableFileException(path, reason, cause);
  }
}
