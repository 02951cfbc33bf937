package org.flowlake.converters.io;

import java.io.Closeable;
import java.io.IOException;

/**
 * A raw file in the making, wherever it will lie: nobody sees it before {@link #commit}, and
 * closing it without a commit leaves nothing behind.
 */
public interface FlowFileOutput extends Closeable {
  /** Where the file will lie, for messages. */
  String path();

  /** Appends bytes. */
  void write(byte[] bytes, int offset, int count) throws IOException;

  /** Number of bytes that were appended. */
  long length();

  /** Writes over the first bytes of the file, which were appended before. */
  void replaceHead(byte[] head) throws IOException;

  /** Makes the file appear under its name, in the place of one that is there. */
  void commit() throws IOException;
}
