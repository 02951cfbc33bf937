package org.flowlake.jobs.scan;

import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/**
 * The rows of one file with the place of the current one: destination address, then source address.
 * An absent address has the place of {@code ::}, as in {@link
 * org.flowlake.converters.flow.LakeOrder}.
 */
final class SortedStream {
  private static final int ADDRESS_BYTES = 16;

  private final Iterator<InternalRow> rows;
  private final AddressRange range;
  private final int dstColumn;
  private final int srcColumn;
  private UnsafeRow row;
  private boolean inOrder = true;
  private boolean first = true;

  long dstHigh;
  long dstLow;
  long srcHigh;
  long srcLow;

  /**
   * Stands before the first row.
   *
   * @param srcColumn index of the source address; -1 where rows are only taken by destination
   */
  SortedStream(Iterator<InternalRow> rows, AddressRange range, int dstColumn, int srcColumn) {
    this.rows = rows;
    this.range = range;
    this.dstColumn = dstColumn;
    this.srcColumn = srcColumn;
  }

  UnsafeRow row() {
    return row;
  }

  /** False once a row was out of order or of range. */
  boolean isInOrder() {
    return inOrder;
  }

  /** Goes to the next row; false at the end and where the next one is out of order. */
  boolean advance() {
    if (!rows.hasNext()) {
      return false;
    }
    row = (UnsafeRow) rows.next();
    long high = word(dstColumn, 0);
    long low = word(dstColumn, Long.BYTES);
    int order = first ? 1 : compare(high, low, dstHigh, dstLow);
    // Addresses only grow: a range is left once, so it is looked at where the address changes.
    if (order < 0
        || order > 0 && !range.holds(row.isNullAt(dstColumn) ? null : row.getBinary(dstColumn))) {
      inOrder = false;
      return false;
    }
    dstHigh = high;
    dstLow = low;
    if (srcColumn >= 0) {
      long fromHigh = word(srcColumn, 0);
      long fromLow = word(srcColumn, Long.BYTES);
      if (order == 0 && compare(fromHigh, fromLow, srcHigh, srcLow) < 0) {
        inOrder = false;
        return false;
      }
      srcHigh = fromHigh;
      srcLow = fromLow;
    }
    first = false;
    return true;
  }

  /** Compares addresses of two words each, unsigned. */
  static int compare(long high, long low, long otherHigh, long otherLow) {
    int order = Long.compareUnsigned(high, otherHigh);
    return order != 0 ? order : Long.compareUnsigned(low, otherLow);
  }

  private long word(int column, int offset) {
    if (row.isNullAt(column)) {
      return 0;
    }
    long place = row.getLong(column);
    if ((int) place != ADDRESS_BYTES) {
      throw new IllegalStateException(
          "An address of " + (int) place + " bytes in a lake, where all have " + ADDRESS_BYTES);
    }
    return Long.reverseBytes(
        Platform.getLong(row.getBaseObject(), row.getBaseOffset() + (place >>> 32) + offset));
  }
}
