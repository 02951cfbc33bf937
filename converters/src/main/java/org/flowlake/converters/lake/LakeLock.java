package org.flowlake.converters.lake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
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
    Optional<Path> folder = localFolder(location, hadoop);
    return folder.isEmpty()
        ? () -> {}
        : FileLocks.take(folder.get().resolve(LOCK_FILE), waiting)::close;
  }

  /** Whether the lock of this lake keeps other writers out. */
  static boolean excludes(String location, Configuration hadoop) throws IOException {
    return localFolder(location, hadoop).isPresent();
  }

  private static Optional<Path> localFolder(String location, Configuration hadoop)
      throws IOException {
    if (FlowLake.isInCatalog(location)) {
      return Optional.empty();
    }
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(location);
    path = path.getFileSystem(hadoop).makeQualified(path);
    return FlowLake.isLocal(path) ? Optional.of(Path.of(path.toUri().getPath())) : Optional.empty();
  }

  /** Ends the hold on a lake. */
  @FunctionalInterface
  interface Release extends AutoCloseable {
    @Override
    void close() throws IOException;
  }
}
