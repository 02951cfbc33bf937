package org.flowlake.converters.source;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.InternalRow;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.nfcapd.BlockEncoding;
import org.flowlake.converters.nfcapd.FlowBlockEncoder;
import org.flowlake.converters.nfcapd.NfcapdBlock;

/**
 * The blocks that one task made of its flows, on their way into an nfcapd file: kept in a file of
 * their own until the driver joins them, so that neither side holds more than a block.
 */
final class NfcapdPart {
  private static final int BATCH_FLOWS = 4096;
  private static final int BUFFER_BYTES = 1 << 16;

  private NfcapdPart() {}

  /** Takes blocks in their order. */
  @FunctionalInterface
  interface BlockConsumer {
    void block(NfcapdBlock block) throws IOException;
  }

  /**
   * Writes the flows of a partition.
   *
   * @param folder where the part goes
   * @param rows with a column for each field
   * @param changes to flows before they are encoded
   * @return the part's name in the folder; every attempt has its own
   */
  static String write(
      Iterator<InternalRow> rows,
      List<FlowField> fields,
      BlockEncoding encoding,
      Consumer<FlowBatch> changes,
      String folder,
      Configuration hadoop)
      throws IOException {
    // The name of a file that a collector still writes: nobody takes it for a whole one.
    String name = "nfcapd.current." + UUID.randomUUID();
    FlowBlockEncoder encoder = new FlowBlockEncoder(encoding);
    FlowBatch batch = new FlowBatch(fields, BATCH_FLOWS);
    FlowBatchFiller filler = new FlowBatchFiller(batch);
    Path path = new Path(folder, name);
    try (Sink sink = new Sink(fileSystem(path, hadoop), path)) {
      while (rows.hasNext()) {
        filler.append(rows.next());
        if (batch.size() == BATCH_FLOWS || !rows.hasNext()) {
          changes.accept(batch);
          encoder.write(batch, sink::block);
          batch.clear();
        }
      }
      sink.block(encoder.rest());
    }
    return name;
  }

  /** Hands out the blocks of a part. */
  static void read(String folder, String name, Configuration hadoop, BlockConsumer blocks)
      throws IOException {
    Path path = new Path(folder, name);
    try (ObjectInputStream in =
        new ObjectInputStream(
            new BufferedInputStream(fileSystem(path, hadoop).open(path), BUFFER_BYTES))) {
      while (true) {
        blocks.block((NfcapdBlock) in.readObject());
      }
    } catch (EOFException e) {
      return; // every block ends where the next one begins
    } catch (ClassNotFoundException e) {
      throw new IOException(path + " is not a part of this export", e);
    }
  }

  /** The file system without the checksum files that Hadoop puts beside files of a local disk. */
  static FileSystem fileSystem(Path path, Configuration hadoop) throws IOException {
    FileSystem found = path.getFileSystem(hadoop);
    return found instanceof LocalFileSystem local ? local.getRawFileSystem() : found;
  }

  private static final class Sink implements Closeable {
    private final ObjectOutputStream out;

    Sink(FileSystem fileSystem, Path path) throws IOException {
      out =
          new ObjectOutputStream(
              new BufferedOutputStream(fileSystem.create(path, false), BUFFER_BYTES));
    }

    void block(NfcapdBlock block) throws IOException {
      out.writeUnshared(block);
      // Without this the stream would keep every block that went through it.
      out.reset();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
