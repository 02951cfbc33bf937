package org.flowlake.converters.lake;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;

/**
 * One writer of a lake at a time, on a local disk: what a run knows of the ledger stays true until
 * it has committed, so no file is added twice, and a batch without ledger rows is of a run that
 * died. Readers need no lock, they see whole commits.
 *
 * <p>Other file systems have no such lock: there, start one writer at a time.
 */
final class LakeLock {
  private static final String LOCK_FILE = ".flowlake-write.lock";

  private LakeLock() {}

  /**
   * Waits for the lake; close what is returned to let others in.
   *
   * @param location of the lake, see {@link FlowLake}
   * @param waiting run once if another writer is at work
   */
  static Release take(String location, Configuration hadoop, Runnable waiting) throws IOException {
    if (FlowLake.isInCatalog(location)) {
      return () -> {};
    }
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(location);
    path = path.getFileSystem(hadoop).makeQualified(path);
    if (!FlowLake.isLocal(path)) {
      return () -> {};
    }
    return FileLocks.take(Path.of(path.toUri().getPath(), LOCK_FILE), waiting)::close;
  }

  /** Ends the hold on a lake. */
  @FunctionalInterface
  interface Release extends AutoCloseable {
    @Override
    void close() throws IOException;
  }
}
