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
  private static final int NONE = -1;
  private static final long LOW_BITS = 0xFFFF_FFFFL;
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private final int keyWords;
  private final int stride;
  private long[] words;

  /**
   * By hash: the upper half of the hash, and below it the number of the group plus one; 0 for none.
   * So a group is only looked at if it is the right one.
   */
  private long[] slots;

  private int size;

  /** The group that was asked for last. */
  private int recent;

  /** Of the keys that are looked for together. */
  private long[] hashes = {};

  RollupGroups(int keyWords) {
    this.keyWords = keyWords;
    this.stride = keyWords + SUMS;
    this.words = new long[FIRST_CAPACITY * stride];
    this.slots = new long[FIRST_CAPACITY * 2];
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
    if (recent < size && hasKey(recent, key, 0)) {
      return recent;
    }
    recent = groupOf(key, 0, hash(key, 0));
    return recent;
  }

  /**
   * The groups of so many keys that stand one after another, made where there are none. A table of
   * some ten thousand groups is in no near cache: each step is done for all keys before the next
   * one, so that the waits for memory overlap.
   */
  void groups(long[] keys, int count, int[] groups) {
    if (hashes.length < count) {
      hashes = new long[count];
    }
    for (int i = 0; i < count; i++) {
      hashes[i] = hash(keys, i * keyWords);
    }
    for (int i = 0; i < count; i++) {
      groups[i] = candidate(hashes[i]);
    }
    for (int i = 0; i < count; i++) {
      int found = groups[i];
      if (found == NONE || !hasKey(found, keys, i * keyWords)) {
        groups[i] = groupOf(keys, i * keyWords, hashes[i]);
      }
    }
  }

  /** The first group whose hash looks like this one. */
  private int candidate(long hash) {
    int slot = slot(hash);
    while (slots[slot] != 0) {
      if (isLike(slots[slot], hash)) {
        return group(slots[slot]);
      }
      slot = next(slot);
    }
    return NONE;
  }

  private int groupOf(long[] keys, int at, long hash) {
    int slot = slot(hash);
    while (slots[slot] != 0) {
      int group = group(slots[slot]);
      if (isLike(slots[slot], hash) && hasKey(group, keys, at)) {
        return group;
      }
      slot = next(slot);
    }
    if (size == slots.length / 2) {
      enlarge();
      slot = free(hash);
    }
    slots[slot] = slotted(hash, size);
    int start = size * stride;
    System.arraycopy(keys, at, words, start, keyWords);
    Arrays.fill(words, start + keyWords, start + stride, 0);
    words[start + keyWords + FIRST] = Long.MAX_VALUE;
    words[start + keyWords + LAST] = Long.MIN_VALUE;
    words[start + keyWords + FLAGS] = NO_FLAGS;
    return size++;
  }

  /** Whether the group that came last has this key. */
  boolean isLast(long[] key) {
    return hasKey(size - 1, key, 0);
  }

  /** The groups ordered by their keys, word by word as unsigned numbers. */
  int[] sorted() {
    return new KeySort().groups();
  }

  private boolean hasKey(int group, long[] keys, int from) {
    int at = group * stride;
    for (int i = 0; i < keyWords; i++) {
      if (words[at + i] != keys[from + i]) {
        return false;
      }
    }
    return true;
  }

  private long hash(long[] keys, int from) {
    long hash = 0;
    for (int i = 0; i < keyWords; i++) {
      hash = (hash ^ keys[from + i]) * MULTIPLIER;
      hash ^= hash >>> 32;
    }
    return hash;
  }

  private static long slotted(long hash, int group) {
    return hash & ~LOW_BITS | group + 1;
  }

  private static boolean isLike(long slotted, long hash) {
    return (slotted ^ hash) >>> Integer.SIZE == 0;
  }

  private static int group(long slotted) {
    return (int) slotted - 1;
  }

  private int slot(long hash) {
    return (int) hash & (slots.length - 1);
  }

  private int next(int slot) {
    return (slot + 1) & (slots.length - 1);
  }

  private int free(long hash) {
    int slot = slot(hash);
    while (slots[slot] != 0) {
      slot = next(slot);
    }
    return slot;
  }

  private void enlarge() {
    words = Arrays.copyOf(words, Math.multiplyExact(words.length, 2));
    slots = new long[slots.length * 2];
    for (int group = 0; group < size; group++) {
      long hash = hash(words, group * stride);
      slots[free(hash)] = slotted(hash, group);
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
