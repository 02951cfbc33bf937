package org.flowlake.converters.rollup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.udfs.ip.IpPrefixSet;
import org.flowlake.udfs.ip.IpRange;

/**
 * Looks for flows of hosts in one Parquet file.
 *
 * @param day of the flows, days since 1970-01-01
 * @param fields columns of the flows that are found
 */
record HostFlowsInFile(
    StoredParquet file, int day, List<HostSightings> wanted, List<FlowField> fields) {
  FlowBatch find() throws IOException {
    FlowBatch found = new FlowBatch(fields, 16);
    ParquetMetadata footer = file.footer();
    try (ParquetFileReader reader = file.open(footer)) {
      for (int number = 0; number < footer.getBlocks().size(); number++) {
        BitSet rows = new BitSet();
        for (HostSightings hosts : wanted) {
          if (mayHold(footer.getBlocks().get(number), hosts)) {
            rows.or(rowsOf(reader, footer, number, hosts));
          }
        }
        if (!rows.isEmpty()) {
          append(reader, footer, number, rows, found);
        }
      }
    }
    return found;
  }

  private void append(
      ParquetFileReader reader, ParquetMetadata footer, int number, BitSet rows, FlowBatch found)
      throws IOException {
    RowGroupColumns columns =
        RowGroupColumns.read(
            reader, footer, number, fields.stream().map(FlowField::column).toList());
    int[] numbers = rows.stream().toArray();
    fields.forEach(field -> columns.appendTo(found.column(field), numbers));
    found.endFlows(numbers.length);
  }

  /** By the bounds of the addresses in a row group. */
  private static boolean mayHold(BlockMetaData block, HostSightings hosts) {
    for (ColumnChunkMetaData chunk : block.getColumns()) {
      Statistics<?> bounds = chunk.getStatistics();
      if (chunk.getPath().toDotString().equals(hosts.side().column()) && bounds != null) {
        return !bounds.hasNonNullValue()
            ? !bounds.isNumNullsSet() || bounds.getNumNulls() < block.getRowCount()
            : HostIndex.ranges(hosts.addresses()).stream()
                .anyMatch(range -> overlap(range, bounds.getMinBytes(), bounds.getMaxBytes()));
      }
    }
    return true;
  }

  private static boolean overlap(IpRange range, byte[] least, byte[] greatest) {
    return Arrays.compareUnsigned(least, range.last().toBytes()) <= 0
        && Arrays.compareUnsigned(greatest, range.first().toBytes()) >= 0;
  }

  private BitSet rowsOf(
      ParquetFileReader reader, ParquetMetadata footer, int number, HostSightings hosts)
      throws IOException {
    long[] times = hosts.times().get(day);
    if (times == null) {
      return withAddress(reader, footer, number, hosts, null);
    }
    BitSet timed = new BitSet();
    long[] sorted = LongStream.of(times).sorted().toArray();
    String first = FlowField.FIRST_SEEN.column();
    long[] seen =
        RowGroupColumns.read(reader, footer, number, List.of(first)).longs(first, Long.MIN_VALUE);
    for (int row = 0; row < seen.length; row++) {
      if (Arrays.binarySearch(sorted, seen[row]) >= 0) {
        timed.set(row);
      }
    }
    return timed.isEmpty()
        ? timed
        : withAddress(reader, footer, number, hosts, timed.stream().toArray());
  }

  /** Of these rows, or all for null, those whose address is one of the hosts'. */
  private static BitSet withAddress(
      ParquetFileReader reader,
      ParquetMetadata footer,
      int number,
      HostSightings hosts,
      int[] candidates)
      throws IOException {
    RowGroupColumns columns =
        RowGroupColumns.read(reader, footer, number, List.of(hosts.side().column()));
    FlowBatch batch =
        new FlowBatch(
            List.of(hosts.side()), candidates == null ? columns.rows() : candidates.length);
    FlowColumn addresses = batch.column(0);
    if (candidates == null) {
      columns.appendTo(addresses);
    } else {
      columns.appendTo(addresses, candidates);
    }
    BitSet rows = new BitSet();
    HostTest test = new HostTest(hosts.addresses());
    for (int i = 0; i < addresses.size(); i++) {
      if (!addresses.isNull(i) && test.has(addresses, i)) {
        rows.set(candidates == null ? i : candidates[i]);
      }
    }
    return rows;
  }

  /** Whether an address is in a set, of either IP version; a few hosts are compared as numbers. */
  private static final class HostTest {
    private static final int MOST_COMPARED = 8;

    private final IpPrefixSet addresses;
    private final long[] high;
    private final long[] low;
    private final boolean compares;

    HostTest(IpPrefixSet addresses) {
      this.addresses = addresses;
      List<IpRange> ranges = addresses.ranges();
      this.compares = ranges.size() <= MOST_COMPARED && ranges.stream().allMatch(IpRange::isSingle);
      int count = compares ? ranges.size() : 0;
      this.high = new long[count];
      this.low = new long[count];
      for (int i = 0; i < count; i++) {
        ByteBuffer host = ByteBuffer.wrap(ranges.get(i).first().toBytes());
        high[i] = host.getLong();
        low[i] = host.getLong();
      }
    }

    boolean has(FlowColumn column, int row) {
      if (!compares) {
        byte[] address = column.bytesAt(row);
        return addresses.contains(address, 4) || addresses.contains(address, 6);
      }
      for (int i = 0; i < high.length; i++) {
        if (column.addressLow(row) == low[i] && column.addressHigh(row) == high[i]) {
          return true;
        }
      }
      return false;
    }
  }
}
