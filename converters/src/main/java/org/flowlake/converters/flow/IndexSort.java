package org.flowlake.converters.flow;

import java.util.Arrays;

/**
 * Sorts row numbers by several unsigned keys of 64 bits: the distinguishing bits of one key and the
 * row's place share a long, longs are sorted, and rows that are still equal are refined by the next
 * key. Comparing whole rows costs more than ten times as much.
 */
public abstract class IndexSort {
  private final int keys;
  private final int[] rows;
  private final long[] packed;

  /**
   * A sort of rows 0 to {@code size - 1}.
   *
   * @param keys how many keys each row has
   */
  protected IndexSort(int size, int keys) {
    this.keys = keys;
    this.rows = new int[size];
    this.packed = new long[size];
    Arrays.setAll(rows, row -> row);
  }

  /**
   * One key of a row; compared as unsigned.
   *
   * @param level which key: from 0, the one that decides first
   */
  protected abstract long key(int row, int level);

  /** A signed number as an unsigned one of the same order. */
  protected static long signed(long value) {
    return value ^ Long.MIN_VALUE;
  }

  /** The rows in order; rows equal in all keys keep their order. */
  protected final int[] sorted() {
    sort(0, rows.length, 0);
    return rows;
  }

  /** Sorts rows[from, to), which are equal in all keys before {@code first}. */
  private void sort(int from, int to, int first) {
    int level = first;
    while (to - from > 1 && level < keys) {
      long min = key(rows[from], level);
      long max = min;
      for (int i = from + 1; i < to; i++) {
        long value = key(rows[i], level);
        min = Long.compareUnsigned(value, min) < 0 ? value : min;
        max = Long.compareUnsigned(value, max) > 0 ? value : max;
      }
      if (min == max) {
        level++;
        continue;
      }
      sortByTopBits(from, to, level, min, max);
      return;
    }
  }

  /**
   * Sorts by as many leading bits of (value - min) as fit beside the row's position, then each run
   * of rows that these bits leave equal: by the rest of the same key, or by the next.
   */
  private void sortByTopBits(int from, int to, int level, long min, long max) {
    int count = to - from;
    int positionBits = Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
    int valueBits = Long.SIZE - Long.numberOfLeadingZeros(max - min);
    // One bit stays free, so that packed keys compare right as signed longs.
    int dropped = Math.max(0, valueBits + positionBits - (Long.SIZE - 1));
    for (int i = 0; i < count; i++) {
      packed[from + i] = ((key(rows[from + i], level) - min) >>> dropped) << positionBits | i;
    }
    Arrays.sort(packed, from, to);
    int[] before = Arrays.copyOfRange(rows, from, to);
    long positionMask = (1L << positionBits) - 1;
    for (int i = from; i < to; i++) {
      rows[i] = before[(int) (packed[i] & positionMask)];
      packed[i] >>>= positionBits;
    }
    int next = dropped == 0 ? level + 1 : level;
    int runStart = from;
    while (runStart < to) {
      int runEnd = runStart + 1;
      while (runEnd < to && packed[runEnd] == packed[runStart]) {
        runEnd++;
      }
      if (runEnd - runStart > 1) {
        sort(runStart, runEnd, next);
      }
      runStart = runEnd;
    }
  }
}
