package org.flowlake.jobs;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.Progressable;

/**
 * The local files under another scheme, where nothing may be written while it is sealed, and what
 * is called {@value #SECRET} may not be read: tests may run as a user whom no permission stops.
 */
public final class SealedFolder extends RawLocalFileSystem {
  /** How names of files end that may not be read. */
  public static final String SECRET = ".secret";

  private static final String SCHEME = "sealed";
  private static final AtomicBoolean SEALED = new AtomicBoolean();

  /** Makes the scheme known. */
  public static void register(Configuration hadoop) {
    hadoop.set("fs." + SCHEME + ".impl", SealedFolder.class.getName());
  }

  /** The same local path in this file system. */
  public static String path(java.nio.file.Path local) {
    return SCHEME + "://" + local.toAbsolutePath();
  }

  /** From now on nothing may be written. */
  public static void seal() {
    SEALED.set(true);
  }

  /** From now on everything may be written. */
  public static void unseal() {
    SEALED.set(false);
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    if (file.getName().endsWith(SECRET)) {
      throw new AccessControlException("Permission denied: " + file);
    }
    return super.open(file, bufferSize);
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
    refuseIfSealed(file);
    return super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    refuseIfSealed(file);
    return super.create(file, overwrite, bufferSize, replication, blockSize, progress);
  }

  private static void refuseIfSealed(Path file) throws IOException {
    if (SEALED.get()) {
      throw new AccessControlException("Permission denied: " + file);
    }
  }
}
