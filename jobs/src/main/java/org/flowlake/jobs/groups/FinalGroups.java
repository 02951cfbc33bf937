package org.flowlake.jobs.groups;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/**
 * The groups of some partitions of chunks. Rows whose group finds no room in memory wait in files,
 * parted by their keys, and are grouped when the groups in memory are handed out.
 */
final class FinalGroups implements Iterator<InternalRow> {
  private final GroupLayout layout;
  private final TaskContext task;
  private final PackedGroups table;
  private final UnsafeRow shown;
  private final Deque<Part> parts = new ArrayDeque<>();
  private int next;

  /**
   * Rows that are still to be grouped.
   *
   * @param depth how often they were parted
   */
  record Part(Iterator<byte[]> chunks, int depth) {}

  FinalGroups(Iterator<byte[]> chunks, GroupLayout layout, TaskContext task, GroupMemory memory) {
    this.layout = layout;
    this.task = task;
    this.table = new PackedGroups(layout, memory);
    this.shown = layout.newRow();
    parts.add(new Part(chunks, 0));
  }

  @Override
  public boolean hasNext() {
    while (next == table.size() && !parts.isEmpty()) {
      table.clear();
      next = 0;
      gather(parts.remove());
    }
    return next < table.size();
  }

  /** One row object shows all groups in turn. */
  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    table.read(next, shown);
    next++;
    return shown;
  }

  private void gather(Part part) {
    OverflowFiles overflow = null;
    while (part.chunks().hasNext()) {
      byte[] chunk = part.chunks().next();
      for (int at = 0; at < chunk.length; at += layout.size()) {
        if (!table.add(chunk, at)) {
          if (overflow == null) {
            overflow = new OverflowFiles(layout.size(), part.depth(), task);
          }
          long hash = layout.hash(chunk, Platform.BYTE_ARRAY_OFFSET + (long) at);
          overflow.add(hash, chunk, at);
        }
      }
    }
    if (overflow != null) {
      // Last in, first out: then only one path of files is there at a time.
      overflow.parts().forEach(parts::push);
    }
  }
}
