package org.flowlake.jobs.rows;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;

/**
 * What each partition of an RDD gives, in the order of the partitions, while later partitions are
 * computed already. Spark's {@code toLocalIterator} computes one at a time, on one core, and {@code
 * collect} keeps all of them; here every core has a partition, and what waits for the reader stays
 * inside a share of the driver's memory.
 *
 * <p>Every partition is a Spark job of its own, so a task that fails is tried again as usual and
 * its partition is handed out once. To be closed: that ends the jobs that still run.
 *
 * @param <T> what a partition gives
 */
final class PartitionStream<T extends PartitionStream.Part> implements Iterator<T>, AutoCloseable {
  /** The share of the driver's largest heap for what waits. */
  private static final long HEAP_SHARE = 6;

  /** What a partition gives. */
  interface Part {
    /** Bytes that it holds on the driver while it waits. */
    long bytes();
  }

  /** How a stream begins. */
  enum Start {
    /** With as many partitions as there are cores. */
    ALL_CORES,
    /** With the first partition alone, which may be all that is asked for. */
    ONE_PARTITION
  }

  private static final long PAUSE_NANOS = 5_000_000;

  private final JavaRDD<T> parts;
  private final SparkContext context;
  private final int partitions;
  private final int most;
  private final String tag = "flowlake-stream-" + UUID.randomUUID();
  private final ExecutorService jobs;
  private final Deque<CompletableFuture<T>> running = new ArrayDeque<>();
  private int window;
  private int next;
  private long largest;

  /**
   * Starts at the first call of {@link #next}.
   *
   * @param parts one element per partition
   */
  PartitionStream(JavaRDD<T> parts, Start start) {
    this.parts = parts;
    this.context = parts.context();
    this.partitions = parts.getNumPartitions();
    // One more than there are cores: it waits for the reader while every core has work.
    this.most = context.defaultParallelism() + 1;
    this.window = start == Start.ALL_CORES ? most : 1;
    this.jobs =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, tag);
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public boolean hasNext() {
    return !running.isEmpty() || next < partitions;
  }

  /** Whether {@link #next} would not wait. */
  boolean isReady() {
    return !running.isEmpty() && running.peek().isDone();
  }

  /**
   * Waits for the next partition.
   *
   * @throws java.util.concurrent.CompletionException with Spark's exception if its job failed
   */
  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    fill();
    T part = running.remove().join();
    largest = Math.max(largest, part.bytes());
    window = most;
    fill();
    return part;
  }

  private void fill() {
    while (next < partitions && running.size() < window && fits(running.size() + 1)) {
      int partition = next++;
      running.add(CompletableFuture.supplyAsync(() -> compute(partition), jobs));
    }
  }

  /** Partitions are taken to be as large as the largest so far; one is always read ahead. */
  private boolean fits(int waiting) {
    return waiting <= 2 || waiting * largest <= Runtime.getRuntime().maxMemory() / HEAP_SHARE;
  }

  private T compute(int partition) {
    // Not a job group: that is the caller's, who may cancel it.
    context.addJobTag(tag);
    return parts.collectPartitions(new int[] {partition})[0].get(0);
  }

  /**
   * Ends the jobs that still run, and waits until they are ended; tasks of theirs may live a moment
   * longer.
   */
  @Override
  public void close() {
    next = partitions;
    while (!running.isEmpty()) {
      CompletableFuture<T> job = running.remove();
      // Nobody reads what it gave or why it failed. Cancelled again and again: its thread may not
      // have come to submit the job yet.
      while (!job.isDone()) {
        context.cancelJobsWithTag(tag);
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    jobs.shutdown();
  }
}
