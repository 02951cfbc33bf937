package org.flowlake.converters.io;

import java.io.IOException;

/** A raw file holds something that its format does not allow. */
public class CorruptFlowFileException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final long offset;

  /**
   * @param path the file
   * @param offset where in the file, in bytes; for a place inside a compressed block, the block's
   * @param reason what was found and what was expected
   */
  public CorruptFlowFileException(String path, long offset, String reason) {
    this(path, offset, reason, null);
  }

  public CorruptFlowFileException(String path, long offset, String reason, Throwable cause) {
    super(String.format("%s, offset 0x%X: %s", path, offset, reason), cause);
    this.path = path;
    this.offset = offset;
  }

  public String path() {
    return path;
  }

  public long offset() {
    return offset;
  }
}
