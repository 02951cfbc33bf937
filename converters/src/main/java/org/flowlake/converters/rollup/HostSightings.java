package org.flowlake.converters.rollup;

import java.util.Map;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.udfs.ip.IpPrefixSet;

/**
 * What the rollups know of the flows that have one of some hosts on one side.
 *
 * @param side {@code src_addr} or {@code dst_addr}
 * @param addresses of the hosts; an IPv6 address with the bytes of an IPv4 address counts as both
 * @param days on which such flows lie
 * @param records how many flow records there are, by day since 1970-01-01; of flows without time,
 *     or where all days are possible, nothing is known
 */
public record HostSightings(
    FlowField side, IpPrefixSet addresses, PossibleDays days, Map<Integer, Long> records) {
  public HostSightings {
    records = Map.copyOf(records);
  }

  static HostSightings anywhere(FlowField side, IpPrefixSet addresses) {
    return new HostSightings(side, addresses, PossibleDays.ALL, Map.of());
  }

  /** Flow records of all these days. */
  public long count() {
    return records.values().stream().mapToLong(Long::longValue).sum();
  }
}
