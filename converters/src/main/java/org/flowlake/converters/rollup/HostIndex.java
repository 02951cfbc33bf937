package org.flowlake.converters.rollup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
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

  private static final long MILLIS_PER_DAY = 86_400_000L;

  private final Table rollups;
  private final long snapshot;
  private final int threads;

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
   * The days of flows whose address is in the set.
   *
   * @param side {@code src_addr} or {@code dst_addr}
   * @param from only days from this on, days since 1970-01-01
   * @param to only days up to this one, inclusive
   */
  public PossibleDays days(FlowField side, IpPrefixSet addresses, int from, int to) {
    if (addresses.isEmpty()) {
      return new PossibleDays(false, new TreeSet<>(), false);
    }
    Rollup rollup = side == FlowField.SRC_ADDR ? Rollup.SRC_HOST : Rollup.DST_HOST;
    try (FileReaders readers = new FileReaders(threads)) {
      Search search = new Search(side, addresses);
      Optional<List<Span>> spans = spans(search, years(rollup, search), readers);
      if (spans.isEmpty()) {
        return PossibleDays.ALL;
      }
      return days(search, rollup, spans.get(), from, to, readers);
    }
  }

  /** Days since 1970-01-01 from the first flow of a host to the end of its last one. */
  private record Span(int first, int last) {}

  /** Whose rows are looked for. */
  private record Search(FlowField side, IpPrefixSet addresses) {
    boolean matches(StructLike row) {
      ByteBuffer address = row.get(0, ByteBuffer.class);
      if (address == null) {
        return false;
      }
      byte[] bytes = new byte[FlowColumn.ADDRESS_BYTES];
      address.duplicate().get(bytes);
      return addresses.contains(bytes, 4) || addresses.contains(bytes, 6);
    }
  }

  private List<DataFile> years(Rollup rollup, Search search) {
    return files(
        Expressions.and(
            Expressions.equal(RollupTable.ROLLUP, RollupTable.name(rollup, RollupPeriod.YEAR)),
            rangesOf(search)));
  }

  /** Empty if there are too many rows to look at; a null span is of flows without time. */
  private Optional<List<Span>> spans(Search search, List<DataFile> years, FileReaders readers) {
    List<Callable<Optional<List<Span>>>> asked = new ArrayList<>();
    years.forEach(file -> asked.add(() -> spans(search, file)));
    List<Span> all = new ArrayList<>();
    for (Optional<List<Span>> spans : readers.results(asked)) {
      if (spans.isEmpty()) {
        return Optional.empty();
      }
      all.addAll(spans.get());
    }
    return Optional.of(all);
  }

  private Optional<List<Span>> spans(Search search, DataFile file) throws IOException {
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
        if (search.matches(next)) {
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
    List<Span> spans = new ArrayList<>();
    if (first <= last) {
      spans.add(new Span(first, last));
    }
    if (withoutTime) {
      spans.add(null);
    }
    return Optional.of(spans);
  }

  private static int day(long millis) {
    return Math.toIntExact(Math.floorDiv(millis, MILLIS_PER_DAY));
  }

  private PossibleDays days(
      Search search, Rollup rollup, List<Span> spans, int from, int to, FileReaders readers) {
    NavigableSet<Integer> days = new TreeSet<>();
    List<Span> timed = spans.stream().filter(Objects::nonNull).toList();
    int first = Math.max(from, timed.stream().mapToInt(Span::first).min().orElse(1));
    int last = Math.min(to, timed.stream().mapToInt(Span::last).max().orElse(0));
    if (first <= last) {
      List<Callable<Optional<Integer>>> asked = new ArrayList<>();
      for (DataFile file : daysOf(rollup, search, first, last)) {
        Integer day = file.partition().get(1, Integer.class);
        asked.add(() -> holds(search, file) ? Optional.of(day) : Optional.empty());
      }
      readers.results(asked).forEach(day -> day.ifPresent(days::add));
    }
    return new PossibleDays(false, days, timed.size() < spans.size());
  }

  private List<DataFile> daysOf(Rollup rollup, Search search, int first, int last) {
    return files(
        Expressions.and(
            Expressions.equal(RollupTable.ROLLUP, RollupTable.name(rollup, RollupPeriod.DAY)),
            Expressions.greaterThanOrEqual(RollupTable.DATE, first),
            Expressions.lessThanOrEqual(RollupTable.DATE, last),
            rangesOf(search)));
  }

  private boolean holds(Search search, DataFile file) throws IOException {
    try (CloseableIterable<StructLike> all = open(search, file);
        CloseableIterator<StructLike> row = all.iterator()) {
      while (row.hasNext()) {
        if (search.matches(row.next())) {
          return true;
        }
      }
      return false;
    }
  }

  /** The rows of the row groups that can hold one: address, earliest first seen, latest last. */
  private CloseableIterable<StructLike> open(Search search, DataFile file) {
    Schema columns =
        new Schema(
            rollups.schema().findField(search.side().column()),
            rollups.schema().findField(RollupTable.FIRST_MILLIS),
            rollups.schema().findField(RollupTable.LAST_MILLIS));
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

  private static Expression rangesOf(Search search) {
    IpPrefixSet addresses = search.addresses();
    List<IpRange> ranges = addresses.size() <= MOST_RANGES ? addresses.ranges() : hulls(addresses);
    Expression any = Expressions.alwaysFalse();
    for (IpRange range : ranges) {
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
