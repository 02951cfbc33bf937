package org.flowlake.converters.io;

import java.io.IOException;

/** A file is intact as far as can be told, but of a format that cannot be read here. */
public class UnsupportedFlowFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param path the file
   * @param found what the file is, by its first bytes
   * @param advice what is supported, or how to convert the file
   */
  public UnsupportedFlowFormatException(String path, String found, String advice) {
    super(path + ": is " + found + "; " + advice);
  }
}
