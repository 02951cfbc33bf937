package org.flowlake.jobs.groups;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import net.jpountz.lz4.LZ4BlockInputStream;
import net.jpountz.lz4.LZ4BlockOutputStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Packed rows on the executor's disk, parted by their keys into files that are deleted when they
 * are read, or when the task ends.
 */
final class OverflowFiles {
  private static final int PARTS_BITS = 4;
  private static final int FIRST_BIT = 24;

  /** Six times 4 bits of the hash: then a part has a sixteen millionth of the rows. */
  private static final int MOST_DEPTH = 6;

  private static final int CHUNK_BYTES = 64 << 10;

  private final int rowSize;
  private final int depth;
  private final List<File> files = new ArrayList<>();
  private final List<OutputStream> outputs = new ArrayList<>();

  OverflowFiles(int rowSize, int depth, TaskContext task) {
    if (depth >= MOST_DEPTH) {
      throw new IllegalStateException(
          "No memory for the groups of one part of "
              + (1L << (depth * PARTS_BITS))
              + " of a task;"
              + " give the executor more memory (FLOWLAKE_HEAP, spark.executor.memory)");
    }
    this.rowSize = rowSize;
    this.depth = depth;
    task.addTaskCompletionListener((TaskCompletionListener) ended -> deleteAll());
    try {
      for (int i = 0; i < 1 << PARTS_BITS; i++) {
        File file = SparkEnv.get().blockManager().diskBlockManager().createTempLocalBlock()._2();
        files.add(file);
        outputs.add(
            new BufferedOutputStream(
                new LZ4BlockOutputStream(Files.newOutputStream(file.toPath())), 1 << 13));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void add(long hash, byte[] chunk, int at) {
    int part = (int) (hash >>> (FIRST_BIT + depth * PARTS_BITS)) & ((1 << PARTS_BITS) - 1);
    try {
      outputs.get(part).write(chunk, at, rowSize);
    } catch (IOException e) {
      throw new UncheckedIOException(files.get(part) + ": cannot write rows to group later", e);
    }
  }

  /** The rows of each file; nothing can be added any more. */
  List<FinalGroups.Part> parts() {
    try {
      for (OutputStream output : outputs) {
        output.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files.stream().map(file -> new FinalGroups.Part(new Chunks(file), depth + 1)).toList();
  }

  private void deleteAll() {
    try {
      for (OutputStream output : outputs) {
        output.close();
      }
      for (File file : files) {
        Files.deleteIfExists(file.toPath());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whole rows of one file. */
  private final class Chunks implements Iterator<byte[]> {
    private final File file;
    private InputStream input;
    private byte[] chunk;
    private boolean ended;

    Chunks(File file) {
      this.file = file;
    }

    @Override
    public boolean hasNext() {
      if (chunk == null && !ended) {
        try {
          read();
        } catch (IOException e) {
          throw new UncheckedIOException(file + ": cannot read rows again", e);
        }
      }
      return chunk != null;
    }

    private void read() throws IOException {
      if (input == null) {
        input = new LZ4BlockInputStream(Files.newInputStream(file.toPath()));
      }
      int most = Math.max(1, CHUNK_BYTES / rowSize) * rowSize;
      byte[] bytes = input.readNBytes(most);
      if (bytes.length % rowSize != 0) {
        throw new EOFException("Half a row at the end");
      }
      if (bytes.length < most) {
        ended = true;
        input.close();
        Files.delete(file.toPath());
      }
      chunk = bytes.length == 0 ? null : bytes;
    }

    @Override
    public byte[] next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      byte[] next = chunk;
      chunk = null;
      return next;
    }
  }
}
