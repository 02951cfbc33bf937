package org.flowlake.jobs.extra;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class CounterShareTest {
  @Test
  void counterUpToEachMomentIsRoundedDown() {
    // 10 bytes in 3 seconds: 3.3, 6.7 and 10 after each second.
    assertThat(CounterShare.of(10, 0, 1, 3)).isEqualTo(3);
    assertThat(CounterShare.of(10, 1, 2, 3)).isEqualTo(3);
    assertThat(CounterShare.of(10, 2, 3, 3)).isEqualTo(4);
  }

  @Test
  void momentHasTheWholeCounter() {
    assertThat(CounterShare.of(10, 0, 0, 0)).isEqualTo(10);
  }

  @Test
  void largeCountersOfLongFlowsDoNotOverflow() {
    long days = 30L * 86_400 * 1_000_000;
    assertThat(CounterShare.of(4_000_000_000_000_000_000L, 0, days / 4, days))
        .isEqualTo(1_000_000_000_000_000_000L);
  }

  @Property(tries = 300)
  void partsAddUp(
      @ForAll @LongRange(min = 0) long counter,
      @ForAll @LongRange(min = 1, max = 1L << 50) long duration,
      @ForAll @IntRange(min = 1, max = 50) int parts) {
    long sum = 0;
    long from = 0;
    for (int i = 1; i <= parts; i++) {
      long to = i == parts ? duration : duration / parts * i;
      long part = CounterShare.of(counter, from, to, duration);
      assertThat(part).isNotNegative();
      sum += part;
      from = to;
    }
    assertThat(sum).isEqualTo(counter);
  }
}
