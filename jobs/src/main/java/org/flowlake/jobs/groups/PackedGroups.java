package org.flowlake.jobs.groups;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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

  /**
   * Group number + 1, and above it the upper half of its hash: most rows that are not of the group
   * are known without a look at it. 0 where free. A power of two, at most half full.
   */
  private long[] slots = new long[2 * FIRST_GROUPS];

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

  /** A row for each group, in the order in which the groups came. */
  public List<UnsafeRow> rows() {
    UnsafeRow shown = newRow();
    List<UnsafeRow> all = new ArrayList<>();
    for (int group = 0; group < count; group++) {
      read(group, shown);
      all.add(shown.copy());
    }
    return all;
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
    layout.pack(row, scratch, Platform.BYTE_ARRAY_OFFSET);
    return add(scratch, Platform.BYTE_ARRAY_OFFSET);
  }

  /**
   * Adds flows to their group; false where there is no room for a new one.
   *
   * @param counters of all these flows
   * @see RunPacker#pack
   */
  public boolean add(RunPacker packer, int flow, long[] counters) {
    reserve();
    // A row that makes a group is where it belongs already.
    long at = place(count);
    packer.pack(flow, counters, rows, at);
    return add(rows, at);
  }

  /**
   * Adds flows to their group if there is one already; false where there is none.
   *
   * @param counters of all these flows
   */
  public boolean addToKnown(RunPacker packer, int flow, long[] counters) {
    if (count == 0) {
      return false;
    }
    reserve();
    long at = place(count);
    packer.pack(flow, counters, rows, at);
    int upper = (int) (layout.hash(rows, at) >>> 32);
    int mask = slots.length - 1;
    for (int slot = upper & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
      long own = place((int) slots[slot] - 1);
      if ((int) (slots[slot] >>> 32) == upper && layout.hasEqualKeys(rows, own, rows, at)) {
        layout.merge(rows, own, rows, at);
        return true;
      }
    }
    return false;
  }

  private boolean add(Object base, long at) {
    // Rows often come in order of their keys: the next one is of the same group.
    if (count > 0 && layout.hasEqualKeys(rows, place(count - 1), base, at)) {
      layout.merge(rows, place(count - 1), base, at);
      return true;
    }
    return add(base, at, layout.hash(base, at));
  }

  /**
   * Hashes rows and looks for their groups where these most likely are, step by step for all rows:
   * the processor then waits for many places in memory at once. To be called before {@link
   * #add(RowBatch, int)}, and again if the groups were forgotten meanwhile.
   */
  void find(RowBatch batch) {
    byte[] added = batch.rows();
    byte[] own = Objects.requireNonNull(rows);
    long[] hashes = batch.hashes();
    int[] found = batch.found();
    int mask = slots.length - 1;
    layout.hash(added, batch.size(), hashes);
    for (int i = 0; i < batch.size(); i++) {
      int upper = (int) (hashes[i] >>> 32);
      long slot = slots[upper & mask];
      // A free slot gives -1 too.
      found[i] = (int) (slot >>> 32) == upper ? (int) slot - 1 : -1;
    }
    for (int i = 0; i < batch.size(); i++) {
      if (found[i] >= 0 && !layout.hasEqualKeys(own, place(found[i]), added, batch.at(i))) {
        found[i] = -1;
      }
    }
  }

  /** Adds a row whose group was looked for; false where there is no room for a new one. */
  boolean add(RowBatch batch, int row) {
    int group = batch.found()[row];
    if (group >= 0) {
      layout.merge(Objects.requireNonNull(rows), place(group), batch.rows(), batch.at(row));
      return true;
    }
    return add(batch.rows(), batch.at(row), batch.hashes()[row]);
  }

  private boolean add(Object base, long at, long hash) {
    int mask = slots.length - 1;
    int upper = (int) (hash >>> 32);
    int slot = upper & mask;
    while (slots[slot] != 0) {
      if ((int) (slots[slot] >>> 32) == upper) {
        long own = place((int) slots[slot] - 1);
        if (layout.hasEqualKeys(rows, own, base, at)) {
          layout.merge(rows, own, base, at);
          return true;
        }
      }
      slot = (slot + 1) & mask;
    }
    return append(slot, upper, base, at);
  }

  private boolean append(int slot, int upper, Object base, long at) {
    if ((count + 1L) * size > mostBytes) {
      return false;
    }
    long to = place(count);
    if (base != rows) {
      reserve();
      for (int word = 0; word < size; word += GroupLayout.WORD) {
        Platform.putLong(rows, to + word, Platform.getLong(base, at + word));
      }
    }
    if (count == slotOf.length) {
      slotOf = Arrays.copyOf(slotOf, 2 * count);
    }
    slotOf[count] = slot;
    count++;
    slots[slot] = (long) upper << 32 | count;
    if (2 * count > slots.length) {
      enlarge();
    }
    return true;
  }

  /** Makes room for one row more, which may be one more than groups may take. */
  private void reserve() {
    int needed = (count + 1) * size;
    if (needed > rows.length) {
      rows = Arrays.copyOf(rows, (int) Math.max(needed, Math.min(mostBytes, 2L * rows.length)));
    }
  }

  private void enlarge() {
    long[] before = slots;
    slots = new long[2 * before.length];
    int mask = slots.length - 1;
    for (long group : before) {
      if (group != 0) {
        int slot = (int) (group >>> 32) & mask;
        while (slots[slot] != 0) {
          slot = (slot + 1) & mask;
        }
        slots[slot] = group;
        slotOf[(int) group - 1] = slot;
      }
    }
  }

  private long place(int group) {
    return Platform.BYTE_ARRAY_OFFSET + (long) group * size;
  }
}
