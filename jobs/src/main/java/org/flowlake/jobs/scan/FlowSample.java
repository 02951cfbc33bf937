package org.flowlake.jobs.scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.flowlake.converters.parquet.RowGroupReader;
import org.flowlake.jobs.rows.CounterColumns;

/**
 * Where and when the flows of a question lie, from those of one file. Where a filter leaves few row
 * groups, these tell too little: one may hold flows of a hundred hosts, of which one is asked for.
 */
final class FlowSample {
  private static final PlaceRange ALL_PLACES = new PlaceRange(Place.LOWEST, null);

  /** Of fewer flows a sample would tell little, and cuts gain little. */
  private static final long LEAST_FLOWS = 1000;

  private final List<Place> places = new ArrayList<>();

  /** Flows up to each place, that are in it too. */
  private final List<Long> flows = new ArrayList<>();

  /** When the flows of each place were first seen, microseconds since 1970-01-01 UTC. */
  private final List<Long> firsts = new ArrayList<>();

  private FlowSample() {}

  /**
   * A sample of these row groups of a file.
   *
   * @return empty where the file is not in order
   */
  static Optional<FlowSample> of(
      String path,
      List<StoredGroup> groups,
      RunPlan plan,
      MergedFiles.Keys keys,
      Configuration hadoop)
      throws IOException {
    try (RowGroupReader file = RowGroupReader.open(path, hadoop)) {
      FlowRuns.Shared shared = new FlowRuns.Shared(plan.counting(StoredCounters.Kind.TIMES), keys);
      FlowRuns runs = new FlowRuns(file, groups, ALL_PLACES, shared);
      FlowSample sample = new FlowSample();
      while (runs.advance()) {
        sample.add(runs.place(), runs.counters());
      }
      return runs.isInOrder() ? Optional.of(sample) : Optional.empty();
    }
  }

  private void add(Place place, long[] counters) {
    long records = counters[CounterColumns.RECORDS];
    long first = counters[CounterColumns.FIRST];
    int last = places.size() - 1;
    if (last >= 0 && places.get(last).equals(place)) {
      flows.set(last, flows.get(last) + records);
      firsts.set(last, Math.min(firsts.get(last), first));
    } else {
      places.add(place);
      flows.add(last < 0 ? records : flows.get(last) + records);
      firsts.add(first);
    }
  }

  /**
   * Places that part the flows into so many ranges of about as many flows each, ascending.
   *
   * @return empty where there are too few flows
   */
  Optional<List<Place>> cuts(int ranges) {
    long all = flows.isEmpty() ? 0 : flows.get(flows.size() - 1);
    if (all < LEAST_FLOWS) {
      return Optional.empty();
    }
    List<Place> cuts = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      if (flows.get(i) > all * (cuts.size() + 1) / ranges && cuts.size() + 1 < ranges) {
        cuts.add(places.get(i));
      }
    }
    return Optional.of(cuts);
  }

  /**
   * A time at which as many groups, and more, had been seen: those of different places are
   * different ones. Microseconds since 1970-01-01 UTC; empty where there are fewer.
   */
  OptionalLong seenBy(int groups) {
    return firsts.size() < groups
        ? OptionalLong.empty()
        : OptionalLong.of(firsts.stream().sorted().skip(groups - 1).findFirst().orElseThrow());
  }
}
