package org.flowlake.converters.io;

import java.io.IOException;

/** A raw file that cannot be read at all: it is gone, it is not ours to read, its disk fails. */
public class UnreadableFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Names the file.
   *
   * @param reason what is the matter with it
   * @param cause what the file system said, often no more than the path
   */
  public UnreadableFileException(String path, String reason, Throwable cause) {
    super(path + ": " + reason, cause);
  }
}
