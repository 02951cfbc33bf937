package org.flowlake.converters.lake;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.sql.SparkSession;

/**
 * Days that are worked on at once, each from a thread of the driver that starts Spark jobs of its
 * own. There are as many as tasks can run: then every core has work, though the jobs of a day may
 * be of one task only. More would not be faster; memory is taken by tasks, and Spark runs no more
 * of these, and divides among them what there is to sort with.
 *
 * <p>A day that fails costs no other day. Only where there is no room left no further one is begun.
 *
 * @param <T> what is done of a day
 */
final class DaysAtOnce<T> {
  /** Each has the list of its day's files here, and commits are made one after another. */
  private static final int MOST = 32;

  /** The work on one day. */
  @FunctionalInterface
  interface Work<T> {
    T on(LocalDate day) throws IOException;
  }

  private final SparkSession spark;
  private final int threads;
  private final SortedMap<LocalDate, Throwable> failures = new TreeMap<>();
  private final SortedMap<LocalDate, T> done = new TreeMap<>();
  private int notBegun;

  /** So many days at once. */
  DaysAtOnce(SparkSession spark, int threads) {
    this.spark = spark;
    this.threads = threads;
  }

  /** As many days at once as the session runs tasks. */
  static <T> DaysAtOnce<T> of(SparkSession spark) {
    return new DaysAtOnce<>(spark, Math.min(MOST, spark.sparkContext().defaultParallelism()));
  }

  private record Outcome<T>(LocalDate day, T result, Throwable failure) {}

  /**
   * Works on these days and waits for all of them; once for each instance.
   *
   * @param days begun in this order
   * @param finished told of each day that did not fail, in the calling thread, as they end
   * @return the results in the order of days
   * @throws IOException if the thread is interrupted; no work goes on then
   */
  List<T> run(Collection<LocalDate> days, Work<T> work, Consumer<T> finished) throws IOException {
    if (days.isEmpty()) {
      return List.of();
    }
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, days.size()));
    try {
      CompletionService<Outcome<T>> ended = new ExecutorCompletionService<>(pool);
      List<LocalDate> waiting = new ArrayList<>(days);
      int atWork = 0;
      while (atWork > 0 || !waiting.isEmpty()) {
        while (atWork < threads && !waiting.isEmpty()) {
          LocalDate day = waiting.remove(0);
          ended.submit(() -> outcome(day, work));
          atWork++;
        }
        Outcome<T> outcome = ended.take().get();
        atWork--;
        if (outcome.failure() == null) {
          done.put(outcome.day(), outcome.result());
          finished.accept(outcome.result());
        } else {
          failures.put(outcome.day(), outcome.failure());
          if (LakeStorageException.isFull(outcome.failure())) {
            notBegun += waiting.size();
            waiting.clear();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while days were at work", e);
    } catch (ExecutionException e) {
      // What the work throws is in its outcome; this is the machine's, such as no memory.
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e);
    } finally {
      end(pool);
    }
    return List.copyOf(done.values());
  }

  /** Whether days were left because there is no room to write. */
  boolean isPlaceFull() {
    return failures.values().stream().anyMatch(LakeStorageException::isFull);
  }

  /** Names the days that failed, if any did. */
  void throwIfAnyFailed() throws FailedDaysException {
    if (!failures.isEmpty()) {
      throw new FailedDaysException(failures, done.size(), notBegun);
    }
  }

  private Outcome<T> outcome(LocalDate day, Work<T> work) {
    // A lake is a setting of its session, which Spark looks up for the thread.
    SparkSession.setActiveSession(spark);
    try {
      return new Outcome<>(day, work.on(day), null);
    } catch (Exception | FSError e) { // Spark throws checked ones undeclared
      return new Outcome<>(day, null, e);
    }
  }

  /** The lake's lock is given back after this: nothing may commit later. */
  private static void end(ExecutorService pool) {
    pool.shutdownNow();
    boolean interrupted = Thread.interrupted();
    while (true) {
      try {
        if (pool.awaitTermination(1, TimeUnit.MINUTES)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
