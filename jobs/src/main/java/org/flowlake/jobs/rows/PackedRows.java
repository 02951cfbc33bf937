package org.flowlake.jobs.rows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import net.jpountz.lz4.LZ4Factory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.Platform;

/**
 * The rows of one partition on their way from a task to the driver: Spark's own row format in
 * chunks of LZ4, a fifth of the bytes and a tenth of the objects of the rows themselves. The driver
 * expands one chunk at a time.
 */
final class PackedRows implements PartitionStream.Part, Serializable {
  private static final long serialVersionUID = 1L;

  /** Expanded bytes of a chunk: some thousand rows. */
  private static final int CHUNK_BYTES = 512 << 10;

  /** A row's length, and blanks that keep the row itself aligned. */
  private static final int HEAD_BYTES = 8;

  private final int columns;
  private final List<Chunk> chunks = new ArrayList<>();

  private record Chunk(int rows, int bytes, byte[] packed) implements Serializable {}

  private PackedRows(int columns) {
    this.columns = columns;
  }

  /**
   * Packs the first rows of a partition.
   *
   * @param limit how many at the most
   */
  static PackedRows of(Iterator<InternalRow> rows, StructType schema, long limit) {
    PackedRows packed = new PackedRows(schema.size());
    UnsafeProjection unsafe = UnsafeProjection.create(schema);
    byte[] chunk = new byte[CHUNK_BYTES];
    int bytes = 0;
    int count = 0;
    for (long left = limit; left > 0 && rows.hasNext(); left--) {
      InternalRow row = rows.next();
      UnsafeRow next = row instanceof UnsafeRow already ? already : unsafe.apply(row);
      int size = HEAD_BYTES + next.getSizeInBytes();
      if (count > 0 && bytes + size > chunk.length) {
        packed.add(count, chunk, bytes);
        bytes = 0;
        count = 0;
      }
      if (size > chunk.length) {
        chunk = new byte[size];
      }
      Platform.putInt(chunk, at(bytes), next.getSizeInBytes());
      next.writeToMemory(chunk, at(bytes + HEAD_BYTES));
      bytes += size;
      count++;
    }
    if (count > 0) {
      packed.add(count, chunk, bytes);
    }
    return packed;
  }

  private void add(int rows, byte[] chunk, int bytes) {
    byte[] packed = LZ4Factory.fastestInstance().fastCompressor().compress(chunk, 0, bytes);
    chunks.add(new Chunk(rows, bytes, packed));
  }

  /** Packed bytes. */
  @Override
  public long bytes() {
    return chunks.stream().mapToLong(chunk -> chunk.packed().length).sum();
  }

  int chunkCount() {
    return chunks.size();
  }

  /** The rows of a chunk, counted from 0. They may be kept: nothing overwrites them. */
  List<InternalRow> chunk(int index) {
    Chunk chunk = chunks.get(index);
    byte[] bytes =
        LZ4Factory.fastestInstance().safeDecompressor().decompress(chunk.packed(), chunk.bytes());
    List<InternalRow> rows = new ArrayList<>(chunk.rows());
    int from = 0;
    for (int i = 0; i < chunk.rows(); i++) {
      int size = Platform.getInt(bytes, at(from));
      UnsafeRow row = new UnsafeRow(columns);
      row.pointTo(bytes, at(from + HEAD_BYTES), size);
      rows.add(row);
      from += HEAD_BYTES + size;
    }
    return rows;
  }

  private static long at(int offset) {
    return (long) Platform.BYTE_ARRAY_OFFSET + offset;
  }
}
