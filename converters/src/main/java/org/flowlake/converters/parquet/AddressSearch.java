package org.flowlake.converters.parquet;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.column.statistics.Statistics;
import org.flowlake.udfs.ip.IpPrefixSet;

/**
 * Looks for addresses in files of a lake, of either IP version: only the column of the addresses is
 * read, and only of row groups whose statistics leave room for one. A lake writes row groups of
 * some ten thousand rows, each one or two pages of a column, so that there is no index of pages to
 * gain from. Not for several threads.
 */
public final class AddressSearch {
  private final WantedColumn column;
  private final IpPrefixSet addresses;

  /**
   * Looks for these addresses.
   *
   * @param column where they are
   */
  public AddressSearch(String column, IpPrefixSet addresses) {
    this.column = new WantedColumn(column, WantedAddresses.of(addresses));
    this.addresses = addresses;
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
    if (!column.isAnyWanted()) {
      return new int[0];
    }
    int rows = file.rows(group);
    if (column.isConstant()) {
      return IntStream.range(0, rows > 0 && column.isWanted(0) ? rows : 0).toArray();
    }
    int[] found = {};
    int count = 0;
    for (int row = 0; row < rows; row++) {
      if (column.isWanted(row)) {
        if (count == found.length) {
          found = Arrays.copyOf(found, Math.max(16, 2 * count));
        }
        found[count++] = row;
      }
    }
    return Arrays.copyOf(found, count);
  }
}
