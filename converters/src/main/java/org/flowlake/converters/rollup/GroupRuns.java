package org.flowlake.converters.rollup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sums by key of rows that come sorted by it, as those of one file of a rollup do: a group is
 * complete when the next one begins, so nothing is looked up. The few rows that come out of order,
 * and all those of a key by which the file is not sorted, are looked up in a table of their own.
 */
final class GroupRuns {
  private static final int FIRST_CAPACITY = 1 << 12;
  private static final int SUMS = RollupSums.COUNT;

  private final int keyWords;
  private final int stride;
  private final RollupGroups strays;
  private long[] words;
  private int size;

  GroupRuns(int keyWords) {
    this.keyWords = keyWords;
    this.stride = keyWords + SUMS;
    this.strays = new RollupGroups(keyWords);
    this.words = new long[FIRST_CAPACITY * stride];
  }

  /**
   * Adds a row.
   *
   * @param key as unsigned words, the first one first
   * @param sums {@link RollupSums#COUNT} of them
   */
  void add(long[] key, long[] sums) {
    int order = size == 0 ? 1 : compare(key, 0, words, (size - 1) * stride, keyWords);
    if (order < 0) {
      addStray(key, sums);
    } else if (order == 0) {
      addTo(words, (size - 1) * stride + keyWords, sums, 0);
    } else {
      append(key, sums);
    }
  }

  private void append(long[] key, long[] sums) {
    int at = size * stride;
    if (at == words.length) {
      words = Arrays.copyOf(words, Math.multiplyExact(words.length, 2));
    }
    System.arraycopy(key, 0, words, at, keyWords);
    System.arraycopy(sums, 0, words, at + keyWords, SUMS);
    size++;
  }

  private void addStray(long[] key, long[] sums) {
    int group = strays.group(key);
    for (int i = 0; i < RollupGroups.FIRST; i++) {
      strays.add(group, i, sums[i]);
    }
    strays.addTimes(group, sums[RollupGroups.FIRST], sums[RollupGroups.LAST]);
  }

  /** Runs of groups that are each sorted by key: a key is once in a run, and may be in several. */
  List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    runs.add(new Run(words, size, keyWords));
    if (strays.size() > 0) {
      long[] sorted = new long[Math.multiplyExact(strays.size(), stride)];
      int at = 0;
      for (int group : strays.sorted()) {
        for (int word = 0; word < keyWords; word++) {
          sorted[at++] = strays.keyWord(group, word);
        }
        for (int i = 0; i < SUMS; i++) {
          sorted[at++] = strays.sum(group, i);
        }
      }
      runs.add(new Run(sorted, strays.size(), keyWords));
    }
    return runs;
  }

  /** Groups in the order of their keys; stands before the first one. */
  static final class Run implements Comparable<Run> {
    private final long[] words;
    private final int from;
    private final int to;
    private final int keyWords;
    private int group;

    Run(long[] words, int size, int keyWords) {
      this(words, 0, size, keyWords);
    }

    private Run(long[] words, int from, int to, int keyWords) {
      this.words = words;
      this.from = from;
      this.to = to;
      this.keyWords = keyWords;
      this.group = from - 1;
    }

    int size() {
      return to - from;
    }

    /** The key of a group, numbered from 0. */
    long[] key(int number) {
      int at = (from + number) * (keyWords + SUMS);
      return Arrays.copyOfRange(words, at, at + keyWords);
    }

    /** How many groups have a smaller key. */
    int before(long[] key) {
      int low = from;
      int high = to;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (GroupRuns.compare(words, middle * (keyWords + SUMS), key, 0, keyWords) < 0) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low - from;
    }

    /** Some of the groups, numbered as above; stands before the first one. */
    Run part(int first, int end) {
      return new Run(words, from + first, from + end, keyWords);
    }

    boolean next() {
      return ++group < to;
    }

    void copyTo(long[] key, long[] sums) {
      System.arraycopy(words, at(), key, 0, keyWords);
      System.arraycopy(words, at() + keyWords, sums, 0, SUMS);
    }

    boolean hasKey(long[] key) {
      return GroupRuns.compare(words, at(), key, 0, keyWords) == 0;
    }

    void addTo(long[] sums) {
      GroupRuns.addTo(sums, 0, words, at() + keyWords);
    }

    private int at() {
      return group * (keyWords + SUMS);
    }

    /** By the key of the group that each stands at. */
    @Override
    public int compareTo(Run other) {
      return GroupRuns.compare(words, at(), other.words, other.at(), keyWords);
    }
  }

  private static void addTo(long[] sums, int at, long[] more, int moreAt) {
    for (int i = 0; i < RollupGroups.FIRST; i++) {
      sums[at + i] += more[moreAt + i];
    }
    int first = RollupGroups.FIRST;
    int last = RollupGroups.LAST;
    sums[at + first] = Math.min(sums[at + first], more[moreAt + first]);
    sums[at + last] = Math.max(sums[at + last], more[moreAt + last]);
  }

  private static int compare(long[] left, int leftAt, long[] right, int rightAt, int count) {
    for (int i = 0; i < count; i++) {
      int order = Long.compareUnsigned(left[leftAt + i], right[rightAt + i]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
