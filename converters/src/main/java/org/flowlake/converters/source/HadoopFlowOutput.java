package org.flowlake.converters.source;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.flowlake.converters.io.FlowFileOutput;
import org.flowlake.converters.io.LocalFlowOutput;

/**
 * A raw file in the making for a file system that cannot change what was written, such as HDFS or
 * an object store: it waits in a local temporary folder until it is whole.
 */
final class HadoopFlowOutput implements FlowFileOutput {
  private final Path target;
  private final Configuration hadoop;
  private final java.nio.file.Path spool;
  private final FlowFileOutput local;

  private HadoopFlowOutput(Path target, Configuration hadoop, java.nio.file.Path spool)
      throws IOException {
    this.target = target;
    this.hadoop = hadoop;
    this.spool = spool;
    this.local = LocalFlowOutput.create(spool);
  }

  static HadoopFlowOutput create(Path target, Configuration hadoop) throws IOException {
    return new HadoopFlowOutput(
        target, hadoop, Files.createTempDirectory("flowlake").resolve("nfcapd"));
  }

  @Override
  public String path() {
    return target.toString();
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    local.write(bytes, offset, count);
  }

  @Override
  public long length() {
    return local.length();
  }

  @Override
  public void replaceHead(byte[] head) throws IOException {
    local.replaceHead(head);
  }

  /** Copies the file beside its place and renames it, which on an object store is one more copy. */
  @Override
  public void commit() throws IOException {
    local.commit();
    FileSystem fileSystem = target.getFileSystem(hadoop);
    Path beside =
        new Path(
            target.getParent(), "nfcapd.current." + target.getName() + "." + UUID.randomUUID());
    try {
      try (OutputStream out = fileSystem.create(beside, false)) {
        Files.copy(spool, out);
      }
      FileContext.getFileContext(target.toUri(), hadoop).rename(beside, target, Rename.OVERWRITE);
    } finally {
      fileSystem.delete(beside, false);
    }
  }

  @Override
  public void close() throws IOException {
    local.close();
    Files.deleteIfExists(spool);
    Files.deleteIfExists(spool.getParent());
  }
}
