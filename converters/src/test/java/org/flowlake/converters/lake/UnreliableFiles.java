package org.flowlake.converters.lake;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;

/**
 * The local files under another scheme, where some cannot be read. Permissions would not do: tests
 * may run as a user who may read everything.
 */
public final class UnreliableFiles extends RawLocalFileSystem {
  private static final String SCHEME = "unreliable";

  /** By the file's name. */
  private static final Map<String, Fault> FAULTS = new ConcurrentHashMap<>();

  /** What happens when a file is opened. */
  enum Fault {
    /** It was removed after it was listed. */
    GONE,
    /** It is removed when it has been read once. */
    GONE_LATER,
    FORBIDDEN,
    BROKEN
  }

  /** Makes the scheme known; no file has a fault. */
  static void register(Configuration hadoop) {
    hadoop.set("fs." + SCHEME + ".impl", UnreliableFiles.class.getName());
    FAULTS.clear();
  }

  static void give(java.nio.file.Path file, Fault fault) {
    FAULTS.put(file.getFileName().toString(), fault);
  }

  static void mend() {
    FAULTS.clear();
  }

  /** The same local path in this file system. */
  static String path(java.nio.file.Path local) {
    return SCHEME + "://" + local.toAbsolutePath();
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
    Fault fault = FAULTS.get(file.getName());
    if (fault == Fault.GONE) {
      Files.delete(pathToFile(file).toPath());
    } else if (fault == Fault.GONE_LATER) {
      FAULTS.put(file.getName(), Fault.GONE);
    } else if (fault == Fault.FORBIDDEN) {
      throw new AccessControlException(file.toString());
    } else if (fault == Fault.BROKEN) {
      throw new IOException("Input/output error");
    }
    return super.open(file, bufferSize);
  }
}
