package org.flowlake.jobs.groups;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;
import scala.Tuple2;

/**
 * What a task hands on of its rows: chunks of packed rows with the partition that they are for.
 * Rows of one group are merged as far as a small table reaches; where that merges few, as with
 * nearly unique keys, all later rows go straight into the chunks.
 */
final class PartialGroups implements Iterator<Tuple2<Integer, byte[]>> {
  /** About what a core's own cache holds. */
  private static final long TABLE_BYTES = 2 << 20;

  private static final int CHUNK_BYTES = 32 << 10;

  private final Iterator<InternalRow> rows;
  private final GroupLayout layout;
  private final PackedGroups table;
  private final byte[] scratch;
  private final byte[][] chunks;
  private final int[] used;
  private final int chunkBytes;
  private final Deque<Tuple2<Integer, byte[]>> ready = new ArrayDeque<>();
  private boolean merges = true;
  private boolean ended;
  private long added;

  PartialGroups(Iterator<InternalRow> rows, GroupLayout layout, int partitions) {
    this.rows = rows;
    this.layout = layout;
    this.table = new PackedGroups(layout, GroupMemory.upTo(TABLE_BYTES));
    this.scratch = new byte[layout.size()];
    this.chunks = new byte[partitions][];
    this.used = new int[partitions];
    this.chunkBytes = Math.max(1, CHUNK_BYTES / layout.size()) * layout.size();
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && !ended) {
      if (rows.hasNext()) {
        add((UnsafeRow) rows.next());
      } else {
        flush();
        for (int i = 0; i < chunks.length; i++) {
          if (used[i] > 0) {
            ready.add(new Tuple2<>(i, Arrays.copyOf(chunks[i], used[i])));
          }
        }
        ended = true;
      }
    }
    return !ready.isEmpty();
  }

  @Override
  public Tuple2<Integer, byte[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private void add(UnsafeRow row) {
    if (merges) {
      added++;
      if (table.add(row)) {
        return;
      }
      merges = 2L * table.size() < added;
      added = 0;
      flush();
    }
    if (layout.holds(row)) {
      int at = room(layout.hash(row.getBaseObject(), row.getBaseOffset()));
      row.writeToMemory(target, Platform.BYTE_ARRAY_OFFSET + (long) at);
    } else {
      layout.pack(row, scratch);
      int at = room(layout.hash(scratch, Platform.BYTE_ARRAY_OFFSET));
      System.arraycopy(scratch, 0, target, at, scratch.length);
    }
  }

  private void flush() {
    for (int i = 0; i < table.size(); i++) {
      int at = room(table.hash(i));
      table.copy(i, target, at);
    }
    table.clear();
  }

  /** The chunk that {@link #room} found. */
  private byte[] target;

  /** Makes room for one row; returns where. */
  private int room(long hash) {
    int partition = (int) ((hash >>> 48) * chunks.length >>> 16);
    if (used[partition] == chunkBytes) {
      ready.add(new Tuple2<>(partition, chunks[partition]));
      chunks[partition] = null;
    }
    if (chunks[partition] == null) {
      chunks[partition] = new byte[chunkBytes];
      used[partition] = 0;
    }
    target = chunks[partition];
    int at = used[partition];
    used[partition] += layout.size();
    return at;
  }
}
