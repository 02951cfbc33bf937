package org.flowlake.converters.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Sums of rows in and out of order, beside those of a map. */
class GroupRunsTest {
  private static final int KEYS = 500;

  @Test
  void runsHaveTheSumsOfAllRows() {
    Random random = new Random(7);
    List<GroupRuns.Run> runs = new ArrayList<>();
    Map<Long, long[]> expected = new TreeMap<>(Long::compareUnsigned);
    for (int file = 0; file < 3; file++) {
      GroupRuns groups = new GroupRuns(2);
      for (int row = 0; row < 20_000; row++) {
        // In order, but for one row in fifty, which goes back; half of the keys are negative.
        long sorted = (long) row * KEYS / 20_000;
        long key = random.nextInt(50) == 0 ? random.nextInt(KEYS) : sorted;
        long word = key * (Long.MIN_VALUE / (KEYS / 2) * -1);
        long[] sums = sums(random);
        groups.add(new long[] {0, word}, sums);
        expected.merge(word, sums.clone(), GroupRunsTest::joined);
      }
      groups.runs().stream().filter(GroupRuns.Run::next).forEach(runs::add);
    }

    Map<Long, long[]> found = new TreeMap<>(Long::compareUnsigned);
    PriorityQueue<GroupRuns.Run> queue = new PriorityQueue<>(runs);
    long[] before = null;
    while (!queue.isEmpty()) {
      GroupRuns.Run run = queue.poll();
      long[] key = new long[2];
      long[] sums = new long[RollupSums.COUNT];
      run.copyTo(key, sums);
      assertThat(before == null || Long.compareUnsigned(before[1], key[1]) <= 0).isTrue();
      found.merge(key[1], sums, GroupRunsTest::joined);
      before = key;
      if (run.next()) {
        queue.add(run);
      }
    }
    assertThat(found).usingRecursiveComparison().isEqualTo(expected);
  }

  private static long[] sums(Random random) {
    long[] sums = new long[RollupSums.COUNT];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = random.nextInt(1000);
    }
    return sums;
  }

  private static long[] joined(long[] left, long[] right) {
    long[] sums = new long[RollupSums.COUNT];
    for (int i = 0; i < RollupGroups.FIRST; i++) {
      sums[i] = left[i] + right[i];
    }
    sums[RollupGroups.FIRST] = Math.min(left[RollupGroups.FIRST], right[RollupGroups.FIRST]);
    sums[RollupGroups.LAST] = Math.max(left[RollupGroups.LAST], right[RollupGroups.LAST]);
    return sums;
  }
}
