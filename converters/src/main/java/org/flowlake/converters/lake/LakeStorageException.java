package org.flowlake.converters.lake;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.SparkException;

/**
 * The place where a lake lies does not take what is written: it is full, read-only, or not ours to
 * write. Whatever was committed before is whole, and the next run repairs what this one began.
 */
public final class LakeStorageException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What systems say; HDFS has words of its own for its quotas. */
  private static final Pattern FULL =
      Pattern.compile(
          "No space left on device|[Qq]uota exceeded|quota of .* is exceeded|File too large");

  private static final Pattern FORBIDDEN =
      Pattern.compile("Permission denied|Read-only file system|Mkdirs failed to create");

  private LakeStorageException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A piece of work on a lake. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /**
   * Does the work; where it fails because of the place, the exception says so and what to do.
   *
   * @param location of the lake, see {@link FlowLake}
   */
  static <T> T explaining(String location, Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (Exception | FSError e) { // Spark throws checked ones undeclared
      Optional<LakeStorageException> known = of(location, e);
      if (known.isPresent()) {
        throw known.get();
      }
      throw e;
    }
  }

  /** Whether this came of a place that has no room left. */
  static boolean isFull(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (FULL.matcher(said(cause)).find()) {
        return true;
      }
    }
    return false;
  }

  /** What the first cause says: what the operating system did. */
  static String rootReason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return said(root);
  }

  private static Optional<LakeStorageException> of(String location, Throwable failure) {
    Throwable outermost = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkException) {
        // Its words hold a stack trace; ours and Iceberg's below name the file.
        outermost = cause.getCause();
        continue;
      }
      String said = said(cause);
      String advice = advice(cause, said, location);
      if (advice != null) {
        String named = outermost == cause ? said : said(outermost) + ": " + said;
        return Optional.of(
            new LakeStorageException(location + ": " + named + "\n" + advice, failure));
      }
    }
    return Optional.empty();
  }

  private static String advice(Throwable cause, String said, String location) {
    if (FULL.matcher(said).find()) {
      return "The place is full. What was in the lake is whole, and the batch at hand is in it"
          + " wholly or not at all. Make room and run the command again; flowlake expire"
          + " --lake "
          + location
          + " removes what this run left.";
    }
    if (cause instanceof AccessDeniedException
        || cause instanceof AccessControlException
        || cause instanceof ReadOnlyFileSystemException
        || FORBIDDEN.matcher(said).find()) {
      return "User "
          + System.getProperty("user.name")
          + " may not write there. The lake is as it was. Allow it, or run the command as the"
          + " lake's owner.";
    }
    return null;
  }

  private static String said(Throwable failure) {
    if (failure instanceof AccessDeniedException denied) {
      return denied.getFile() + ": Permission denied";
    }
    if (failure instanceof FileSystemException at && at.getReason() != null) {
      return at.getFile() + ": " + at.getReason();
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
