package org.flowlake.converters.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DaysAtOnceTest {
  private static final LocalDate FIRST = LocalDate.of(2024, 3, 1);

  private final SparkSession spark = LocalSpark.start();

  @Test
  void asManyDaysAreAtWorkAsMayBeAndNoMore() throws Exception {
    CyclicBarrier allThree = new CyclicBarrier(3);
    AtomicInteger atWork = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();

    List<String> done =
        new DaysAtOnce<String>(spark, 3)
            .run(
                days(6),
                day -> {
                  most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                  await(allThree);
                  atWork.decrementAndGet();
                  return day.toString();
                },
                day -> {});

    assertThat(most).hasValue(3);
    assertThat(done)
        .containsExactly(
            "2024-03-01", "2024-03-02", "2024-03-03", "2024-03-04", "2024-03-05", "2024-03-06");
  }

  @Test
  void daysAreToldOfAsTheyEndAndInOneThread() throws Exception {
    CountDownLatch secondTold = new CountDownLatch(1);
    List<String> told = new ArrayList<>();
    Thread caller = Thread.currentThread();

    List<String> done =
        new DaysAtOnce<String>(spark, 2)
            .run(
                days(2),
                day -> {
                  if (day.equals(FIRST)) {
                    await(secondTold);
                  }
                  return day.toString();
                },
                day -> {
                  assertThat(Thread.currentThread()).isSameAs(caller);
                  told.add(day);
                  secondTold.countDown();
                });

    assertThat(told).containsExactly("2024-03-02", "2024-03-01");
    assertThat(done).containsExactly("2024-03-01", "2024-03-02");
  }

  @Test
  void aDayThatFailsIsNamedAndCostsNoOther() throws Exception {
    DaysAtOnce<Integer> days = new DaysAtOnce<>(spark, 2);

    List<Integer> done =
        days.run(
            days(5),
            day -> {
              if (day.getDayOfMonth() % 2 == 0) {
                throw new IOException("file " + day.getDayOfMonth() + " is gone");
              }
              return day.getDayOfMonth();
            },
            day -> {});

    assertThat(done).containsExactly(1, 3, 5);
    assertThat(days.isPlaceFull()).isFalse();
    assertThatThrownBy(days::throwIfAnyFailed)
        .isInstanceOf(FailedDaysException.class)
        .hasMessage(
            """
            Day 2024-03-02 stays as it was: file 2 is gone
            Day 2024-03-04 stays as it was: file 4 is gone
            3 other days were compacted. Run it again once the reason is gone.""")
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void noDayIsBegunOnceThePlaceIsFull() throws Exception {
    DaysAtOnce<Integer> days = new DaysAtOnce<>(spark, 1);

    List<Integer> done =
        days.run(
            days(5),
            day -> {
              if (day.getDayOfMonth() == 2) {
                throw new IOException("x.parquet", new IOException("No space left on device"));
              }
              return day.getDayOfMonth();
            },
            day -> {});

    assertThat(done).containsExactly(1);
    assertThat(days.isPlaceFull()).isTrue();
    assertThatThrownBy(days::throwIfAnyFailed)
        .hasMessage(
            """
            Day 2024-03-02 stays as it was: No space left on device
            1 other days were compacted, 3 not begun. Run it again once the reason is gone.""");
  }

  @Test
  void nothingIsAtWorkAfterAnErrorOfTheMachine() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();

    assertThatThrownBy(
            () ->
                new DaysAtOnce<Integer>(spark, 2)
                    .run(
                        days(2),
                        day -> {
                          if (day.equals(FIRST)) {
                            await(begun);
                            throw new OutOfMemoryError("of the test");
                          }
                          begun.countDown();
                          try {
                            await(never);
                          } finally {
                            ended.incrementAndGet();
                          }
                          return 0;
                        },
                        day -> {}))
        .isInstanceOf(OutOfMemoryError.class);

    assertThat(ended).hasValue(1);
  }

  private static List<LocalDate> days(int count) {
    return FIRST.datesUntil(FIRST.plusDays(count)).toList();
  }

  private static void await(CyclicBarrier barrier) throws IOException {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IOException("not all came", e);
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IOException("not told");
      }
    } catch (InterruptedException e) {
      throw new IOException("ended", e);
    }
  }
}
