package org.flowlake.jobs.groups;

import java.util.Objects;
import org.apache.spark.unsafe.Platform;

/**
 * Rows of one layout on their way into groups, one after the other in one array: so many that the
 * groups of all are looked for at once, and the waits for memory overlap; so few that they stay in
 * the processor's cache meanwhile.
 */
final class RowBatch {
  private static final int MOST_ROWS = 512;
  private static final int LEAST_ROWS = 64;
  private static final int USUAL_BYTES = 96 << 10;

  private final int rowBytes;
  private final byte[] rows;
  private final long[] hashes;
  private final int[] found;
  private int size;

  RowBatch(GroupLayout layout) {
    rowBytes = layout.size();
    int capacity = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, USUAL_BYTES / rowBytes));
    rows = new byte[capacity * rowBytes];
    hashes = new long[capacity];
    found = new int[capacity];
  }

  /** How many rows there are. */
  int size() {
    return size;
  }

  /** How many more find room. */
  int room() {
    return hashes.length - size;
  }

  /** The rows; the caller says where the first one begins that it asks for. */
  byte[] rows() {
    // Compiled code otherwise takes the array for one that may be memory outside of the heap.
    return Objects.requireNonNull(rows);
  }

  /** Where a row begins, as an offset for {@link Platform}. */
  long at(int row) {
    return Platform.BYTE_ARRAY_OFFSET + (long) row * rowBytes;
  }

  /** Makes so many rows, of any content, and tells where the first one begins. */
  long add(int count) {
    long at = at(size);
    size += count;
    return at;
  }

  /** Hashes of the rows, as {@link PackedGroups#find} left them. */
  long[] hashes() {
    return hashes;
  }

  /** Groups of the rows, as {@link PackedGroups#find} left them; -1 where none was found. */
  int[] found() {
    return found;
  }

  void clear() {
    size = 0;
  }
}
