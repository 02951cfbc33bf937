package org.flowlake.jobs.scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.flowlake.converters.parquet.FileReaders;
import org.flowlake.converters.parquet.RowGroupReader;
import org.flowlake.jobs.question.Measure;
import org.flowlake.jobs.rows.CounterColumns;
import org.flowlake.jobs.rows.Ranking;
import org.flowlake.jobs.rows.TopRows;

/**
 * First and last seen of the groups that tables show, and of all flows, looked up once it is known
 * which groups these are. Times are the widest columns of a file, most groups are not shown, and
 * statistics tell between when the flows of a row group are: so reading of a group that is shown
 * ends with the row groups that begin first, and end last, of those that may have its flows.
 */
final class ShownTimes {
  private static final Set<Measure> RANKED_WITHOUT_TIMES =
      EnumSet.of(Measure.FLOWS, Measure.PACKETS, Measure.BYTES, Measure.BYTES_PER_PACKET);

  /**
   * Row groups that are counted for the lookup of one group: an estimate, of few for its first and
   * few for its last flow, and of files that only might have had one.
   */
  private static final int LOOKUP_COST = 8;

  private static final long MICROS_PER_MILLI = 1000;

  private final RunPlan plan;
  private final MergedFiles.Keys keys;
  private final Configuration hadoop;

  /** Those that begin first come first. */
  private final List<Held> byFirst = new ArrayList<>();

  /** Those that end last come first. */
  private final List<Held> byLast;

  /** A row group of a file. */
  private record Held(String path, StoredGroup group) {}

  /**
   * From first to last, microseconds since 1970-01-01 UTC; the greatest and the least number where
   * there is no flow.
   */
  private record Span(long first, long last) {}

  /** The destinations from one to another. */
  private record Destinations(Place from, Place to) {
    static final Destinations ALL = new Destinations(Place.LOWEST, Place.HIGHEST);

    static Destinations of(InternalRow group, int column) {
      Place place = Place.of(group.getBinary(column));
      return new Destinations(place, place.withLastSource());
    }

    boolean mayBeIn(StoredGroup group) {
      return mayHold(group, from, to)
          || from.isIpv4() && mayHold(group, from.embedded(), from.embedded());
    }

    private static boolean mayHold(StoredGroup group, Place from, Place to) {
      return group.first().ofDestination().compareTo(to) <= 0
          && group.last().withLastSource().compareTo(from) >= 0;
    }

    boolean hold(SortedStream stream) {
      return SortedStream.compare(from.dstHigh(), from.dstLow(), stream.dstHigh, stream.dstLow) <= 0
          && SortedStream.compare(to.dstHigh(), to.dstLow(), stream.dstHigh, stream.dstLow) >= 0;
    }
  }

  /**
   * Lookups in these row groups.
   *
   * @param plan of the question, whatever it counts
   * @param keys of which the destination address is the only one, see {@link #suffice}
   */
  ShownTimes(StoredGroups groups, RunPlan plan, MergedFiles.Keys keys, Configuration hadoop) {
    this.plan = plan.counting(StoredCounters.Kind.TIMES);
    this.keys = keys;
    this.hadoop = hadoop;
    groups
        .byFile()
        .forEach((path, inFile) -> inFile.forEach(each -> byFirst.add(new Held(path, each))));
    byLast = new ArrayList<>(byFirst);
    byFirst.sort(Comparator.comparingLong(held -> held.group().earliest()));
    byLast.sort(Comparator.comparingLong((Held held) -> held.group().latest()).reversed());
  }

  /**
   * Whether groups may be ranked before their times are known, and few enough are shown: each is
   * all flows of a destination that pass.
   *
   * @param shown groups at most
   */
  static boolean suffice(
      StoredGroups groups,
      RunPlan plan,
      MergedFiles.Keys keys,
      List<Ranking> rankings,
      long shown) {
    return shown * LOOKUP_COST <= groups.size()
        && plan.isOneGroup(keys.dstColumn())
        && !plan.readsTimes()
        && rankings.stream()
            .allMatch(ranking -> RANKED_WITHOUT_TIMES.contains(ranking.order().measure()));
  }

  /**
   * The same rows and totals with times.
   *
   * @return empty where a file turns out not to be in order, or {@code ::} is shown, at whose place
   *     flows without an address lie too
   */
  Optional<TopRows> of(TopRows ranked) {
    if (ranked.totals().records() == 0) {
      return Optional.of(ranked);
    }
    List<Destinations> wanted = new ArrayList<>();
    wanted.add(Destinations.ALL);
    ranked.tables().stream()
        .flatMap(List::stream)
        .map(row -> Destinations.of(row, keys.dstColumn()))
        .distinct()
        .forEach(wanted::add);
    if (wanted.stream().skip(1).anyMatch(each -> each.from().equals(Place.LOWEST))) {
      return Optional.empty();
    }
    Map<Destinations, Span> known = new HashMap<>();
    for (Map<Destinations, Span> found : spans(wanted)) {
      known.putAll(found);
    }
    if (known.size() < wanted.size()) {
      return Optional.empty();
    }
    List<List<InternalRow>> tables =
        ranked.tables().stream()
            .map(
                table ->
                    table.stream()
                        .map(row -> at(known.get(Destinations.of(row, keys.dstColumn())), row))
                        .toList())
            .toList();
    Span all = known.get(Destinations.ALL);
    return Optional.of(
        new TopRows(
            ranked.totals().seen(all.first() / MICROS_PER_MILLI, all.last() / MICROS_PER_MILLI),
            tables));
  }

  private static InternalRow at(Span span, InternalRow group) {
    UnsafeRow row = ((UnsafeRow) group).copy();
    row.setLong(CounterColumns.FIRST, span.first());
    row.setLong(CounterColumns.LAST, span.last());
    return row;
  }

  private List<Map<Destinations, Span>> spans(List<Destinations> wanted) {
    int threads = Math.min(Runtime.getRuntime().availableProcessors(), wanted.size());
    List<Callable<Map<Destinations, Span>>> shares = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int share = i;
      shares.add(
          () -> {
            FlowRuns.Shared shared = new FlowRuns.Shared(plan, keys);
            Map<Destinations, Span> spans = new HashMap<>();
            for (int each = share; each < wanted.size(); each += threads) {
              Destinations destinations = wanted.get(each);
              span(destinations, shared).ifPresent(span -> spans.put(destinations, span));
            }
            return spans;
          });
    }
    try (FileReaders readers = new FileReaders(threads, "the flows")) {
      return readers.results(shares);
    }
  }

  /** Empty where a file is not in order, or the flows are not where it should have them. */
  private Optional<Span> span(Destinations wanted, FlowRuns.Shared shared) throws IOException {
    OptionalLong first = least(byFirst, StoredGroup::earliest, Span::first, wanted, shared);
    // Turns the order round, where a minus would overflow.
    OptionalLong last =
        least(byLast, group -> ~group.latest(), span -> ~span.last(), wanted, shared);
    // Each has flows, or it would not be shown.
    return first.isEmpty() || last.isEmpty() || first.getAsLong() > ~last.getAsLong()
        ? Optional.empty()
        : Optional.of(new Span(first.getAsLong(), ~last.getAsLong()));
  }

  /**
   * The least value of the flows of some destinations; the greatest number where there are none.
   *
   * @param groups by what their values are not below
   * @return empty where a file is not in order
   */
  private OptionalLong least(
      List<Held> groups,
      ToLongFunction<StoredGroup> bound,
      ToLongFunction<Span> value,
      Destinations wanted,
      FlowRuns.Shared shared)
      throws IOException {
    long least = Long.MAX_VALUE;
    for (Held held : groups) {
      if (bound.applyAsLong(held.group()) >= least) {
        break;
      }
      if (wanted.mayBeIn(held.group())) {
        Optional<Span> found = read(held, wanted, shared);
        if (found.isEmpty()) {
          return OptionalLong.empty();
        }
        least = Math.min(least, value.applyAsLong(found.get()));
      }
    }
    return OptionalLong.of(least);
  }

  private Optional<Span> read(Held held, Destinations wanted, FlowRuns.Shared shared)
      throws IOException {
    try (RowGroupReader file = RowGroupReader.open(held.path(), hadoop)) {
      FlowRuns runs = new FlowRuns(file, List.of(held.group()), PlaceRange.ALL, shared);
      long first = Long.MAX_VALUE;
      long last = Long.MIN_VALUE;
      while (runs.advance()) {
        if (wanted.hold(runs)) {
          long[] counters = runs.counters();
          first = Math.min(first, counters[CounterColumns.FIRST]);
          last = Math.max(last, counters[CounterColumns.LAST]);
        }
      }
      return runs.isInOrder() ? Optional.of(new Span(first, last)) : Optional.empty();
    }
  }
}
