package org.flowlake.jobs.rollup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.lake.FlowLake;
import org.flowlake.converters.rollup.HostFlows;
import org.flowlake.converters.rollup.HostIndex;
import org.flowlake.converters.rollup.HostSightings;
import org.flowlake.converters.rollup.PossibleDays;
import org.flowlake.jobs.filter.AddressAlgebra;
import org.flowlake.jobs.filter.FlowFilter;
import org.flowlake.jobs.list.TimeWindow;
import org.flowlake.udfs.ip.IpPrefixSet;

/**
 * The days of a lake on which the hosts that a filter names were seen.
 *
 * @param flowsSnapshot of the flows that this holds for
 * @param flows those of the hosts, where they are few: all that match are among them
 */
public record HostDays(long flowsSnapshot, PossibleDays days, Optional<List<FlowBatch>> flows) {
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
    Optional<HostIndex> index = lake.hostIndex(snapshot.getAsLong());
    if (index.isEmpty()) {
      return Optional.empty();
    }
    Sightings sightings = new Sightings(index.get(), window);
    PossibleDays days = filter.overAddresses(new DaysOfHosts(sightings));
    if (days.all()) {
      return Optional.empty();
    }
    Optional<List<FlowBatch>> flows = Optional.empty();
    if (!days.isEmpty()) {
      Places places = filter.overAddresses(new PlacesOfHosts(sightings));
      if (places.flows() <= HostFlows.MOST_FLOWS) {
        flows = lake.hostFlows(snapshot.getAsLong(), places.sightings());
      }
    }
    return Optional.of(new HostDays(snapshot.getAsLong(), days, flows));
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

  /** What an index says of a time window. */
  private static final class Sightings {
    private final HostIndex index;
    private final int first;
    private final int last;

    Sightings(HostIndex index, Optional<TimeWindow> window) {
      this.index = index;
      this.first = window.map(asked -> day(asked.firstMillis())).orElse(Integer.MIN_VALUE);
      this.last = window.map(asked -> day(asked.lastMillis())).orElse(Integer.MAX_VALUE);
    }

    private static int day(long millis) {
      return (int) Math.min(Integer.MAX_VALUE, Math.floorDiv(millis, MILLIS_PER_DAY));
    }

    HostSightings of(FlowField field, IpPrefixSet addresses) {
      return index.sightings(field, addresses, first, last);
    }
  }

  private record DaysOfHosts(Sightings sightings) implements AddressAlgebra<PossibleDays> {
    @Override
    public PossibleDays in(FlowField field, IpPrefixSet addresses) {
      return isIndexed(field) ? sightings.of(field, addresses).days() : PossibleDays.ALL;
    }

    @Override
    public PossibleDays anything() {
      return PossibleDays.ALL;
    }

    @Override
    public PossibleDays both(PossibleDays left, PossibleDays right) {
      return left.both(right);
    }

    @Override
    public PossibleDays either(PossibleDays left, PossibleDays right) {
      return left.either(right);
    }
  }

  /** Where every flow that matches is; {@code flows} of them at the most. */
  private record Places(List<HostSightings> sightings, long flows) {
    static final Places UNKNOWN = new Places(List.of(), Long.MAX_VALUE);

    Places or(Places other) {
      if (flows == Long.MAX_VALUE || other.flows == Long.MAX_VALUE) {
        return UNKNOWN;
      }
      List<HostSightings> all = new ArrayList<>(sightings);
      all.addAll(other.sightings);
      return new Places(all, flows + other.flows);
    }
  }

  private record PlacesOfHosts(Sightings sightings) implements AddressAlgebra<Places> {
    @Override
    public Places in(FlowField field, IpPrefixSet addresses) {
      if (!isIndexed(field)) {
        return Places.UNKNOWN;
      }
      HostSightings found = sightings.of(field, addresses);
      return new Places(List.of(found), found.records());
    }

    @Override
    public Places anything() {
      return Places.UNKNOWN;
    }

    @Override
    public Places both(Places left, Places right) {
      return left.flows() <= right.flows() ? left : right;
    }

    @Override
    public Places either(Places left, Places right) {
      return left.or(right);
    }
  }
}
