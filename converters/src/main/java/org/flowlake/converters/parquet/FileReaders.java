package org.flowlake.converters.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that read files of a lake side by side, for one question. */
public final class FileReaders implements AutoCloseable {
  private final ExecutorService threads;
  private final String what;

  /**
   * So many threads.
   *
   * @param what they read, such as {@code the rollups}, for messages
   */
  public FileReaders(int threads, String what) {
    this.threads = Executors.newFixedThreadPool(threads, FileReaders::daemon);
    this.what = what;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "lake-reader");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * What all of these give, in their order.
   *
   * @throws UncheckedIOException if a file cannot be read
   */
  public <T> List<T> results(Collection<? extends Callable<T>> asked) {
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> answer : threads.invokeAll(asked)) {
        results.add(answer.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw new UncheckedIOException("Cannot read " + what + ": " + cause.getMessage(), cause);
      }
      throw new IllegalStateException("Cannot read " + what, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while it read " + what, e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
