package org.flowlake.jobs;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.TaskContext;

/**
 * The local files under another scheme, where the first attempt of every task that opens certain
 * files fails there, after the files before them were read: raw files whose name ends with {@value
 * #FAILING}, and of lakes the day in the middle of the sample archive.
 */
public final class FailingOnceFileSystem extends RawLocalFileSystem {
  /** Files of noon, in the middle of a day's files. */
  public static final String FAILING = "1200";

  private static final String FAILING_DAY = "/date=2012-04-04/";

  private static final String SCHEME = "failingonce";
  private static final AtomicInteger FAILURES = new AtomicInteger();
  private static final AtomicBoolean DISTURBED = new AtomicBoolean(true);

  /** The same local path in this file system. */
  public static String path(java.nio.file.Path local) {
    return SCHEME + "://" + local.toAbsolutePath();
  }

  /** Makes the file system known to this configuration. */
  public static void register(Configuration hadoop) {
    hadoop.set("fs." + SCHEME + ".impl", FailingOnceFileSystem.class.getName());
  }

  /** How many tasks have failed so far. */
  public static int failures() {
    return FAILURES.get();
  }

  /** Whether tasks fail here; they do until told otherwise. */
  public static void disturb(boolean disturbed) {
    DISTURBED.set(disturbed);
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
    TaskContext task = TaskContext.get();
    if (task != null && task.attemptNumber() == 0 && DISTURBED.get() && fails(file)) {
      FAILURES.incrementAndGet();
      throw new IOException(file + ": a first attempt fails here");
    }
    return super.open(file, bufferSize);
  }

  private static boolean fails(Path file) {
    String path = file.toString();
    return path.endsWith(FAILING) || path.endsWith(".parquet") && path.contains(FAILING_DAY);
  }
}
