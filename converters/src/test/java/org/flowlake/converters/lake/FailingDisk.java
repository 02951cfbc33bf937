package org.flowlake.converters.lake;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** The local disk in its own place, with as much room as a test gives it, or read-only. */
public final class FailingDisk extends LocalFileSystem {
  private static final AtomicLong BYTES_LEFT = new AtomicLong(Long.MAX_VALUE);

  /** Takes the place of the local disk in this configuration, with all room. */
  static void register(Configuration hadoop) {
    hadoop.set("fs.file.impl", FailingDisk.class.getName());
    hadoop.set("fs.file.impl.disable.cache", "true");
    giveRoom(Long.MAX_VALUE);
  }

  /** Gives so many bytes for all files to come; 0 makes the disk read-only. */
  static void giveRoom(long bytes) {
    BYTES_LEFT.set(bytes);
  }

  static long bytesLeft() {
    return BYTES_LEFT.get();
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    if (BYTES_LEFT.get() == 0) {
      throw new IOException(file + ": Read-only file system");
    }
    FSDataOutputStream opened =
        super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress);
    return new FSDataOutputStream(new Limited(opened), null);
  }

  /** As the operating system, it does not say which file it is. */
  private static final class Limited extends FilterOutputStream {
    Limited(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      if (BYTES_LEFT.addAndGet(-count) < 0) {
        BYTES_LEFT.set(1);
        throw new IOException("No space left on device");
      }
      out.write(bytes, offset, count);
    }
  }
}
