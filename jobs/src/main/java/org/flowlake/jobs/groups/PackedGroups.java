package org.flowlake.jobs.groups;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/**
 * Groups in memory: an open hash table over rows of one {@link GroupLayout}, one after the other in
 * one array. Not for several threads.
 */
public final class PackedGroups {
  private static final int FIRST_GROUPS = 64;

  private final GroupLayout layout;
  private final int size;
  private final int mostBytes;
  private final byte[] scratch;
  private byte[] rows;
  private int count;

  /** Group number + 1; 0 where free. A power of two, at most half full. */
  private int[] slots = new int[2 * FIRST_GROUPS];

  private int[] slotOf = new int[FIRST_GROUPS];

  /**
   * An empty table.
   *
   * @param mostBytes what the rows of all groups may take
   */
  public PackedGroups(GroupLayout layout, int mostBytes) {
    this.layout = layout;
    this.size = layout.size();
    this.mostBytes = mostBytes;
    this.scratch = new byte[size];
    this.rows = new byte[FIRST_GROUPS * size];
  }

  /** How many groups there are. */
  public int size() {
    return count;
  }

  /** Lets the row show a group, as long as nothing is added. */
  public void read(int group, UnsafeRow row) {
    row.pointTo(rows, place(group), size);
  }

  /** A row for {@link #read}. */
  public UnsafeRow newRow() {
    return layout.newRow();
  }

  /**
   * Adds to the counters of a group alone: for flows that are like one that was added.
   *
   * @param counters in the order of {@link org.flowlake.jobs.rows.CounterColumns}
   */
  public void addCounters(int group, long[] counters) {
    layout.mergeCounters(rows, place(group), counters);
  }

  /** Forgets all groups and keeps the memory. */
  public void clear() {
    if (count > slots.length / 8) {
      Arrays.fill(slots, 0);
    } else {
      for (int i = 0; i < count; i++) {
        slots[slotOf[i]] = 0;
      }
    }
    count = 0;
  }

  /** Adds a row to its group; false where there is no room for a new one. */
  public boolean add(UnsafeRow row) {
    if (layout.holds(row)) {
      return add(row.getBaseObject(), row.getBaseOffset());
    }
    layout.pack(row, scratch);
    return add(scratch, Platform.BYTE_ARRAY_OFFSET);
  }

  /** Adds a row that is in the layout; false as above. */
  boolean add(byte[] packed) {
    return add(packed, Platform.BYTE_ARRAY_OFFSET);
  }

  private boolean add(Object base, long at) {
    // Rows often come in order of their keys: the next one is of the same group.
    if (count > 0 && layout.hasEqualKeys(rows, place(count - 1), base, at)) {
      layout.merge(rows, place(count - 1), base, at);
      return true;
    }
    return add(base, at, layout.hash(base, at));
  }

  private boolean add(Object base, long at, long hash) {
    int mask = slots.length - 1;
    int slot = (int) (hash >>> 32) & mask;
    while (slots[slot] != 0) {
      long own = place(slots[slot] - 1);
      if (layout.hasEqualKeys(rows, own, base, at)) {
        layout.merge(rows, own, base, at);
        return true;
      }
      slot = (slot + 1) & mask;
    }
    return append(slot, base, at);
  }

  private boolean append(int slot, Object base, long at) {
    int used = count * size;
    if (used + size > rows.length) {
      if (used + (long) size > mostBytes) {
        return false;
      }
      rows =
          Arrays.copyOf(rows, Math.max(used + size, (int) Math.min(mostBytes, 2L * rows.length)));
    }
    if (count == slotOf.length) {
      slotOf = Arrays.copyOf(slotOf, 2 * count);
    }
    Platform.copyMemory(base, at, rows, place(count), size);
    slotOf[count] = slot;
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
      int slot = (int) (layout.hash(rows, place(i)) >>> 32) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = i + 1;
      slotOf[i] = slot;
    }
  }

  private long place(int group) {
    return Platform.BYTE_ARRAY_OFFSET + (long) group * size;
  }
}
