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
  private final Rollup rollup;
  private final RollupPeriod period;
  private final Integer start;
  private final Map<String, Integer> columns = new HashMap<>();
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
    for (Types.NestedField column : schema.columns()) {
      columns.put(column.name(), columns.size());
    }
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
    long records = number(RollupTable.RECORDS, 0);
    groups.add(group, RollupGroups.RECORDS, records);
    groups.add(group, RollupGroups.FLOWS, number(FlowField.FLOWS.column(), records));
    groups.add(group, RollupGroups.IN_PACKETS, number(FlowField.IN_PACKETS.column(), 0));
    groups.add(group, RollupGroups.IN_BYTES, number(FlowField.IN_BYTES.column(), 0));
    groups.add(group, RollupGroups.OUT_PACKETS, number(FlowField.OUT_PACKETS.column(), 0));
    groups.add(group, RollupGroups.OUT_BYTES, number(FlowField.OUT_BYTES.column(), 0));
    groups.addTimes(
        group,
        micros(RollupTable.FIRST_MILLIS, RollupTable.FIRST_MICROS, Long.MAX_VALUE),
        micros(RollupTable.LAST_MILLIS, RollupTable.LAST_MICROS, Long.MIN_VALUE));
    groups.addFlags(group, number(FlowField.TCP_FLAGS.column(), RollupGroups.NO_FLAGS));
  }

  private void readKey() {
    int word = 0;
    int absent = 0;
    List<FlowField> leading = rollup.leadingKeys();
    for (int i = 0; i < leading.size(); i++) {
      Object value = value(leading.get(i).column());
      absent |= value == null ? 1 << i : 0;
      if (leading.get(i).type() == FlowType.ADDRESS) {
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
            number(FlowField.PROTO.column(), RollupKey.NONE),
            rollup.keepsVersion()
                ? number(FlowField.IP_VERSION.column(), RollupKey.NONE)
                : RollupKey.NONE,
            micros(RollupTable.LAST_MILLIS, RollupTable.LAST_MICROS, Long.MIN_VALUE),
            micros(RollupTable.FIRST_MILLIS, RollupTable.FIRST_MICROS, Long.MAX_VALUE),
            period,
            start);
  }

  private long micros(String millis, String micros, long ifAbsent) {
    Object value = value(millis);
    return value == null
        ? ifAbsent
        : ((Long) value) * RollupTable.MICROS_PER_MILLI + number(micros, 0);
  }

  private long number(String column, long ifAbsent) {
    Object value = value(column);
    return value == null ? ifAbsent : ((Number) value).longValue();
  }

  private Object value(String column) {
    return row.get(columns.get(column), Object.class);
  }

  @Override
  public void close() throws IOException {
    rows.close();
    file.close();
  }
}
