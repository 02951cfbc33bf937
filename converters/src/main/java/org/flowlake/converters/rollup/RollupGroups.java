package org.flowlake.converters.rollup;

import java.util.Arrays;
import org.flowlake.converters.flow.IndexSort;

/**
 * Sums by key: a hash table of longs without an object per group. A group is a run of words in one
 * array, its key first and then its sums.
 */
final class RollupGroups {
  static final int RECORDS = 0;
  static final int FLOWS = 1;
  static final int IN_PACKETS = 2;
  static final int IN_BYTES = 3;
  static final int OUT_PACKETS = 4;
  static final int OUT_BYTES = 5;

  /** Earliest first seen, microseconds; see {@link RollupKey} for an absent one. */
  static final int FIRST = 6;

  /** Latest last seen, microseconds. */
  static final int LAST = 7;

  /** Union of the TCP flags; {@link #NO_FLAGS} where no flow had any. */
  static final int FLAGS = 8;

  static final long NO_FLAGS = -1;

  /** How many sums a group has. */
  static final int SUMS = 9;

  private static final int FIRST_CAPACITY = 1 << 10;
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private final int keyWords;
  private final int stride;
  private long[] words;

  /** Number of the group plus one, by hash; 0 for none. */
  private int[] slots;

  private int size;

  /** The group that was asked for last. */
  private int recent;

  RollupGroups(int keyWords) {
    this.keyWords = keyWords;
    this.stride = keyWords + SUMS;
    this.words = new long[FIRST_CAPACITY * stride];
    this.slots = new int[FIRST_CAPACITY * 2];
  }

  int size() {
    return size;
  }

  void clear() {
    Arrays.fill(slots, 0);
    size = 0;
  }

  long keyWord(int group, int word) {
    return words[group * stride + word];
  }

  long sum(int group, int which) {
    return words[group * stride + keyWords + which];
  }

  boolean hasTime(int group, int which) {
    long time = sum(group, which);
    return time != Long.MAX_VALUE && time != Long.MIN_VALUE;
  }

  void add(int group, int which, long value) {
    words[group * stride + keyWords + which] += value;
  }

  /** Adds to all sums of a group the values that stand in their order from a place on. */
  void add(int group, long[] values, int from) {
    int at = group * stride + keyWords;
    for (int which = RECORDS; which <= OUT_BYTES; which++) {
      words[at + which] += values[from + which];
    }
    words[at + FIRST] = Math.min(words[at + FIRST], values[from + FIRST]);
    words[at + LAST] = Math.max(words[at + LAST], values[from + LAST]);
    addFlags(group, values[from + FLAGS]);
  }

  void addTimes(int group, long first, long last) {
    int at = group * stride + keyWords;
    words[at + FIRST] = Math.min(words[at + FIRST], first);
    words[at + LAST] = Math.max(words[at + LAST], last);
  }

  void addFlags(int group, long flags) {
    int at = group * stride + keyWords + FLAGS;
    if (flags != NO_FLAGS) {
      words[at] = words[at] == NO_FLAGS ? flags : words[at] | flags;
    }
  }

  /** Adds the sums of a group to one of another table. */
  void addTo(int group, RollupGroups others, int other) {
    others.add(other, words, group * stride + keyWords);
  }

  /** The group of this key, made if there is none; numbered in order of appearance, from 0. */
  int group(long[] key) {
    // Flows come in the order of their destinations: one often has the key of the one before.
    if (recent < size && hasKey(recent, key)) {
      return recent;
    }
    recent = find(key);
    return recent;
  }

  private int find(long[] key) {
    int slot = slot(key);
    while (slots[slot] != 0) {
      int group = slots[slot] - 1;
      if (hasKey(group, key)) {
        return group;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    if (size == slots.length / 2) {
      enlarge();
      return find(key);
    }
    slots[slot] = size + 1;
    int at = size * stride;
    System.arraycopy(key, 0, words, at, keyWords);
    Arrays.fill(words, at + keyWords, at + stride, 0);
    words[at + keyWords + FIRST] = Long.MAX_VALUE;
    words[at + keyWords + LAST] = Long.MIN_VALUE;
    words[at + keyWords + FLAGS] = NO_FLAGS;
    return size++;
  }

  /** Whether the group that came last has this key. */
  boolean isLast(long[] key) {
    return hasKey(size - 1, key);
  }

  /** The groups ordered by their keys, word by word as unsigned numbers. */
  int[] sorted() {
    return new KeySort().groups();
  }

  private boolean hasKey(int group, long[] key) {
    int at = group * stride;
    for (int i = 0; i < keyWords; i++) {
      if (words[at + i] != key[i]) {
        return false;
      }
    }
    return true;
  }

  private int slot(long[] key) {
    long hash = 0;
    for (int i = 0; i < keyWords; i++) {
      hash = (hash ^ key[i]) * MULTIPLIER;
      hash ^= hash >>> 32;
    }
    return (int) hash & (slots.length - 1);
  }

  private void enlarge() {
    words = Arrays.copyOf(words, Math.multiplyExact(words.length, 2));
    slots = new int[slots.length * 2];
    long[] key = new long[keyWords];
    for (int group = 0; group < size; group++) {
      System.arraycopy(words, group * stride, key, 0, keyWords);
      int slot = slot(key);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = group + 1;
    }
  }

  private final class KeySort extends IndexSort {
    KeySort() {
      super(size, keyWords);
    }

    int[] groups() {
      return sorted();
    }

    @Override
    protected long key(int row, int level) {
      return words[row * stride + level];
    }
  }
}
