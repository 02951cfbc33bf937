package org.flowlake.converters.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.util.LockManagers.BaseLockManager;

/**
 * Lets one process at a time commit to a table on a local disk. Iceberg's Hadoop catalog looks
 * whether the next version exists and then renames its file to that name; on a local disk two
 * processes can both see it missing, and one commit is lost though both report success. Iceberg
 * takes this lock around both steps, where a catalog has the setting {@code lock-impl}.
 */
public final class CommitLock extends BaseLockManager {
  private static final String LOCK_FILE = ".flowlake-commit.lock";
  private static final String SCHEME = "file:";

  private final Map<String, FileLocks.Held> held = new ConcurrentHashMap<>();

  /** Made by Iceberg from the catalog's settings. */
  public CommitLock() {}

  /**
   * Waits for the table's lock.
   *
   * @param entityId the metadata file that is to appear
   * @param ownerId the file that will be renamed to it
   */
  @Override
  public boolean acquire(String entityId, String ownerId) {
    try {
      held.put(ownerId, FileLocks.take(lockFile(entityId), () -> {}));
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean release(String entityId, String ownerId) {
    FileLocks.Held lock = held.remove(ownerId);
    if (lock == null) {
      return false;
    }
    try {
      lock.close();
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One for all versions of a table, beside its metadata. */
  private static Path lockFile(String metadataFile) {
    String path =
        metadataFile.startsWith(SCHEME)
            ? URI.create(metadataFile.replace(" ", "%20")).getPath()
            : metadataFile;
    return Path.of(path).resolveSibling(LOCK_FILE);
  }
}
