package org.flowlake.jobs.groups;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection$;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.flowlake.jobs.rows.CounterColumns;
import org.flowlake.jobs.rows.GroupColumn;
import org.flowlake.jobs.rows.GroupColumn.Merge;
import org.flowlake.jobs.rows.GroupColumn.Width;

/** Rows of random groups, and what they are to be merged to: sums in a map. */
final class DrawnGroups {
  static final GroupLayout LAYOUT =
      GroupLayout.of(
          List.of(
              GroupColumn.numberKey("port"),
              GroupColumn.addressKey("address"),
              new GroupColumn("flags", Merge.BITS, Width.NUMBER)));

  /** 64 groups: a table's first size. */
  static final int FEW_BYTES = 64 * LAYOUT.size();

  private final Random random = new Random(3);
  private final int groups;
  private final UnsafeProjection unsafe;
  private final Map<Key, Sums> drawn = new HashMap<>();

  /** What a group is known by. */
  record Key(Long port, Long address) {}

  /** What is merged. */
  record Sums(long flows, long bytes, long first, long last, Long flags) {
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

  /** Rows of so many groups. */
  DrawnGroups(int groups) {
    DataType[] types = new DataType[CounterColumns.COUNT + 3];
    Arrays.fill(types, DataTypes.LongType);
    types[CounterColumns.COUNT + 1] = DataTypes.BinaryType;
    this.unsafe = UnsafeProjection$.MODULE$.create(types);
    this.groups = groups;
  }

  /** One more row; the same object again. */
  UnsafeRow draw() {
    int group = random.nextInt(groups);
    Key key =
        new Key(
            group % 7 == 0 ? null : (long) (group % 11) << group % 50,
            group % 13 == 0 ? null : (long) group * 0x9E3779B97F4A7C15L);
    // Times may be before 1970 or, in damaged files, last before first seen.
    long first = random.nextInt(5) == 0 ? -random.nextInt(100) : random.nextLong() >>> 8;
    Long flags = random.nextInt(3) == 0 ? null : 1L << random.nextInt(63);
    Sums sums = new Sums(1, random.nextInt(1500), first, first + random.nextInt(99) - 9, flags);
    drawn.merge(key, sums, Sums::plus);
    return row(key, sums);
  }

  private UnsafeRow row(Key key, Sums sums) {
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
    return unsafe.apply(new GenericInternalRow(values));
  }

  /** The groups of all rows drawn so far. */
  Map<Key, Sums> drawn() {
    return drawn;
  }

  /** The groups of a part. */
  static Map<Key, Sums> read(MergedPart part) {
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
}
