package org.flowlake.converters.rollup;

import java.util.Map;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.udfs.ip.IpPrefixSet;

/**
 * What the rollups of hosts know of the flows that some hosts have a part in.
 *
 * @param side {@code src_addr} or {@code dst_addr}
 * @param addresses of the hosts
 * @param days on which the flows can lie
 * @param records how many there are, or more; {@link Long#MAX_VALUE} where that is unknown
 * @param times for days, since 1970-01-01, whose flows are known one by one: when they were first
 *     seen, in microseconds; those of other days may be of any time
 */
public record HostSightings(
    FlowField side,
    IpPrefixSet addresses,
    PossibleDays days,
    long records,
    Map<Integer, long[]> times) {
  public HostSightings {
    times = Map.copyOf(times);
  }

  static HostSightings anywhere(FlowField side, IpPrefixSet addresses) {
    return new HostSightings(side, addresses, PossibleDays.ALL, Long.MAX_VALUE, Map.of());
  }
}
