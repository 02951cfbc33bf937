package org.flowlake.udfs.ip;

import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Disjoint ascending ranges of 16-byte addresses as arrays of longs, high and low half: a test
 * makes no object and touches a few cache lines.
 */
final class IpRangeIndex implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final long[] firstHigh;
  private final long[] firstLow;
  private final long[] lastHigh;
  private final long[] lastLow;

  private IpRangeIndex(long[] firstHigh, long[] firstLow, long[] lastHigh, long[] lastLow) {
    this.firstHigh = firstHigh;
    this.firstLow = firstLow;
    this.lastHigh = lastHigh;
    this.lastLow = lastLow;
  }

  /** Joins ranges that overlap or touch; they must ascend by their first address. */
  static IpRangeIndex ofSorted(List<IpRange> ranges) {
    long[] firstHigh = new long[ranges.size()];
    long[] firstLow = new long[ranges.size()];
    long[] lastHigh = new long[ranges.size()];
    long[] lastLow = new long[ranges.size()];
    int size = 0;
    for (IpRange range : ranges) {
      long high = high(range.first().bytes());
      long low = low(range.first().bytes());
      long endHigh = high(range.last().bytes());
      long endLow = low(range.last().bytes());
      int open = size - 1;
      if (open >= 0 && touches(lastHigh[open], lastLow[open], high, low)) {
        if (compare(endHigh, endLow, lastHigh[open], lastLow[open]) > 0) {
          lastHigh[open] = endHigh;
          lastLow[open] = endLow;
        }
      } else {
        firstHigh[size] = high;
        firstLow[size] = low;
        lastHigh[size] = endHigh;
        lastLow[size] = endLow;
        size++;
      }
    }
    return new IpRangeIndex(
        Arrays.copyOf(firstHigh, size),
        Arrays.copyOf(firstLow, size),
        Arrays.copyOf(lastHigh, size),
        Arrays.copyOf(lastLow, size));
  }

  int size() {
    return firstHigh.length;
  }

  boolean contains(byte[] address) {
    return contains(high(address), low(address));
  }

  boolean contains(long high, long low) {
    int range = firstEndingFrom(high, low);
    return range < size() && compare(high, low, firstHigh[range], firstLow[range]) >= 0;
  }

  /** Whether an address from {@code first} to {@code last}, both included, is in a range. */
  boolean overlaps(byte[] first, byte[] last) {
    int range = firstEndingFrom(high(first), low(first));
    return range < size() && compare(high(last), low(last), firstHigh[range], firstLow[range]) >= 0;
  }

  /** The first range that does not end before the address; their number for none. */
  private int firstEndingFrom(long high, long low) {
    int from = 0;
    int to = firstHigh.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (compare(lastHigh[middle], lastLow[middle], high, low) < 0) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  List<IpRange> ranges(int ipVersion) {
    return IntStream.range(0, size())
        .mapToObj(
            i ->
                new IpRange(
                    address(firstHigh[i], firstLow[i], ipVersion),
                    address(lastHigh[i], lastLow[i], ipVersion)))
        .toList();
  }

  /** Whether a range that begins here overlaps or follows at once the one that ended there. */
  private static boolean touches(long endHigh, long endLow, long high, long low) {
    if (compare(high, low, endHigh, endLow) <= 0) {
      return true;
    }
    long nextLow = endLow + 1;
    long nextHigh = nextLow == 0 ? endHigh + 1 : endHigh;
    return high == nextHigh && low == nextLow;
  }

  private static int compare(long leftHigh, long leftLow, long rightHigh, long rightLow) {
    int order = Long.compareUnsigned(leftHigh, rightHigh);
    return order != 0 ? order : Long.compareUnsigned(leftLow, rightLow);
  }

  private static long high(byte[] address) {
    return (long) LONG.get(address, 0);
  }

  private static long low(byte[] address) {
    return (long) LONG.get(address, 8);
  }

  private static IpAddress address(long high, long low, int ipVersion) {
    byte[] bytes = new byte[IpAddress.BYTES];
    LONG.set(bytes, 0, high);
    LONG.set(bytes, 8, low);
    return IpAddress.of(bytes, ipVersion);
  }
}
