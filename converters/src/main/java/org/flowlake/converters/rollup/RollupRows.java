package org.flowlake.converters.rollup;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.parquet.InternalReader;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.CloseableIterator;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowType;

/** Reads one file of a rollup back: a key and its sums for each row, in the order of the keys. */
final class RollupRows implements Closeable {
  /** In the place of a column that the rollup does not have. */
  private static final int ABSENT = -1;

  private final Rollup rollup;
  private final RollupPeriod period;
  private final Integer start;
  private final int[] leading;
  private final int[] counters;
  private final int records;
  private final int flows;
  private final int flags;
  private final int proto;
  private final int version;
  private final Time first;
  private final Time last;
  private final CloseableIterable<StructLike> file;
  private final CloseableIterator<StructLike> rows;
  private final long[] key;
  private StructLike row;

  /**
   * Opens a file.
   *
   * @param start first day of the file's period; null for flows without time
   */
  RollupRows(Table table, DataFile file, Rollup rollup, RollupPeriod period, Integer start) {
    this.rollup = rollup;
    this.period = period;
    this.start = start;
    this.key = new long[RollupKey.words(rollup)];
    Schema schema = RollupTable.schemaOf(table.schema(), rollup);
    Map<String, Integer> columns = new HashMap<>();
    for (Types.NestedField column : schema.columns()) {
      columns.put(column.name(), columns.size());
    }
    this.leading = places(columns, rollup.leadingKeys());
    this.counters = places(columns, RollupValues.COUNTERS);
    this.records = columns.get(RollupTable.RECORDS);
    this.flows = columns.get(FlowField.FLOWS.column());
    this.flags = columns.get(FlowField.TCP_FLAGS.column());
    this.proto = columns.get(FlowField.PROTO.column());
    this.version = rollup.keepsVersion() ? columns.get(FlowField.IP_VERSION.column()) : ABSENT;
    this.first =
        new Time(columns.get(RollupTable.FIRST_MILLIS), columns.get(RollupTable.FIRST_MICROS));
    this.last =
        new Time(columns.get(RollupTable.LAST_MILLIS), columns.get(RollupTable.LAST_MICROS));
    this.file =
        Parquet.read(table.io().newInputFile(file.location()))
            .project(schema)
            .createReaderFunc(fileSchema -> InternalReader.create(schema, fileSchema))
            .build();
    this.rows = this.file.iterator();
  }

  /** Moves to the next row; false if there is none. */
  boolean next() {
    if (!rows.hasNext()) {
      return false;
    }
    row = rows.next();
    readKey();
    return true;
  }

  /** The key of the row, as {@link RollupKey} makes it; the array is used again. */
  long[] key() {
    return key;
  }

  /** Adds the row's sums to a group. */
  void addTo(RollupGroups groups, int group) {
    long count = number(records, 0);
    groups.add(group, RollupGroups.RECORDS, count);
    groups.add(group, RollupGroups.FLOWS, number(flows, count));
    for (int i = 0; i < counters.length; i++) {
      groups.add(group, RollupGroups.IN_PACKETS + i, number(counters[i], 0));
    }
    groups.addTimes(group, micros(first, Long.MAX_VALUE), micros(last, Long.MIN_VALUE));
    groups.addFlags(group, number(flags, RollupGroups.NO_FLAGS));
  }

  private void readKey() {
    int word = 0;
    int absent = 0;
    for (int i = 0; i < leading.length; i++) {
      Object value = row.get(leading[i], Object.class);
      absent |= value == null ? 1 << i : 0;
      if (rollup.leadingKeys().get(i).type() == FlowType.ADDRESS) {
        ByteBuffer bytes = (ByteBuffer) value;
        key[word++] = bytes == null ? 0 : bytes.getLong(bytes.position());
        key[word++] = bytes == null ? 0 : bytes.getLong(bytes.position() + Long.BYTES);
      } else {
        key[word++] = value == null ? 0 : ((Number) value).longValue();
      }
    }
    key[word] =
        RollupKey.tail(
            absent,
            number(proto, RollupKey.NONE),
            version == ABSENT ? RollupKey.NONE : number(version, RollupKey.NONE),
            micros(last, Long.MIN_VALUE),
            micros(first, Long.MAX_VALUE),
            period,
            start);
  }

  private static int[] places(Map<String, Integer> columns, List<FlowField> fields) {
    return fields.stream().mapToInt(field -> columns.get(field.column())).toArray();
  }

  /** Where the two columns of a time are. */
  private record Time(int millis, int micros) {}

  private long micros(Time time, long ifAbsent) {
    Object value = row.get(time.millis(), Object.class);
    return value == null
        ? ifAbsent
        : ((Long) value) * RollupTable.MICROS_PER_MILLI + number(time.micros(), 0);
  }

  private long number(int column, long ifAbsent) {
    Object value = row.get(column, Object.class);
    return value == null ? ifAbsent : ((Number) value).longValue();
  }

  @Override
  public void close() throws IOException {
    rows.close();
    file.close();
  }
}
