package org.flowlake.jobs.rollup;

import java.util.Optional;
import java.util.OptionalLong;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.lake.FlowLake;
import org.flowlake.converters.rollup.HostIndex;
import org.flowlake.converters.rollup.PossibleDays;
import org.flowlake.jobs.filter.AddressAlgebra;
import org.flowlake.jobs.filter.FlowFilter;
import org.flowlake.jobs.list.TimeWindow;
import org.flowlake.udfs.ip.IpPrefixSet;

/**
 * The days of a lake on which the hosts that a filter names were seen.
 *
 * @param flowsSnapshot of the flows that this holds for
 */
public record HostDays(long flowsSnapshot, PossibleDays days) {
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
        .map(index -> filter.overAddresses(new DaysOfHosts(index, window)))
        .filter(days -> !days.all())
        .map(days -> new HostDays(snapshot.getAsLong(), days));
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

  private static final class DaysOfHosts implements AddressAlgebra<PossibleDays> {
    private final HostIndex index;
    private final int first;
    private final int last;

    DaysOfHosts(HostIndex index, Optional<TimeWindow> window) {
      this.index = index;
      this.first = window.map(asked -> day(asked.firstMillis())).orElse(Integer.MIN_VALUE);
      this.last = window.map(asked -> day(asked.lastMillis())).orElse(Integer.MAX_VALUE);
    }

    private static int day(long millis) {
      return (int) Math.min(Integer.MAX_VALUE, Math.floorDiv(millis, MILLIS_PER_DAY));
    }

    @Override
    public PossibleDays in(FlowField field, IpPrefixSet addresses) {
      return isIndexed(field) ? index.days(field, addresses, first, last) : PossibleDays.ALL;
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
}
