package org.flowlake.jobs.groups;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * The groups of one part, merged from the blocks of all tasks. Where they are more than memory
 * holds, rows of groups that find no room wait on disk until those in memory were handed out: each
 * pass takes as many groups as there is room, so there is no number of them that cannot be merged.
 *
 * <p>One row object shows all groups in turn.
 */
final class MergedPart implements Iterator<InternalRow>, Closeable {
  private final GroupLayout layout;
  private final RowCode code;
  private final PackedGroups groups;
  private final UnsafeRow shown;
  private final RowBatch batch;
  private final Supplier<File> newFile;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private Iterator<byte[]> blocks;
  private long spilledBytes;
  private int next;

  /** Rows on disk, and how often they were written. */
  private record Waiting(File file, int level) {}

  /**
   * Reads nothing yet.
   *
   * @param mostBytes what the rows of groups may take in memory
   * @param newFile creates an empty file, which this deletes
   */
  MergedPart(Iterator<byte[]> blocks, GroupLayout layout, int mostBytes, Supplier<File> newFile) {
    this.blocks = blocks;
    this.layout = layout;
    this.code = new RowCode(layout);
    this.groups = new PackedGroups(layout, mostBytes);
    this.shown = groups.newRow();
    this.batch = new RowBatch(layout);
    this.newFile = newFile;
  }

  @Override
  public boolean hasNext() {
    try {
      if (blocks != null) {
        merge(blocks, 0);
        blocks = null;
      }
      while (next == groups.size() && !waiting.isEmpty()) {
        groups.clear();
        next = 0;
        mergeWaiting(waiting.pop());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return next < groups.size();
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    groups.read(next, shown);
    next++;
    return shown;
  }

  private void mergeWaiting(Waiting rows) throws IOException {
    try (SpilledBlocks spilled = new SpilledBlocks(rows.file())) {
      merge(spilled, rows.level());
    } finally {
      Files.delete(rows.file().toPath());
    }
  }

  private void merge(Iterator<byte[]> rows, int level) throws IOException {
    try (GroupSpill spill = new GroupSpill(layout, level, newFile)) {
      while (rows.hasNext()) {
        byte[] block = rows.next();
        int end = block.length - RowCode.SLACK;
        int at = 0;
        while (at < end) {
          batch.clear();
          while (at < end && batch.room() > 0) {
            at = code.decode(block, at, batch.rows(), batch.add(1));
          }
          merge(spill);
        }
      }
      spill.end().forEach(file -> waiting.push(new Waiting(file, level + 1)));
      spilledBytes += spill.bytes();
    }
  }

  private void merge(GroupSpill spill) {
    groups.find(batch);
    for (int i = 0; i < batch.size(); i++) {
      if (!groups.add(batch, i)) {
        spill.add(batch, i);
      }
    }
  }

  /** What was written to disk so far. */
  long spilledBytes() {
    return spilledBytes;
  }

  /** Deletes what waits on disk. */
  @Override
  public void close() {
    waiting.forEach(rows -> rows.file().delete());
    waiting.clear();
  }
}
