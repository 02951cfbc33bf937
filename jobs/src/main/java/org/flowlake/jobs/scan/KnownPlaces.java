package org.flowlake.jobs.scan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.flowlake.converters.parquet.AddressColumn;

/** The places of groups that are known, to tell of most flows that they are elsewhere. */
final class KnownPlaces {
  /** A power of two, and much more than a table shows groups. */
  private static final int BITS = 1 << 13;

  private final AddressColumn destination;

  /** Null where the source is no key. */
  private final AddressColumn source;

  private final Set<Place> places = new HashSet<>();

  /** Whether some place may be of this hash. */
  private final boolean[] marked = new boolean[BITS];

  /**
   * The places of groups.
   *
   * @param destination of the flows that are asked about
   * @param source of these; null where it is no key
   */
  KnownPlaces(
      List<UnsafeRow> groups,
      MergedFiles.Keys keys,
      AddressColumn destination,
      AddressColumn source) {
    this.destination = destination;
    this.source = source;
    for (UnsafeRow group : groups) {
      Place place = placeOf(group, keys);
      places.add(place);
      marked[hash(place.dstLow(), place.srcLow())] = true;
    }
  }

  private static Place placeOf(UnsafeRow group, MergedFiles.Keys keys) {
    int dst = keys.dstColumn();
    int src = keys.srcColumn();
    return new Place(
        SortedStream.word(group, dst, 0),
        SortedStream.word(group, dst, 1),
        src < 0 ? 0 : SortedStream.word(group, src, 0),
        src < 0 ? 0 : SortedStream.word(group, src, 1));
  }

  private static int hash(long dstLow, long srcLow) {
    long mixed = (dstLow + Long.rotateLeft(srcLow, 17)) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 48) & BITS - 1;
  }

  /** Whether a flow is where a group is. */
  boolean have(int row) {
    long dstLow = destination.low(row);
    long srcLow = source == null ? 0 : source.low(row);
    return marked[hash(dstLow, srcLow)]
        && places.contains(
            new Place(
                destination.high(row), dstLow, source == null ? 0 : source.high(row), srcLow));
  }
}
