package org.flowlake.jobs.scan;

import java.io.Serializable;
import java.nio.ByteBuffer;

/**
 * A place in the order of a lake's files: destination address, then source address, two words each,
 * compared unsigned. An absent address has the place of {@code ::}, as in {@link
 * org.flowlake.converters.flow.LakeOrder}.
 */
record Place(long dstHigh, long dstLow, long srcHigh, long srcLow)
    implements Comparable<Place>, Serializable {
  static final Place LOWEST = new Place(0, 0, 0, 0);
  static final Place HIGHEST = new Place(-1, -1, -1, -1);

  /** The lowest place of a destination, an address of 16 bytes. */
  static Place of(byte[] dst) {
    ByteBuffer words = ByteBuffer.wrap(dst);
    return new Place(words.getLong(), words.getLong(), 0, 0);
  }

  /** The same destination with a source, an address of 16 bytes. */
  Place withSource(byte[] src) {
    ByteBuffer words = ByteBuffer.wrap(src);
    return new Place(dstHigh, dstLow, words.getLong(), words.getLong());
  }

  /** The highest place of the same destination. */
  Place withLastSource() {
    return new Place(dstHigh, dstLow, -1, -1);
  }

  /** The lowest place of the same destination. */
  Place ofDestination() {
    return new Place(dstHigh, dstLow, 0, 0);
  }

  /** Whether lower flows of the same destination are possible. */
  boolean isInsideDestination() {
    return srcHigh != 0 || srcLow != 0;
  }

  /** Whether the destination may stand for an IPv4 address, which then lies elsewhere. */
  boolean mayBeEmbedded() {
    return isEmbedded(dstHigh, dstLow);
  }

  /** Whether an address is of {@code ::/96}. */
  static boolean isEmbedded(long high, long low) {
    return high == 0 && low >>> Integer.SIZE == 0;
  }

  /** Whether the destination is an IPv4 address. */
  boolean isIpv4() {
    return dstHigh == 0 && dstLow >>> Integer.SIZE == 0xFFFF;
  }

  /** The lowest place of the address of {@code ::/96} that may stand for this IPv4 address. */
  Place embedded() {
    return new Place(0, dstLow & 0xFFFF_FFFFL, 0, 0);
  }

  @Override
  public int compareTo(Place other) {
    int order = SortedStream.compare(dstHigh, dstLow, other.dstHigh, other.dstLow);
    return order != 0 ? order : SortedStream.compare(srcHigh, srcLow, other.srcHigh, other.srcLow);
  }
}
