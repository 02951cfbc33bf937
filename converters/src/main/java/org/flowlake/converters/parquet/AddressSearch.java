package org.flowlake.converters.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.column.statistics.Statistics;
import org.flowlake.udfs.ip.IpPrefixSet;
import org.flowlake.udfs.ip.IpRange;

/**
 * Looks for addresses in files of a lake, of either IP version: only the column of the addresses is
 * read, and only of row groups whose statistics leave room for one. A lake writes row groups of
 * some ten thousand rows, each one or two pages of a column, so that there is no index of pages to
 * gain from. Holds a row group's addresses; not for several threads.
 */
public final class AddressSearch {
  private final AddressColumn column;
  private final IpPrefixSet addresses;

  /** The smallest and the greatest one, as words; most searches are for one, or for one network. */
  private final long firstHigh;

  private final long firstLow;
  private final long lastHigh;
  private final long lastLow;

  /**
   * Looks for these addresses.
   *
   * @param column where they are
   */
  public AddressSearch(String column, IpPrefixSet addresses) {
    this.column = new AddressColumn(column);
    this.addresses = addresses;
    List<IpRange> ranges = addresses.ranges();
    byte[] none = new byte[AddressColumn.BYTES];
    ByteBuffer first =
        ByteBuffer.wrap(
            ranges.stream()
                .map(range -> range.first().toBytes())
                .min(Arrays::compareUnsigned)
                .orElse(none));
    ByteBuffer last =
        ByteBuffer.wrap(
            ranges.stream()
                .map(range -> range.last().toBytes())
                .max(Arrays::compareUnsigned)
                .orElse(none));
    firstHigh = first.getLong();
    firstLow = first.getLong();
    lastHigh = last.getLong();
    lastLow = last.getLong();
  }

  /** Whether a row group can hold one, by its statistics. */
  public boolean mayFind(RowGroupReader file, int group) throws IOException {
    Statistics<?> known = file.statistics(group, column.name());
    return known == null
        || (known.hasNonNullValue()
            ? addresses.overlapsBytes(known.getMinBytes(), known.getMaxBytes())
            : !known.isNumNullsSet() || known.getNumNulls() < file.rows(group));
  }

  /** The rows of a row group that hold one, ascending. */
  public int[] rows(RowGroupReader file, int group) throws IOException {
    file.read(group, List.of(column));
    int rows = file.rows(group);
    if (column.isConstant()) {
      return IntStream.range(0, rows > 0 && isWanted(0) ? rows : 0).toArray();
    }
    int[] found = {};
    int count = 0;
    for (int row = 0; row < rows; row++) {
      if (isWanted(row)) {
        if (count == found.length) {
          found = Arrays.copyOf(found, Math.max(16, 2 * count));
        }
        found[count++] = row;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private boolean isWanted(int row) {
    long high = column.high(row);
    long low = column.low(row);
    return compare(high, low, firstHigh, firstLow) >= 0
        && compare(high, low, lastHigh, lastLow) <= 0
        && addresses.containsBytes(high, low)
        && !column.isAbsent(row);
  }

  private static int compare(long high, long low, long otherHigh, long otherLow) {
    return high == otherHigh
        ? Long.compareUnsigned(low, otherLow)
        : Long.compareUnsigned(high, otherHigh);
  }
}
