package org.flowlake.jobs.scan;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;
import org.flowlake.jobs.rows.CounterColumns;

/**
 * Groups of few flows at a time: rows that begin with counters, summed where all columns after the
 * counters are equal. It keeps the rows as Spark's bytes, one after the other:
 *
 * <pre>
 * null bits (8) | 8 counters (64) | keys, 8 bytes each | bytes of addresses
 * </pre>
 *
 * <p>Counters are never null, so null bits and all that follows the counters are the key. Not for
 * several threads.
 */
final class GroupTable {
  private static final int NULL_BITS = 8;
  private static final int WORD = 8;
  private static final int KEYS = NULL_BITS + CounterColumns.COUNT * WORD;
  private static final int FIRST_SLOTS = 64;
  private static final long HASH = 0x9E3779B97F4A7C15L;

  private final int columns;
  private final int mostBytes;
  private byte[] rows = new byte[16 << 10];
  private int used;
  private int[] starts = new int[FIRST_SLOTS];
  private int[] sizes = new int[FIRST_SLOTS];
  private int[] slotOf = new int[FIRST_SLOTS];
  private int count;

  /** Group number + 1; 0 where free. A power of two, at most half full. */
  private int[] slots = new int[2 * FIRST_SLOTS];

  /**
   * An empty table.
   *
   * @param columns of each row, 64 at the most
   * @param mostBytes what the rows of all groups may take
   */
  GroupTable(int columns, int mostBytes) {
    if (UnsafeRow.calculateBitSetWidthInBytes(columns) != NULL_BITS) {
      throw new IllegalArgumentException(columns + " columns are more than 64");
    }
    this.columns = columns;
    this.mostBytes = mostBytes;
  }

  int size() {
    return count;
  }

  /** Lets the row show a group, as long as nothing is added. */
  void read(int group, UnsafeRow row) {
    row.pointTo(rows, Platform.BYTE_ARRAY_OFFSET + (long) starts[group], sizes[group]);
  }

  void clear() {
    if (count > slots.length / 8) {
      Arrays.fill(slots, 0);
    } else {
      for (int i = 0; i < count; i++) {
        slots[slotOf[i]] = 0;
      }
    }
    count = 0;
    used = 0;
  }

  /** Adds a row to its group; false where there is no room for a new one. */
  boolean add(UnsafeRow row) {
    Object base = row.getBaseObject();
    long at = row.getBaseOffset();
    int size = row.getSizeInBytes();
    // Rows come in order of their addresses: the next one is often of the same group.
    if (count > 0 && isEqual(count - 1, base, at, size)) {
      sum(count - 1, base, at);
      return true;
    }
    int mask = slots.length - 1;
    int slot = hash(base, at, size) & mask;
    while (slots[slot] != 0) {
      int group = slots[slot] - 1;
      if (isEqual(group, base, at, size)) {
        sum(group, base, at);
        return true;
      }
      slot = (slot + 1) & mask;
    }
    return append(slot, base, at, size);
  }

  private boolean append(int slot, Object base, long at, int size) {
    if (used + size > rows.length) {
      if (used + (long) size > mostBytes) {
        return false;
      }
      rows =
          Arrays.copyOf(rows, Math.max(used + size, (int) Math.min(mostBytes, 2L * rows.length)));
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      sizes = Arrays.copyOf(sizes, 2 * count);
      slotOf = Arrays.copyOf(slotOf, 2 * count);
    }
    Platform.copyMemory(base, at, rows, Platform.BYTE_ARRAY_OFFSET + (long) used, size);
    starts[count] = used;
    sizes[count] = size;
    slotOf[count] = slot;
    used += size;
    count++;
    slots[slot] = count;
    if (2 * count > slots.length) {
      rehash();
    }
    return true;
  }

  private void rehash() {
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int i = 0; i < count; i++) {
      int slot = hash(rows, Platform.BYTE_ARRAY_OFFSET + (long) starts[i], sizes[i]) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = i + 1;
      slotOf[i] = slot;
    }
  }

  private static int hash(Object base, long at, int size) {
    long hash = Platform.getLong(base, at);
    for (int i = KEYS; i < size; i += WORD) {
      hash = (hash ^ Platform.getLong(base, at + i)) * HASH;
      hash ^= hash >>> 32;
    }
    return (int) hash;
  }

  private boolean isEqual(int group, Object base, long at, int size) {
    if (sizes[group] != size) {
      return false;
    }
    long own = Platform.BYTE_ARRAY_OFFSET + (long) starts[group];
    if (Platform.getLong(rows, own) != Platform.getLong(base, at)) {
      return false;
    }
    // The bytes of addresses are at the end: they differ most often.
    for (int i = size - WORD; i >= KEYS; i -= WORD) {
      if (Platform.getLong(rows, own + i) != Platform.getLong(base, at + i)) {
        return false;
      }
    }
    return true;
  }

  private void sum(int group, Object base, long at) {
    long own = Platform.BYTE_ARRAY_OFFSET + (long) starts[group] + NULL_BITS;
    long added = at + NULL_BITS;
    for (int i = 0; i < CounterColumns.FIRST; i++) {
      long place = own + (long) i * WORD;
      Platform.putLong(
          rows,
          place,
          Platform.getLong(rows, place) + Platform.getLong(base, added + (long) i * WORD));
    }
    long first = CounterColumns.FIRST * (long) WORD;
    long last = CounterColumns.LAST * (long) WORD;
    Platform.putLong(
        rows,
        own + first,
        Math.min(Platform.getLong(rows, own + first), Platform.getLong(base, added + first)));
    Platform.putLong(
        rows,
        own + last,
        Math.max(Platform.getLong(rows, own + last), Platform.getLong(base, added + last)));
  }

  UnsafeRow newRow() {
    return new UnsafeRow(columns);
  }
}
