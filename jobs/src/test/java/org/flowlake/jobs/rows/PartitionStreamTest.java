package org.flowlake.jobs.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.flowlake.jobs.JobsSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartitionStreamTest {
  private static final int PARTITIONS = 40;

  /** Tasks run in this JVM, so that they can count here. */
  private static final AtomicInteger STARTED = new AtomicInteger();

  private static final AtomicBoolean FIRST_ANSWERED = new AtomicBoolean();

  private static JavaSparkContext context;
  private static int cores;

  private record Numbered(int partition, long bytes)
      implements PartitionStream.Part, Serializable {}

  @BeforeAll
  static void start() {
    context = JavaSparkContext.fromSparkContext(JobsSession.get().sparkContext());
    cores = context.defaultParallelism();
  }

  @BeforeEach
  void countFromZero() {
    STARTED.set(0);
    FIRST_ANSWERED.set(false);
  }

  @Test
  void partitionsComeInTheirOrder() {
    assertThat(read(partition -> new Numbered(partition, 1)))
        .containsExactlyElementsOf(IntStream.range(0, PARTITIONS).boxed().toList());
  }

  @Test
  void partitionOfATaskThatFailedOnceComesOnce() {
    assertThat(
            read(
                partition -> {
                  if (partition % 3 == 0 && TaskContext.get().attemptNumber() == 0) {
                    throw new IllegalStateException("first attempt");
                  }
                  return new Numbered(partition, 1);
                }))
        .containsExactlyElementsOf(IntStream.range(0, PARTITIONS).boxed().toList());
  }

  @Test
  void failureReachesTheReader() {
    assertThatThrownBy(
            () ->
                read(
                    partition -> {
                      if (partition == 3) {
                        throw new IllegalStateException("partition three is broken");
                      }
                      return new Numbered(partition, 1);
                    }))
        .hasStackTraceContaining("partition three is broken");
  }

  @Test
  void readsAheadOnePartitionPerCoreAndOneMore() {
    try (PartitionStream<Numbered> stream = stream(PartitionStream.Start.ALL_CORES, 1)) {
      for (int taken = 1; taken <= 5; taken++) {
        stream.next();
        assertThat(STARTED.get()).isBetween(taken, taken + cores + 1);
      }
    }
  }

  @Test
  void largePartitionsLeaveNoRoomToReadFarAhead() {
    long half = Runtime.getRuntime().maxMemory() / 2;
    try (PartitionStream<Numbered> stream = stream(PartitionStream.Start.ONE_PARTITION, half)) {
      for (int taken = 1; taken <= 5; taken++) {
        stream.next();
        assertThat(STARTED.get()).isBetween(taken, taken + 2);
      }
    }
  }

  /** Partitions that run when the first has answered end only when they are told to. */
  @Test
  void closingEndsTheJobsThatRun() {
    PartitionStream<Numbered> stream =
        new PartitionStream<>(
            parts(
                partition -> {
                  STARTED.incrementAndGet();
                  FIRST_ANSWERED.compareAndSet(false, partition == 0);
                  while (partition > 0
                      && FIRST_ANSWERED.get()
                      && !TaskContext.get().isInterrupted()) {
                    LockSupport.parkNanos(1_000_000);
                  }
                  return new Numbered(partition, 1);
                }),
            PartitionStream.Start.ALL_CORES);
    stream.next();

    assertTimeoutPreemptively(Duration.ofMinutes(1), stream::close);

    assertThat(stream.hasNext()).isFalse();
    assertThat(STARTED.get()).isBetween(1, 1 + cores + 1);
  }

  @Test
  void callersJobGroupCancelsTheJobs() {
    context.setJobGroup("caller", "asks", true);
    try (PartitionStream<Numbered> stream =
        new PartitionStream<>(
            parts(
                partition -> {
                  while (!TaskContext.get().isInterrupted()) {
                    context.sc().cancelJobGroup("caller");
                    LockSupport.parkNanos(1_000_000);
                  }
                  return new Numbered(partition, 1);
                }),
            PartitionStream.Start.ALL_CORES)) {
      assertThatThrownBy(stream::next).hasStackTraceContaining("cancelled");
    } finally {
      context.clearJobGroup();
    }
  }

  private interface Answer extends Serializable {
    Numbered of(int partition);
  }

  private static List<Integer> read(Answer answer) {
    List<Integer> order = new ArrayList<>();
    try (PartitionStream<Numbered> stream =
        new PartitionStream<>(parts(answer), PartitionStream.Start.ALL_CORES)) {
      stream.forEachRemaining(part -> order.add(part.partition()));
    }
    return order;
  }

  private static PartitionStream<Numbered> stream(PartitionStream.Start start, long bytes) {
    return new PartitionStream<>(
        parts(
            partition -> {
              STARTED.incrementAndGet();
              return new Numbered(partition, bytes);
            }),
        start);
  }

  private static JavaRDD<Numbered> parts(Answer answer) {
    Function2<Integer, Iterator<Integer>, Iterator<Numbered>> one =
        (partition, nothing) -> List.of(answer.of(partition)).iterator();
    return context.parallelize(List.<Integer>of(), PARTITIONS).mapPartitionsWithIndex(one, true);
  }
}
