package org.flowlake.converters.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A raw file on a local disk. */
public final class LocalFlowFile implements FlowFileInput {
  private static final int SLICE_BYTES = 128 << 10;

  private final Path path;
  private final FileChannel channel;
  private final long length;

  private LocalFlowFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.length = channel.size();
  }

  public static LocalFlowFile open(Path path) throws IOException {
    return new LocalFlowFile(path, FileChannel.open(path, StandardOpenOption.READ));
  }

  @Override
  public String path() {
    return path.toString();
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void readFully(long position, byte[] target, int offset, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(target, offset, count);
    int end = offset + count;
    while (buffer.position() < end) {
      // The channel copies from a buffer of its own, which so stays in the processor's cache.
      buffer.limit(Math.min(end, buffer.position() + SLICE_BYTES));
      int read = channel.read(buffer, position + buffer.position() - offset);
      if (read < 0) {
        throw new EOFException(
            path + ": ends at " + length + ", read of " + count + " bytes at " + position);
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
