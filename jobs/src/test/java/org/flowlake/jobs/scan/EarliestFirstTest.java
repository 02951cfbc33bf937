package org.flowlake.jobs.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The latest of the earliest times beside that of a sorted list. */
class EarliestFirstTest {
  private final Random random = new Random(3);

  @Test
  void laterThanSoManyIsTooLate() {
    for (int shown = 1; shown < 40; shown++) {
      EarliestFirst earliest = new EarliestFirst(shown);
      List<Long> millis = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        long time = random.nextInt(100_000);
        earliest.add(time);
        millis.add(time / 1000);
        millis.sort(null);
        boolean isFull = millis.size() >= shown;
        long last = isFull ? millis.get(shown - 1) : 0;

        assertThat(earliest.isTooLate(last * 1000 + 999)).isFalse();
        assertThat(earliest.isTooLate((last + 1) * 1000)).isEqualTo(isFull);
      }
    }
  }

  @Test
  void nothingIsTooLateWhereAllIsShown() {
    EarliestFirst earliest = new EarliestFirst(0);
    earliest.add(1_000);

    assertThat(earliest.isTooLate(Long.MAX_VALUE)).isFalse();
  }
}
