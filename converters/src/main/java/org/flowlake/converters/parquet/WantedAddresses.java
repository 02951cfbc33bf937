package org.flowlake.converters.parquet;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.flowlake.udfs.ip.IpPrefixSet;
import org.flowlake.udfs.ip.IpRange;

/**
 * A set of addresses and the smallest range that holds it, as words of which the first byte is the
 * highest: most searches are for one address, or for one network. The range of an empty set is the
 * unspecified address.
 */
record WantedAddresses(
    IpPrefixSet set, long firstHigh, long firstLow, long lastHigh, long lastLow) {
  static WantedAddresses of(IpPrefixSet set) {
    List<IpRange> ranges = set.ranges();
    Comparator<byte[]> order = Arrays::compareUnsigned;
    ByteBuffer first = words(ranges.stream().map(range -> range.first().toBytes()).sorted(order));
    ByteBuffer last =
        words(ranges.stream().map(range -> range.last().toBytes()).sorted(order.reversed()));
    return new WantedAddresses(
        set,
        first.getLong(0),
        first.getLong(Long.BYTES),
        last.getLong(0),
        last.getLong(Long.BYTES));
  }

  private static ByteBuffer words(Stream<byte[]> addresses) {
    return ByteBuffer.wrap(addresses.findFirst().orElse(new byte[AddressColumn.BYTES]));
  }

  boolean isOne() {
    return firstHigh == lastHigh && firstLow == lastLow && set.containsBytes(firstHigh, firstLow);
  }

  /** The 16 bytes of the smallest one. */
  byte[] first() {
    return ByteBuffer.allocate(AddressColumn.BYTES).putLong(firstHigh).putLong(firstLow).array();
  }

  boolean isBelow(long high, long low) {
    return compare(high, low, firstHigh, firstLow) < 0;
  }

  boolean isAbove(long high, long low) {
    return compare(high, low, lastHigh, lastLow) > 0;
  }

  boolean contains(long high, long low) {
    return !isBelow(high, low) && !isAbove(high, low) && set.containsBytes(high, low);
  }

  private static int compare(long high, long low, long otherHigh, long otherLow) {
    return high == otherHigh
        ? Long.compareUnsigned(low, otherLow)
        : Long.compareUnsigned(high, otherHigh);
  }
}
