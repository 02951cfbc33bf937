package org.flowlake.converters.flow;

import java.util.Arrays;
import java.util.List;

/**
 * The order of flows within the lake's files: day of first seen (UTC), destination address, source
 * address, first seen; addresses as unsigned numbers, absent values first.
 *
 * <p>An index sort of primitive keys: the distinguishing bits of one key and the row's index share
 * a long, longs are sorted, and rows that are still equal are refined by the next key. Comparing
 * whole rows costs more than ten times as much.
 */
public final class LakeOrder {
  /** The fields that {@link #sort} compares; a batch to be sorted must have them. */
  public static final List<FlowField> FIELDS =
      List.of(FlowField.FIRST_SEEN, FlowField.DST_ADDR, FlowField.SRC_ADDR);

  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private static final int KEYS = 6;

  private final FlowColumn firstSeen;
  private final FlowColumn dstAddr;
  private final FlowColumn srcAddr;
  private final int[] rows;
  private final long[] packed;

  private LakeOrder(FlowBatch batch) {
    this.firstSeen = batch.column(FlowField.FIRST_SEEN);
    this.dstAddr = batch.column(FlowField.DST_ADDR);
    this.srcAddr = batch.column(FlowField.SRC_ADDR);
    this.rows = new int[batch.size()];
    this.packed = new long[batch.size()];
  }

  /** The rows of the batch in lake order; rows equal in all keys keep their order. */
  public static int[] sort(FlowBatch batch) {
    LakeOrder order = new LakeOrder(batch);
    Arrays.setAll(order.rows, row -> row);
    order.sort(0, batch.size(), 0);
    return order.rows;
  }

  /** Sorts rows[from, to), which are equal in all keys before {@code key}. */
  private void sort(int from, int to, int key) {
    int level = key;
    while (to - from > 1 && level < KEYS) {
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

  private long key(int row, int level) {
    return switch (level) {
      case 0 ->
          firstSeen.isNull(row) ? 0 : signed(Math.floorDiv(firstSeen.longAt(row), MICROS_PER_DAY));
      case 1 -> dstAddr.isNull(row) ? 0 : dstAddr.addressHigh(row);
      case 2 -> dstAddr.isNull(row) ? 0 : dstAddr.addressLow(row);
      case 3 -> srcAddr.isNull(row) ? 0 : srcAddr.addressHigh(row);
      case 4 -> srcAddr.isNull(row) ? 0 : srcAddr.addressLow(row);
      default -> firstSeen.isNull(row) ? 0 : signed(firstSeen.longAt(row));
    };
  }

  /** A signed number as an unsigned one of the same order. */
  private static long signed(long value) {
    return value ^ Long.MIN_VALUE;
  }
}
