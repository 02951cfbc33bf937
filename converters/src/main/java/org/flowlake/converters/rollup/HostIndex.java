package org.flowlake.converters.rollup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.parquet.InternalReader;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.CloseableIterator;
import org.apache.iceberg.parquet.Parquet;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.udfs.ip.IpPrefixSet;
import org.flowlake.udfs.ip.IpRange;

/**
 * On which days hosts were seen, from the rollups of hosts: the rows per year say whether at all,
 * and between when; those per day say on which. They are sorted by address, so of a file only the
 * row groups are read that can hold one of the addresses, and of a day only what comes before the
 * first of them. No flow is read.
 */
public final class HostIndex {
  /** Of a year's rows; addresses with more are on most days anyway. */
  private static final int MOST_ROWS = 50_000;

  /** More ranges are asked for as one, from the first to the last of each family. */
  private static final int MOST_RANGES = 100;

  /** Of one day. */
  private static final int MOST_TIMES = 64;

  private static final long[] ANY_TIME = {};

  private static final long MILLIS_PER_DAY = 86_400_000L;

  private final Table rollups;
  private final long snapshot;
  private final int threads;

  /** What was looked for already: a question may ask for its days and for its flows. */
  private final Map<Asked, HostSightings> known = new HashMap<>();

  private HostIndex(Table rollups, long snapshot, int threads) {
    this.rollups = rollups;
    this.snapshot = snapshot;
    this.threads = threads;
  }

  /**
   * The index of a state of the rollups; empty where these keep no hosts.
   *
   * @param threads how many files are read at once
   */
  public static Optional<HostIndex> of(Table rollups, RollupSnapshot state, int threads) {
    return state.complete().containsAll(List.of(Rollup.SRC_HOST, Rollup.DST_HOST))
        ? Optional.of(new HostIndex(rollups, state.id(), threads))
        : Optional.empty();
  }

  /**
   * What is known of the flows whose address is in the set.
   *
   * @param side {@code src_addr} or {@code dst_addr}
   * @param from only days from this on, days since 1970-01-01
   * @param to only days up to this one, inclusive
   */
  public synchronized HostSightings sightings(
      FlowField side, IpPrefixSet addresses, int from, int to) {
    return known.computeIfAbsent(
        new Asked(side, addresses, from, to), key -> look(side, addresses, from, to));
  }

  private HostSightings look(FlowField side, IpPrefixSet addresses, int from, int to) {
    if (addresses.isEmpty()) {
      PossibleDays none = new PossibleDays(false, new TreeSet<>(), false);
      return new HostSightings(side, addresses, none, 0, Map.of());
    }
    Rollup rollup = side == FlowField.SRC_ADDR ? Rollup.SRC_HOST : Rollup.DST_HOST;
    try (FileReaders readers = new FileReaders(threads)) {
      Search search = Search.of(side, addresses);
      Optional<List<Span>> spans = spans(search, years(rollup, search), readers);
      if (spans.isEmpty()) {
        return HostSightings.anywhere(side, addresses);
      }
      return sightings(search, rollup, spans.get(), from, to, readers);
    }
  }

  private record Asked(FlowField side, IpPrefixSet addresses, int from, int to) {}

  /**
   * Rows of a year.
   *
   * @param first day of the earliest flow, days since 1970-01-01
   * @param last day of the end of the latest one; before {@code first} where no flow has a time
   * @param withoutTime whether there are flows without time
   */
  private record Span(int first, int last, boolean withoutTime, long records) {}

  /** Whose rows are looked for. */
  private record Search(FlowField side, IpPrefixSet addresses, byte[] greatest) {
    static Search of(FlowField side, IpPrefixSet addresses) {
      byte[] greatest = new byte[FlowColumn.ADDRESS_BYTES];
      for (IpRange range : addresses.ranges()) {
        byte[] last = range.last().toBytes();
        greatest = Arrays.compareUnsigned(last, greatest) > 0 ? last : greatest;
      }
      return new Search(side, addresses, greatest);
    }

    boolean matches(StructLike row) {
      ByteBuffer address = row.get(0, ByteBuffer.class);
      if (address == null) {
        return false;
      }
      byte[] bytes = new byte[FlowColumn.ADDRESS_BYTES];
      address.duplicate().get(bytes);
      return addresses.contains(bytes, 4) || addresses.contains(bytes, 6);
    }

    /** Whether no later row can match: they are sorted by address. */
    boolean isPast(StructLike row) {
      ByteBuffer address = row.get(0, ByteBuffer.class);
      if (address == null) {
        return false;
      }
      byte[] bytes = new byte[FlowColumn.ADDRESS_BYTES];
      address.duplicate().get(bytes);
      return Arrays.compareUnsigned(bytes, greatest) > 0;
    }
  }

  private List<DataFile> years(Rollup rollup, Search search) {
    return files(
        Expressions.and(
            Expressions.equal(RollupTable.ROLLUP, RollupTable.name(rollup, RollupPeriod.YEAR)),
            rangesOf(search)));
  }

  /** Empty if there are too many rows to look at. */
  private Optional<List<Span>> spans(Search search, List<DataFile> years, FileReaders readers) {
    List<Callable<Optional<Span>>> asked = new ArrayList<>();
    years.forEach(file -> asked.add(() -> span(search, file)));
    List<Span> all = new ArrayList<>();
    for (Optional<Span> span : readers.results(asked)) {
      if (span.isEmpty()) {
        return Optional.empty();
      }
      all.add(span.get());
    }
    return Optional.of(all);
  }

  private Optional<Span> span(Search search, DataFile file) throws IOException {
    long records = 0;
    int first = Integer.MAX_VALUE;
    int last = Integer.MIN_VALUE;
    boolean withoutTime = false;
    int rows = 0;
    try (CloseableIterable<StructLike> all = open(search, file);
        CloseableIterator<StructLike> row = all.iterator()) {
      while (row.hasNext()) {
        if (++rows > MOST_ROWS) {
          return Optional.empty();
        }
        StructLike next = row.next();
        if (search.isPast(next)) {
          break;
        }
        if (search.matches(next)) {
          records += next.get(3, Long.class);
          Long begin = next.get(1, Long.class);
          Long end = next.get(2, Long.class);
          if (begin == null) {
            withoutTime = true;
          } else {
            first = Math.min(first, day(begin));
            last = Math.max(last, end == null ? Integer.MAX_VALUE : day(Math.max(begin, end)));
          }
        }
      }
    }
    return Optional.of(new Span(first, last, withoutTime, records));
  }

  private static int day(long millis) {
    return Math.toIntExact(Math.floorDiv(millis, MILLIS_PER_DAY));
  }

  private HostSightings sightings(
      Search search, Rollup rollup, List<Span> spans, int from, int to, FileReaders readers) {
    NavigableSet<Integer> days = new TreeSet<>();
    Map<Integer, long[]> times = new HashMap<>();
    int first = Math.max(from, spans.stream().mapToInt(Span::first).min().orElse(1));
    int last = Math.min(to, spans.stream().mapToInt(Span::last).max().orElse(0));
    if (first <= last) {
      List<DataFile> files = daysOf(rollup, search, first, last);
      List<Callable<Optional<long[]>>> asked = new ArrayList<>();
      files.forEach(file -> asked.add(() -> times(search, file)));
      List<Optional<long[]>> found = readers.results(asked);
      for (int i = 0; i < files.size(); i++) {
        Integer day = RollupTable.date(files.get(i));
        if (found.get(i).isPresent()) {
          days.add(day);
          times.merge(day, found.get(i).get(), HostIndex::joined);
        }
      }
      times.values().removeIf(ofDay -> ofDay == ANY_TIME);
    }
    return new HostSightings(
        search.side(),
        search.addresses(),
        new PossibleDays(false, days, spans.stream().anyMatch(Span::withoutTime)),
        spans.stream().mapToLong(Span::records).sum(),
        times);
  }

  private static long[] joined(long[] some, long[] more) {
    return some == ANY_TIME || more == ANY_TIME
        ? ANY_TIME
        : LongStream.concat(LongStream.of(some), LongStream.of(more)).toArray();
  }

  private List<DataFile> daysOf(Rollup rollup, Search search, int first, int last) {
    return files(
        Expressions.and(
            Expressions.equal(RollupTable.ROLLUP, RollupTable.name(rollup, RollupPeriod.DAY)),
            Expressions.greaterThanOrEqual(RollupTable.DATE, first),
            Expressions.lessThanOrEqual(RollupTable.DATE, last),
            rangesOf(search)));
  }

  /**
   * When the flows of a file's day were first seen, microseconds; {@link #ANY_TIME} unless each has
   * a row of its own, and empty if there are none.
   */
  private Optional<long[]> times(Search search, DataFile file) throws IOException {
    List<Long> times = new ArrayList<>();
    try (CloseableIterable<StructLike> all = open(search, file);
        CloseableIterator<StructLike> row = all.iterator()) {
      while (row.hasNext()) {
        StructLike next = row.next();
        if (search.isPast(next)) {
          break;
        }
        if (search.matches(next)) {
          Long millis = next.get(1, Long.class);
          if (next.get(3, Long.class) > 1 || millis == null || times.size() == MOST_TIMES) {
            return Optional.of(ANY_TIME);
          }
          Integer micros = next.get(4, Integer.class);
          times.add(millis * RollupTable.MICROS_PER_MILLI + (micros == null ? 0 : micros));
        }
      }
    }
    return times.isEmpty()
        ? Optional.empty()
        : Optional.of(times.stream().mapToLong(Long::longValue).toArray());
  }

  /**
   * The rows of the row groups that can hold one: address, earliest first seen and latest last seen
   * in milliseconds, records, microseconds of first seen.
   */
  private CloseableIterable<StructLike> open(Search search, DataFile file) {
    Schema columns =
        new Schema(
            rollups.schema().findField(search.side().column()),
            rollups.schema().findField(RollupTable.FIRST_MILLIS),
            rollups.schema().findField(RollupTable.LAST_MILLIS),
            rollups.schema().findField(RollupTable.RECORDS),
            rollups.schema().findField(RollupTable.FIRST_MICROS));
    return Parquet.read(rollups.io().newInputFile(file.location()))
        .project(columns)
        .filter(rangesOf(search))
        .createReaderFunc(schema -> InternalReader.create(columns, schema))
        .build();
  }

  private List<DataFile> files(Expression wanted) {
    List<DataFile> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks =
        rollups.newScan().useSnapshot(snapshot).filter(wanted).planFiles()) {
      tasks.forEach(task -> files.add(task.file()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read which files are in " + rollups.location(), e);
    }
    return files;
  }

  /** The ranges of a set, or few larger ones around them. */
  static List<IpRange> ranges(IpPrefixSet addresses) {
    return addresses.size() <= MOST_RANGES ? addresses.ranges() : hulls(addresses);
  }

  private static Expression rangesOf(Search search) {
    Expression any = Expressions.alwaysFalse();
    for (IpRange range : ranges(search.addresses())) {
      any =
          Expressions.or(
              any,
              Expressions.and(
                  Expressions.greaterThanOrEqual(
                      search.side().column(), ByteBuffer.wrap(range.first().toBytes())),
                  Expressions.lessThanOrEqual(
                      search.side().column(), ByteBuffer.wrap(range.last().toBytes()))));
    }
    return any;
  }

  private static List<IpRange> hulls(IpPrefixSet addresses) {
    List<IpRange> hulls = new ArrayList<>();
    for (int version : List.of(4, 6)) {
      List<IpRange> ranges = addresses.ranges(version);
      if (!ranges.isEmpty()) {
        hulls.add(new IpRange(ranges.get(0).first(), ranges.get(ranges.size() - 1).last()));
      }
    }
    return hulls;
  }
}
