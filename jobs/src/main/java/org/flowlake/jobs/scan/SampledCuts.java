package org.flowlake.jobs.scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.flowlake.converters.parquet.RowGroupReader;
import org.flowlake.jobs.rows.CounterColumns;

/**
 * Cuts between the flows of a question, from those of one file. Where a filter leaves few row
 * groups, these tell too little: one may hold flows of a hundred hosts, of which one is asked for.
 */
final class SampledCuts {
  /** Of fewer flows a sample would tell little, and cuts gain little. */
  private static final long LEAST_FLOWS = 1000;

  private final List<Place> places = new ArrayList<>();

  /** Flows up to each place. */
  private final List<Long> flows = new ArrayList<>();

  private SampledCuts() {}

  /**
   * Places that part the flows of these row groups into so many ranges of about as many flows each,
   * ascending.
   *
   * @param path of the file
   * @return empty where the file is not in order, or has too few flows that pass
   */
  static Optional<List<Place>> of(
      String path,
      List<StoredGroup> groups,
      RunPlan plan,
      MergedFiles.Keys keys,
      int ranges,
      Configuration hadoop)
      throws IOException {
    SampledCuts sample = new SampledCuts();
    long count = 0;
    try (RowGroupReader file = RowGroupReader.open(path, hadoop)) {
      FlowRuns.Shared shared =
          new FlowRuns.Shared(plan.counting(StoredCounters.Kind.RECORDS), keys);
      FlowRuns runs = new FlowRuns(file, groups, PlaceRange.ALL, shared);
      while (runs.advance()) {
        count += runs.counters()[CounterColumns.RECORDS];
        sample.places.add(runs.place());
        sample.flows.add(count);
      }
      if (!runs.isInOrder() || count < LEAST_FLOWS) {
        return Optional.empty();
      }
    }
    return Optional.of(sample.cuts(count, ranges));
  }

  private List<Place> cuts(long count, int ranges) {
    List<Place> cuts = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      if (flows.get(i) > count * (cuts.size() + 1) / ranges && cuts.size() + 1 < ranges) {
        cuts.add(places.get(i));
      }
    }
    return cuts;
  }
}
