package org.flowlake.converters.parquet.write;

import java.util.Arrays;

/**
 * The different values of a column, each of one word or of two, and where in them a row's value is:
 * a hash table without an object per value, used for one column after another.
 */
final class WordDictionary {
  private static final int FIRST_CAPACITY = 1 << 8;
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  /** Place in the dictionary plus one; 0 for none. */
  private int[] slots = new int[FIRST_CAPACITY];

  /** How many of the slots are used: a power of two. */
  private int capacity;

  private long[] words = new long[FIRST_CAPACITY];
  private long[] places = {};
  private int wordsEach;
  private int size;

  /**
   * Takes the values of a column in place of those before.
   *
   * @param values {@code wordsEach} words for each
   * @param wordsEach 1 or 2
   * @param most more different values than these are not taken
   * @return false if there are more
   */
  boolean load(long[] values, int count, int wordsEach, int most) {
    this.wordsEach = wordsEach;
    size = 0;
    capacity = FIRST_CAPACITY;
    Arrays.fill(slots, 0, capacity, 0);
    if (places.length < count) {
      places = new long[count];
    }
    for (int i = 0; i < count; i++) {
      int at = i * wordsEach;
      // Values come in runs where rows are sorted, and many columns have one value only.
      if (i > 0 && isSame(values, at, values, at - wordsEach)) {
        places[i] = places[i - 1];
      } else {
        places[i] = place(values, at);
        if (size > most) {
          return false;
        }
      }
    }
    return true;
  }

  /** How many different values there are. */
  int size() {
    return size;
  }

  /** The different values, {@code wordsEach} words for each. */
  long[] words() {
    return words;
  }

  /** For each value of the column its place among {@link #words}. */
  long[] places() {
    return places;
  }

  private int place(long[] values, int at) {
    int slot = slot(values, at);
    while (slots[slot] != 0) {
      int place = slots[slot] - 1;
      if (isSame(words, place * wordsEach, values, at)) {
        return place;
      }
      slot = slot + 1 & capacity - 1;
    }
    add(values, at);
    slots[slot] = size;
    if (size * 2 > capacity) {
      enlarge();
    }
    return size - 1;
  }

  private void add(long[] values, int at) {
    int to = size * wordsEach;
    if (to + wordsEach > words.length) {
      words = Arrays.copyOf(words, words.length * 2);
    }
    System.arraycopy(values, at, words, to, wordsEach);
    size++;
  }

  private void enlarge() {
    capacity *= 4;
    if (slots.length < capacity) {
      slots = new int[capacity];
    } else {
      Arrays.fill(slots, 0, capacity, 0);
    }
    for (int place = 0; place < size; place++) {
      int slot = slot(words, place * wordsEach);
      while (slots[slot] != 0) {
        slot = slot + 1 & capacity - 1;
      }
      slots[slot] = place + 1;
    }
  }

  private int slot(long[] values, int at) {
    long hash = values[at] * MULTIPLIER;
    if (wordsEach > 1) {
      hash = ((hash ^ hash >>> 32) + values[at + 1]) * MULTIPLIER;
    }
    return (int) (hash >>> 40) & capacity - 1;
  }

  private boolean isSame(long[] some, int at, long[] others, int other) {
    return some[at] == others[other] && (wordsEach == 1 || some[at + 1] == others[other + 1]);
  }
}
