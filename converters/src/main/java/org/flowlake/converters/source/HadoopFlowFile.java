package org.flowlake.converters.source;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.flowlake.converters.io.FlowFileInput;
import org.flowlake.converters.io.LocalFlowFile;

/** A raw file on any file system that Hadoop knows. */
public final class HadoopFlowFile implements FlowFileInput {
  private final FlowFileEntry entry;
  private final FSDataInputStream stream;

  private HadoopFlowFile(FlowFileEntry entry, FSDataInputStream stream) {
    this.entry = entry;
    this.stream = stream;
  }

  /**
   * Opens the file; on a local disk without Hadoop's checksum layer, which raw files do not have.
   *
   * @throws org.flowlake.converters.io.UnreadableFileException if the file system does not give it
   */
  public static FlowFileInput open(FlowFileEntry entry, Configuration hadoop) throws IOException {
    Path path = new Path(entry.path());
    try {
      FileSystem fileSystem = path.getFileSystem(hadoop);
      return fileSystem instanceof LocalFileSystem local
          ? LocalFlowFile.open(local.pathToFile(path).toPath())
          : new HadoopFlowFile(entry, fileSystem.open(path));
    } catch (IOException e) {
      throw UnreadableFiles.of(entry.path(), e);
    }
  }

  @Override
  public String path() {
    return entry.path();
  }

  @Override
  public long length() {
    return entry.bytes();
  }

  @Override
  public void readFully(long position, byte[] target, int offset, int count) throws IOException {
    // A seek and a stream read, not a positioned one: blocks are read in order, and object stores
    // then keep one request open.
    if (stream.getPos() != position) {
      stream.seek(position);
    }
    stream.readFully(target, offset, count);
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
