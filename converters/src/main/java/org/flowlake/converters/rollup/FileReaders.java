package org.flowlake.converters.rollup;

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

/** Threads that read files of rollups side by side, for one question. */
final class FileReaders implements AutoCloseable {
  private final ExecutorService threads;

  FileReaders(int threads) {
    this.threads = Executors.newFixedThreadPool(threads, FileReaders::daemon);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "rollup-reader");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * What all of these give, in their order.
   *
   * @throws UncheckedIOException if a file cannot be read
   */
  <T> List<T> results(Collection<? extends Callable<T>> asked) {
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> answer : threads.invokeAll(asked)) {
        results.add(answer.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw new UncheckedIOException("Cannot read the rollups: " + cause.getMessage(), cause);
      }
      throw new IllegalStateException("Cannot read the rollups", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while it read the rollups", e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
