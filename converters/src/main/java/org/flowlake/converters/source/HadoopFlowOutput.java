package org.flowlake.converters.source;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.flowlake.converters.io.FlowFileOutput;
import org.flowlake.converters.io.LocalFlowOutput;

/**
 * A raw file in the making on any file system that Hadoop knows. Most of these cannot go back to a
 * file's head, which is only known at the end: so the file is made on the local disk, and copied to
 * the other side when it is whole.
 */
public final class HadoopFlowOutput implements FlowFileOutput {
  private final FileSystem fileSystem;
  private final Path target;
  private final java.nio.file.Path local;
  private final FileChannel channel;
  private long length;

  private HadoopFlowOutput(FileSystem fileSystem, Path target) throws IOException {
    this.fileSystem = fileSystem;
    this.target = target;
    this.local = Files.createTempFile("flowlake", ".nfcapd");
    this.channel = FileChannel.open(local, StandardOpenOption.WRITE);
  }

  /** Begins a file; on a local disk it is made beside its place. */
  public static FlowFileOutput create(String target, Configuration hadoop) throws IOException {
    Path path = new Path(target);
    FileSystem fileSystem = path.getFileSystem(hadoop);
    if (fileSystem instanceof LocalFileSystem disk) {
      return LocalFlowOutput.create(disk.pathToFile(path).toPath());
    }
    return new HadoopFlowOutput(fileSystem, path);
  }

  @Override
  public String path() {
    return target.toString();
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, count);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    length += count;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void replaceHead(byte[] head) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(head);
    while (buffer.hasRemaining()) {
      channel.write(buffer, buffer.position());
    }
  }

  @Override
  public void commit() throws IOException {
    channel.close();
    Path unfinished =
        new Path(target.getParent(), LocalFlowOutput.unfinishedName(target.getName()));
    try {
      try (OutputStream out = fileSystem.create(unfinished, false)) {
        Files.copy(local, out);
      }
      // Hadoop's rename does not replace a file.
      fileSystem.delete(target, false);
      if (!fileSystem.rename(unfinished, target)) {
        throw new IOException(target + ": cannot be renamed from " + unfinished);
      }
    } finally {
      fileSystem.delete(unfinished, false);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(local);
  }
}
