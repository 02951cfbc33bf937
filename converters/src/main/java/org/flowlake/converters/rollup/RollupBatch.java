package org.flowlake.converters.rollup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowType;
import org.flowlake.converters.parquet.AddressColumn;
import org.flowlake.converters.parquet.NumberColumn;
import org.flowlake.converters.parquet.RowGroupReader;
import org.flowlake.converters.parquet.StoredColumn;

/**
 * Rows of a rollup in the shape of flows, each of which stands for {@link RollupTable#RECORDS} of
 * them: a row group at a time. Not for several threads.
 */
public final class RollupBatch {
  /** Keys and what else is asked of, by the field's place in {@link FlowField}. */
  private final StoredColumn[] asked = new StoredColumn[FlowField.values().length];

  private final NumberColumn records = NumberColumn.ofNumbers(RollupTable.RECORDS);
  private final NumberColumn flows = NumberColumn.ofNumbers(FlowField.FLOWS.column());
  private final NumberColumn inPackets = NumberColumn.ofNumbers(FlowField.IN_PACKETS.column());
  private final NumberColumn inBytes = NumberColumn.ofNumbers(FlowField.IN_BYTES.column());
  private final NumberColumn outPackets = NumberColumn.ofNumbers(FlowField.OUT_PACKETS.column());
  private final NumberColumn outBytes = NumberColumn.ofNumbers(FlowField.OUT_BYTES.column());
  private final NumberColumn firstMillis = NumberColumn.ofNumbers(RollupTable.FIRST_MILLIS);
  private final NumberColumn firstMicros = NumberColumn.ofNumbers(RollupTable.FIRST_MICROS);
  private final NumberColumn lastMillis = NumberColumn.ofNumbers(RollupTable.LAST_MILLIS);
  private final NumberColumn lastMicros = NumberColumn.ofNumbers(RollupTable.LAST_MICROS);
  private final List<StoredColumn> columns;
  private int size;

  /**
   * No rows yet.
   *
   * @param fields that are looked at beside sums and times: numbers and addresses
   */
  RollupBatch(Set<FlowField> fields) {
    Map<String, StoredColumn> named = new LinkedHashMap<>();
    for (NumberColumn column :
        List.of(
            records,
            flows,
            inPackets,
            inBytes,
            outPackets,
            outBytes,
            firstMillis,
            firstMicros,
            lastMillis,
            lastMicros)) {
      named.put(column.name(), column);
    }
    for (FlowField field : fields) {
      if (field.type() != FlowType.TIMESTAMP) {
        asked[field.ordinal()] = named.computeIfAbsent(field.column(), name -> column(field));
      }
    }
    columns = List.copyOf(named.values());
  }

  private static StoredColumn column(FlowField field) {
    return switch (field.type()) {
      case ADDRESS -> new AddressColumn(field.column());
      case INT, LONG -> NumberColumn.ofNumbers(field.column());
      case TIMESTAMP, TEXT, BYTES ->
          throw new IllegalArgumentException("No rollup has a column " + field.column());
    };
  }

  /** Takes the rows of a row group in the place of those before. */
  void read(RowGroupReader file, int group) throws IOException {
    file.read(group, columns);
    size = file.rows(group);
  }

  /** How many rows there are, from 0 on. */
  public int size() {
    return size;
  }

  /** Whether a row has no value of a field. */
  public boolean isAbsent(FlowField field, int row) {
    return switch (field) {
      case FIRST_SEEN -> firstMillis.isAbsent(row);
      case LAST_SEEN -> lastMillis.isAbsent(row);
      case FLOWS -> false;
      default -> asked[field.ordinal()].isAbsent(row);
    };
  }

  /** A number, or a time in microseconds since 1970-01-01 UTC; 0 where it is absent. */
  public long number(FlowField field, int row) {
    return switch (field) {
      case FIRST_SEEN -> time(firstMillis, firstMicros, row);
      case LAST_SEEN -> time(lastMillis, lastMicros, row);
      case FLOWS -> flows(row);
      default -> asked[field.ordinal()].word(row, 0);
    };
  }

  /** The first eight bytes of an address, the first one the highest; 0 where it is absent. */
  public long addressHigh(FlowField field, int row) {
    return asked[field.ordinal()].word(row, 0);
  }

  /** The last eight bytes in the same form. */
  public long addressLow(FlowField field, int row) {
    return asked[field.ordinal()].word(row, 1);
  }

  /** The 16 bytes of an address. */
  public byte[] address(FlowField field, int row) {
    return ByteBuffer.allocate(AddressColumn.BYTES)
        .putLong(addressHigh(field, row))
        .putLong(addressLow(field, row))
        .array();
  }

  /** Writes what a row adds to its group, {@link RollupSums#COUNT} numbers; absent ones are 0. */
  void readSums(int row, long[] sums) {
    sums[RollupGroups.RECORDS] = records.value(row);
    // A record without a count of its own is one flow.
    sums[RollupGroups.FLOWS] = Math.max(1, flows(row));
    sums[RollupGroups.IN_PACKETS] = inPackets.value(row);
    sums[RollupGroups.IN_BYTES] = inBytes.value(row);
    sums[RollupGroups.OUT_PACKETS] = outPackets.value(row);
    sums[RollupGroups.OUT_BYTES] = outBytes.value(row);
    sums[RollupGroups.FIRST] = time(firstMillis, firstMicros, row);
    sums[RollupGroups.LAST] = time(lastMillis, lastMicros, row);
  }

  /** The number of flows is stored only where it differs from that of the records. */
  private long flows(int row) {
    return flows.isAbsent(row) ? records.value(row) : flows.value(row);
  }

  /** Absent columns hold zeros. */
  private static long time(NumberColumn millis, NumberColumn micros, int row) {
    return millis.value(row) * RollupTable.MICROS_PER_MILLI + micros.value(row);
  }
}
