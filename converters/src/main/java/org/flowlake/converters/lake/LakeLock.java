package org.flowlake.converters.lake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * One writer of a lake at a time: what a run knows of the ledger stays true until it has committed,
 * so no file is added twice, and a batch without ledger rows is of a run that died. Readers need no
 * lock, they see whole commits. On a local disk it is a lock of the operating system, elsewhere a
 * {@link WriterLease} on the ledger.
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
  static Release take(SparkSession spark, String location, Runnable waiting) throws IOException {
    Optional<Path> folder = localFolder(location, spark.sparkContext().hadoopConfiguration());
    return folder.isPresent()
        ? FileLocks.take(folder.get().resolve(LOCK_FILE), waiting)::close
        : WriterLease.take(FlowLake.openOrCreate(spark, location).sourcesIceberg(), waiting);
  }

  /** Whether the lock of this lake is the operating system's, which no writer can outlive. */
  static boolean isLocal(SparkSession spark, String location) throws IOException {
    return localFolder(location, spark.sparkContext().hadoopConfiguration()).isPresent();
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
