package org.flowlake.udfs.ip;

import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An immutable set of networks and addresses, both families: what {@code ip in [...]} lists. Order,
 * overlap and repetition of what it is made from do not matter.
 *
 * <p>It is held as disjoint ranges that are not adjacent either, per family and ascending, so a
 * test is one binary search.
 */
public final class IpPrefixSet implements Serializable {
  private static final long serialVersionUID = 1L;

  private final IpRangeIndex ipv4;
  private final IpRangeIndex ipv6;

  private IpPrefixSet(IpRangeIndex ipv4, IpRangeIndex ipv6) {
    this.ipv4 = ipv4;
    this.ipv6 = ipv6;
  }

  /** The union of these networks. */
  public static IpPrefixSet of(Collection<IpPrefix> prefixes) {
    return new IpPrefixSet(index(prefixes, 4), index(prefixes, 6));
  }

  /** The union of these sets. */
  public static IpPrefixSet union(Collection<IpPrefixSet> sets) {
    return sets.size() == 1
        ? sets.iterator().next()
        : new IpPrefixSet(joined(sets, 4), joined(sets, 6));
  }

  private static IpRangeIndex joined(Collection<IpPrefixSet> sets, int ipVersion) {
    return IpRangeIndex.ofSorted(
        sets.stream()
            .flatMap(set -> set.ranges(ipVersion).stream())
            .sorted(Comparator.comparing(IpRange::first))
            .toList());
  }

  private static IpRangeIndex index(Collection<IpPrefix> prefixes, int ipVersion) {
    List<IpRange> ranges =
        prefixes.stream()
            .filter(prefix -> prefix.ipVersion() == ipVersion)
            .map(IpPrefix::range)
            .sorted(Comparator.comparing(IpRange::first))
            .toList();
    return IpRangeIndex.ofSorted(ranges);
  }

  /** Whether the 16-byte address of this IP version (4 or 6) belongs to the set. */
  public boolean contains(byte[] address, int ipVersion) {
    return (ipVersion == 4 ? ipv4 : ipv6).contains(address);
  }

  /** As {@link #contains(byte[], int)}. */
  public boolean contains(IpAddress address) {
    return contains(address.bytes(), address.ipVersion());
  }

  /**
   * Whether these 16 bytes, as an address of either version, belong to the set.
   *
   * @param high the first eight, the first byte the highest
   * @param low the last eight
   */
  public boolean containsBytes(long high, long low) {
    return ipv4.contains(high, low) || ipv6.contains(high, low);
  }

  /**
   * Whether there are 16 bytes from {@code first} to {@code last}, both included and compared
   * unsigned, that belong to the set as an address of either version.
   */
  public boolean overlapsBytes(byte[] first, byte[] last) {
    return ipv4.overlaps(first, last) || ipv6.overlaps(first, last);
  }

  public boolean isEmpty() {
    return ipv4.size() == 0 && ipv6.size() == 0;
  }

  /** The number of disjoint ranges, both families. */
  public int size() {
    return ipv4.size() + ipv6.size();
  }

  /** The disjoint ranges of one family, 4 or 6, ascending. */
  public List<IpRange> ranges(int ipVersion) {
    return (ipVersion == 4 ? ipv4 : ipv6).ranges(ipVersion);
  }

  /** The disjoint ranges: IPv4 ascending, then IPv6 ascending. */
  public List<IpRange> ranges() {
    return Stream.concat(ranges(4).stream(), ranges(6).stream()).toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IpPrefixSet that && ranges().equals(that.ranges());
  }

  @Override
  public int hashCode() {
    return Objects.hash(ranges());
  }

  @Override
  public String toString() {
    return ranges().toString();
  }
}
