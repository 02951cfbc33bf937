package org.flowlake.converters.io;

import java.io.Closeable;
import java.io.IOException;

/**
 * Random access to the bytes of one raw file, wherever it lies: the decoders' only view of a file
 * system.
 */
public interface FlowFileInput extends Closeable {
  /** The path or URI, for messages. */
  String path();

  /** Size in bytes. */
  long length();

  /**
   * Reads exactly {@code count} bytes from {@code position} on.
   *
   * @throws java.io.EOFException if the file ends before
   */
  void readFully(long position, byte[] target, int offset, int count) throws IOException;
}
