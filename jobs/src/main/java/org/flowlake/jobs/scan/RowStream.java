package org.flowlake.jobs.scan;

import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.flowlake.jobs.groups.PackedGroups;

/** The flows of one file, a row each, from Spark's own reader. */
final class RowStream extends SortedStream {
  private final Iterator<InternalRow> rows;
  private final AddressRange range;
  private final MergedFiles.Keys keys;
  private UnsafeRow row;

  /** Stands before the first row. */
  RowStream(Iterator<InternalRow> rows, AddressRange range, MergedFiles.Keys keys) {
    this.rows = rows;
    this.range = range;
    this.keys = keys;
  }

  @Override
  boolean advance() {
    if (!rows.hasNext()) {
      return false;
    }
    row = (UnsafeRow) rows.next();
    int dst = keys.dstColumn();
    long high = word(row, dst, 0);
    long low = word(row, dst, 1);
    // Addresses only grow: a range is left once, so it is looked at where the address changes.
    if (isNew(high, low) && !range.holds(row.isNullAt(dst) ? null : row.getBinary(dst))) {
      return outOfOrder();
    }
    int src = keys.srcColumn();
    return src < 0
        ? moveTo(high, low, 0, 0)
        : moveTo(high, low, word(row, src, 0), word(row, src, 1));
  }

  @Override
  boolean addTo(PackedGroups groups) {
    return groups.add(row);
  }
}
