package org.flowlake.jobs.scan;

import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;
import org.flowlake.jobs.groups.PackedGroups;

/**
 * The flows of one file with the place of the current ones: destination address, then source
 * address. An absent address has the place of {@code ::}, as in {@link
 * org.flowlake.converters.flow.LakeOrder}.
 */
abstract class SortedStream {
  private static final int ADDRESS_BYTES = 16;

  private boolean inOrder = true;
  private boolean first = true;

  long dstHigh;
  long dstLow;

  /** 0 where flows are only taken by destination. */
  long srcHigh;

  /** As above. */
  long srcLow;

  /** Goes on; false at the end and where what comes next is out of order. */
  abstract boolean advance();

  /** Adds the current flows to their group; false where there is no room for a new one. */
  abstract boolean addTo(PackedGroups groups);

  /** False once a flow was out of order or of range. */
  final boolean isInOrder() {
    return inOrder;
  }

  /** Ends the stream for what it found; always false. */
  final boolean outOfOrder() {
    inOrder = false;
    return false;
  }

  /** Whether this destination is another than the current one. */
  final boolean isNew(long high, long low) {
    return first || high != dstHigh || low != dstLow;
  }

  /** Where the current flows are. */
  final Place place() {
    return new Place(dstHigh, dstLow, srcHigh, srcLow);
  }

  /** Whether the current flows are at this place. */
  final boolean isAt(long high, long low, long sourceHigh, long sourceLow) {
    return low == dstLow && high == dstHigh && sourceLow == srcLow && sourceHigh == srcHigh;
  }

  /** Takes the next place; false where it lies before the current one. */
  final boolean moveTo(long toDstHigh, long toDstLow, long toSrcHigh, long toSrcLow) {
    if (!first) {
      int order = compare(toDstHigh, toDstLow, dstHigh, dstLow);
      if (order < 0 || order == 0 && compare(toSrcHigh, toSrcLow, srcHigh, srcLow) < 0) {
        return outOfOrder();
      }
    }
    first = false;
    dstHigh = toDstHigh;
    dstLow = toDstLow;
    srcHigh = toSrcHigh;
    srcLow = toSrcLow;
    return true;
  }

  /** Compares addresses of two words each, unsigned. */
  static int compare(long high, long low, long otherHigh, long otherLow) {
    return high == otherHigh
        ? Long.compareUnsigned(low, otherLow)
        : Long.compareUnsigned(high, otherHigh);
  }

  /** A word of an address in a row, 0 where it is absent. */
  static long word(UnsafeRow row, int column, int index) {
    if (row.isNullAt(column)) {
      return 0;
    }
    long place = row.getLong(column);
    if ((int) place != ADDRESS_BYTES) {
      throw new IllegalStateException(
          "An address of " + (int) place + " bytes in a lake, where all have " + ADDRESS_BYTES);
    }
    long at = row.getBaseOffset() + (place >>> 32) + (long) index * Long.BYTES;
    return Long.reverseBytes(Platform.getLong(row.getBaseObject(), at));
  }
}
