package org.flowlake.jobs.rollup;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.lake.FlowLake;
import org.flowlake.converters.rollup.HostIndex;
import org.flowlake.converters.rollup.HostSightings;
import org.flowlake.converters.rollup.PossibleDays;
import org.flowlake.converters.search.FoundFlows;
import org.flowlake.jobs.filter.AddressAlgebra;
import org.flowlake.jobs.filter.FlowFilter;
import org.flowlake.jobs.list.TimeWindow;
import org.flowlake.udfs.ip.IpPrefixSet;

/**
 * What the rollups say of the flows of those hosts that a filter names.
 *
 * @param flowsSnapshot of the flows that this holds for
 * @param days on which the hosts were seen
 * @param found the flows of the hosts, where these are few: all that match the filter are among
 *     them; empty where a scan has to look for them
 */
public record HostDays(long flowsSnapshot, PossibleDays days, Optional<FoundFlows> found) {
  private static final long MILLIS_PER_DAY = 86_400_000L;

  /** Empty where the filter names no hosts, or no rollups of hosts stand for the flows. */
  public static Optional<HostDays> of(
      FlowLake lake, FlowFilter filter, Optional<TimeWindow> window) {
    if (!filter.overAddresses(new NamesHosts())) {
      return Optional.empty();
    }
    OptionalLong snapshot = lake.flowsSnapshot();
    if (snapshot.isEmpty()) {
      return Optional.empty();
    }
    return lake.hostIndex(snapshot.getAsLong())
        .map(index -> filter.overAddresses(new Sought(index, window)))
        .filter(places -> !places.days().all())
        .map(places -> of(lake, snapshot.getAsLong(), places));
  }

  private static HostDays of(FlowLake lake, long snapshot, Places places) {
    Optional<FoundFlows> found =
        places.days().isEmpty()
            ? Optional.empty()
            : places.hosts().flatMap(hosts -> lake.search(snapshot, hosts, places.days()));
    return new HostDays(snapshot, places.days(), found);
  }

  /** Whether it is known that no flow matches. */
  public boolean isEmpty() {
    return days.isEmpty() || found.isPresent() && found.get().isEmpty();
  }

  private static boolean isIndexed(FlowField field) {
    return field == FlowField.SRC_ADDR || field == FlowField.DST_ADDR;
  }

  /** Whether every matching flow has one of the hosts that the filter names. */
  private static final class NamesHosts implements AddressAlgebra<Boolean> {
    @Override
    public Boolean in(FlowField field, IpPrefixSet addresses) {
      return isIndexed(field);
    }

    @Override
    public Boolean anything() {
      return false;
    }

    @Override
    public Boolean both(Boolean left, Boolean right) {
      return left || right;
    }

    @Override
    public Boolean either(Boolean left, Boolean right) {
      return left && right;
    }
  }

  /**
   * Where flows that match can lie.
   *
   * @param hosts each such flow has one of these; empty where it need not
   */
  private record Places(PossibleDays days, Optional<List<HostSightings>> hosts) {
    static final Places ANYWHERE = new Places(PossibleDays.ALL, Optional.empty());

    Places both(Places other) {
      return new Places(days.both(other.days), count() <= other.count() ? hosts : other.hosts);
    }

    Places either(Places other) {
      return new Places(
          days.either(other.days),
          hosts.flatMap(
              some ->
                  other.hosts.map(more -> Stream.concat(some.stream(), more.stream()).toList())));
    }

    private long count() {
      return hosts
          .map(all -> all.stream().mapToLong(HostSightings::count).sum())
          .orElse(Long.MAX_VALUE);
    }
  }

  private static final class Sought implements AddressAlgebra<Places> {
    private final HostIndex index;
    private final int first;
    private final int last;

    Sought(HostIndex index, Optional<TimeWindow> window) {
      this.index = index;
      this.first = window.map(asked -> day(asked.firstMillis())).orElse(Integer.MIN_VALUE);
      this.last = window.map(asked -> day(asked.lastMillis())).orElse(Integer.MAX_VALUE);
    }

    private static int day(long millis) {
      return (int) Math.min(Integer.MAX_VALUE, Math.floorDiv(millis, MILLIS_PER_DAY));
    }

    @Override
    public Places in(FlowField field, IpPrefixSet addresses) {
      if (!isIndexed(field)) {
        return Places.ANYWHERE;
      }
      HostSightings seen = index.sightings(field, addresses, first, last);
      return new Places(
          seen.days(), seen.days().all() ? Optional.empty() : Optional.of(List.of(seen)));
    }

    @Override
    public Places anything() {
      return Places.ANYWHERE;
    }

    @Override
    public Places both(Places left, Places right) {
      return left.both(right);
    }

    @Override
    public Places either(Places left, Places right) {
      return left.either(right);
    }
  }
}
