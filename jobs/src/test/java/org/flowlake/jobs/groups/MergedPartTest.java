package org.flowlake.jobs.groups;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection$;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.Platform;
import org.flowlake.jobs.rows.CounterColumns;
import org.flowlake.jobs.rows.GroupColumn;
import org.flowlake.jobs.rows.GroupColumn.Merge;
import org.flowlake.jobs.rows.GroupColumn.Width;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups beside sums in a map, with memory for a few of them. */
class MergedPartTest {
  private static final GroupLayout LAYOUT =
      GroupLayout.of(
          List.of(
              GroupColumn.numberKey("port"),
              GroupColumn.addressKey("address"),
              new GroupColumn("flags", Merge.BITS, Width.NUMBER)));
  private static final int ROWS = 20_000;

  /** 64 groups: the table's first size. */
  private static final int FEW_BYTES = 64 * LAYOUT.size();

  @TempDir Path folder;
  private final Random random = new Random(3);

  private record Key(Long port, Long address) {}

  private record Sums(long flows, long bytes, long first, long last, Long flags) {
    Sums plus(Sums more) {
      Long bits = flags == null || more.flags == null ? flags : Long.valueOf(flags | more.flags);
      return new Sums(
          flows + more.flows,
          bytes + more.bytes,
          Math.min(first, more.first),
          Math.max(last, more.last),
          bits == null ? more.flags : bits);
    }
  }

  @Test
  void groupsThatFindNoRoomAreMergedOnDisk() throws IOException {
    Map<Key, Sums> expected = new HashMap<>();
    MergedPart part = new MergedPart(blocks(expected, 5_000), LAYOUT, FEW_BYTES, this::file);
    Map<Key, Sums> found = read(part);

    assertThat(found).isEqualTo(expected);
    assertThat(part.spilledBytes()).isPositive();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void groupsThatFindRoomStayInMemory() {
    Map<Key, Sums> expected = new HashMap<>();
    MergedPart part = new MergedPart(blocks(expected, 5_000), LAYOUT, 64 << 20, this::file);

    assertThat(read(part)).isEqualTo(expected);
    assertThat(part.spilledBytes()).isZero();
  }

  @Test
  void filesOfAnAbandonedPartGo() throws IOException {
    MergedPart part = new MergedPart(blocks(new HashMap<>(), 5_000), LAYOUT, FEW_BYTES, this::file);
    part.next();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isNotEmpty();
    }
    part.close();

    assertThat(folder).isEmptyDirectory();
  }

  /** Rows of random groups, in the code in which tasks exchange them. */
  private Iterator<byte[]> blocks(Map<Key, Sums> expected, int groups) {
    DataType[] types = new DataType[CounterColumns.COUNT + 3];
    Arrays.fill(types, DataTypes.LongType);
    types[CounterColumns.COUNT + 1] = DataTypes.BinaryType;
    UnsafeProjection unsafe = UnsafeProjection$.MODULE$.create(types);
    List<byte[]> blocks = new ArrayList<>();
    GroupBlocks gathered =
        new GroupBlocks(new RowCode(LAYOUT), 2, (part, block) -> blocks.add(block));
    byte[] packed = new byte[LAYOUT.size()];
    for (int i = 0; i < ROWS; i++) {
      int group = random.nextInt(groups);
      Key key =
          new Key(
              group % 7 == 0 ? null : (long) (group % 11) << group % 50,
              group % 13 == 0 ? null : (long) group * 0x9E3779B97F4A7C15L);
      // Times may be before 1970 or, in damaged files, last before first seen.
      long first = random.nextInt(5) == 0 ? -random.nextInt(100) : random.nextLong() >>> 8;
      Long flags = random.nextInt(3) == 0 ? null : 1L << random.nextInt(63);
      Sums sums = new Sums(1, random.nextInt(1500), first, first + random.nextInt(99) - 9, flags);
      expected.merge(key, sums, Sums::plus);
      unsafe(unsafe, key, sums, packed);
      gathered.add(i % 2, packed, Platform.BYTE_ARRAY_OFFSET);
    }
    gathered.flush();
    return blocks.iterator();
  }

  private static void unsafe(UnsafeProjection unsafe, Key key, Sums sums, byte[] packed) {
    Object[] values = new Object[CounterColumns.COUNT + 3];
    Arrays.fill(values, 0, CounterColumns.COUNT, 0L);
    values[CounterColumns.FLOWS] = sums.flows();
    values[CounterColumns.IN_BYTES] = sums.bytes();
    values[CounterColumns.FIRST] = sums.first();
    values[CounterColumns.LAST] = sums.last();
    values[CounterColumns.COUNT] = key.port();
    values[CounterColumns.COUNT + 1] =
        key.address() == null
            ? null
            : ByteBuffer.allocate(16).putLong(key.address()).putLong(5).array();
    values[CounterColumns.COUNT + 2] = sums.flags();
    UnsafeRow row = unsafe.apply(new GenericInternalRow(values));
    LAYOUT.pack(row, packed);
  }

  private static Map<Key, Sums> read(MergedPart part) {
    Map<Key, Sums> found = new HashMap<>();
    while (part.hasNext()) {
      InternalRow row = part.next();
      int column = CounterColumns.COUNT;
      Key key =
          new Key(
              row.isNullAt(column) ? null : row.getLong(column),
              row.isNullAt(column + 1)
                  ? null
                  : ByteBuffer.wrap(row.getBinary(column + 1)).getLong());
      Sums sums =
          new Sums(
              row.getLong(CounterColumns.FLOWS),
              row.getLong(CounterColumns.IN_BYTES),
              row.getLong(CounterColumns.FIRST),
              row.getLong(CounterColumns.LAST),
              row.isNullAt(column + 2) ? null : row.getLong(column + 2));
      assertThat(found.put(key, sums)).as("a second group of %s", key).isNull();
    }
    return found;
  }

  private File file() {
    try {
      return Files.createTempFile(folder, "groups", "").toFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
