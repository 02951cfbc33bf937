package org.flowlake.jobs.groups;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The blocks of a file that {@link GroupSpill} wrote. */
final class SpilledBlocks implements Iterator<byte[]>, Closeable {
  private final File file;
  private final DataInputStream in;
  private long left;

  SpilledBlocks(File file) throws IOException {
    this.file = file;
    this.left = file.length();
    this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file.toPath())));
  }

  @Override
  public boolean hasNext() {
    return left > 0;
  }

  @Override
  public byte[] next() {
    if (left == 0) {
      throw new NoSuchElementException();
    }
    try {
      int length = in.readInt();
      left -= Integer.BYTES + length;
      if (length < 0 || left < 0) {
        throw new EOFException(file + " ends inside a block of " + length + " bytes");
      }
      byte[] block = new byte[length];
      in.readFully(block);
      return block;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
