package org.flowlake.jobs.groups;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Rows of groups for which there was no room, in files by bits of their hash: those of one file are
 * grouped together later.
 *
 * <pre>
 * file: for each block its length (4 bytes, big-endian) and the block
 * </pre>
 */
final class GroupSpill implements Closeable {
  private static final int FILE_BITS = 4;
  private static final int FILES = 1 << FILE_BITS;

  /** The upper half of a hash is used up by parts and tables. */
  private static final int LEVELS = 32 / FILE_BITS;

  private final int shift;
  private final Supplier<File> newFile;
  private final GroupBlocks blocks;
  private final DataOutputStream[] outputs = new DataOutputStream[FILES];
  private final List<File> files = new ArrayList<>();
  private long bytes;

  /**
   * Opens no file yet.
   *
   * @param level how often the rows were spilled before
   * @param newFile creates an empty file
   */
  GroupSpill(GroupLayout layout, int level, Supplier<File> newFile) {
    this.shift = level % LEVELS * FILE_BITS;
    this.newFile = newFile;
    this.blocks = new GroupBlocks(new RowCode(layout), FILES, this::write);
  }

  /** Adds a row whose hash is known. */
  void add(RowBatch batch, int row) {
    int part = (int) (batch.hashes()[row] >>> shift) & FILES - 1;
    blocks.add(part, batch.rows(), batch.at(row));
  }

  /** Ends the files, which are the caller's to delete. */
  List<File> end() throws IOException {
    blocks.flush();
    close();
    return files;
  }

  /** What was written. */
  long bytes() {
    return bytes;
  }

  private void write(int part, byte[] block) {
    try {
      if (outputs[part] == null) {
        File file = newFile.get();
        files.add(file);
        outputs[part] =
            new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file.toPath())));
      }
      outputs[part].writeInt(block.length);
      outputs[part].write(block);
      bytes += Integer.BYTES + block.length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (DataOutputStream output : outputs) {
      if (output != null) {
        output.close();
      }
    }
  }
}
