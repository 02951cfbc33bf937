package org.flowlake.converters.rollup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import org.apache.iceberg.Table;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.parquet.AddressSearch;
import org.flowlake.converters.parquet.FileReaders;
import org.flowlake.converters.parquet.NumberColumn;
import org.flowlake.converters.parquet.RowGroupReader;
import org.flowlake.converters.parquet.StoredParquet;
import org.flowlake.udfs.ip.IpPrefixSet;

/**
 * On which days hosts were seen, and in how many flows, from the rollups of hosts: the rows per
 * year say whether at all, and between when; those per day say on which. They are sorted by
 * address, so of a file only the row groups are read that can hold one of the addresses. No flow is
 * read.
 */
public final class HostIndex {
  /**
   * Of a year's file. So many hosts are on most days anyway, and through so many addresses it takes
   * long to look.
   */
  private static final Limit OF_YEAR = new Limit(50_000, 8_000_000);

  private static final Limit NONE = new Limit(Long.MAX_VALUE, Long.MAX_VALUE);

  private static final long MILLIS_PER_DAY = 86_400_000L;

  private final Table rollups;
  private final HostFiles files;
  private final int threads;

  private HostIndex(Table rollups, HostFiles files, int threads) {
    this.rollups = rollups;
    this.files = files;
    this.threads = threads;
  }

  /**
   * The index of a state of the rollups; empty where these keep no hosts.
   *
   * @param threads how many files are read at once
   */
  public static Optional<HostIndex> of(Table rollups, RollupSnapshot state, int threads) {
    return state.complete().containsAll(List.of(Rollup.SRC_HOST, Rollup.DST_HOST))
        ? Optional.of(new HostIndex(rollups, HostFiles.of(rollups, state.id()), threads))
        : Optional.empty();
  }

  /**
   * The flows whose address is in the set.
   *
   * @param side {@code src_addr} or {@code dst_addr}
   * @param from only days from this on, days since 1970-01-01
   * @param to only days up to this one, inclusive
   */
  public HostSightings sightings(FlowField side, IpPrefixSet addresses, int from, int to) {
    Rollup rollup = side == FlowField.SRC_ADDR ? Rollup.SRC_HOST : Rollup.DST_HOST;
    Search search = new Search(side, addresses, rollup);
    try (FileReaders readers = new FileReaders(threads, "the rollups")) {
      List<Callable<Optional<Span>>> asked = new ArrayList<>();
      for (HostFiles.HostFile file : files.of(rollup, RollupPeriod.YEAR, addresses)) {
        asked.add(() -> span(search, file));
      }
      Span all = Span.NONE;
      for (Optional<Span> span : readers.results(asked)) {
        if (span.isEmpty()) {
          return HostSightings.anywhere(side, addresses);
        }
        all = all.plus(span.get());
      }
      Map<Integer, Long> records =
          records(search, Math.max(from, all.first()), Math.min(to, all.last()), readers);
      return new HostSightings(
          side,
          addresses,
          new PossibleDays(false, new TreeSet<>(records.keySet()), all.withoutTime()),
          records);
    }
  }

  /**
   * When reading a file ends early.
   *
   * @param found rows that are looked for
   * @param lookedAt rows that could be some
   */
  private record Limit(long found, long lookedAt) {}

  /** Whose rows are looked for. */
  private record Search(FlowField side, IpPrefixSet addresses, Rollup rollup) {}

  /**
   * Days since 1970-01-01 from the first flow of hosts to the end of the last one.
   *
   * @param withoutTime whether there are flows without time
   */
  private record Span(int first, int last, boolean withoutTime) {
    static final Span NONE = new Span(Integer.MAX_VALUE, Integer.MIN_VALUE, false);

    Span plus(Span more) {
      return new Span(
          Math.min(first, more.first), Math.max(last, more.last), withoutTime || more.withoutTime);
    }
  }

  /** Empty if there are too many rows to look at. */
  private Optional<Span> span(Search search, HostFiles.HostFile file) throws IOException {
    NumberColumn first = NumberColumn.ofNumbers(RollupTable.FIRST_MILLIS);
    NumberColumn last = NumberColumn.ofNumbers(RollupTable.LAST_MILLIS);
    Span[] all = {Span.NONE};
    boolean complete =
        read(
            search,
            file,
            OF_YEAR,
            List.of(first, last),
            row -> all[0] = all[0].plus(span(first, last, row)));
    return complete ? Optional.of(all[0]) : Optional.empty();
  }

  private static Span span(NumberColumn first, NumberColumn last, int row) {
    if (first.isAbsent(row)) {
      return new Span(Span.NONE.first(), Span.NONE.last(), true);
    }
    int begin = day(first.value(row));
    int end = last.isAbsent(row) ? Integer.MAX_VALUE : Math.max(begin, day(last.value(row)));
    return new Span(begin, end, false);
  }

  private static int day(long millis) {
    return Math.toIntExact(Math.floorDiv(millis, MILLIS_PER_DAY));
  }

  /** Flow records by day, of the days that have any. */
  private Map<Integer, Long> records(Search search, int first, int last, FileReaders readers) {
    List<HostFiles.HostFile> ofDays =
        first > last
            ? List.of()
            : files.of(search.rollup(), RollupPeriod.DAY, search.addresses()).stream()
                .filter(file -> file.date() != null && file.date() >= first && file.date() <= last)
                .toList();
    List<Callable<Long>> asked = new ArrayList<>();
    ofDays.forEach(file -> asked.add(() -> records(search, file)));
    List<Long> found = readers.results(asked);
    Map<Integer, Long> records = new HashMap<>();
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i) > 0) {
        records.merge(ofDays.get(i).date(), found.get(i), Long::sum);
      }
    }
    return records;
  }

  private long records(Search search, HostFiles.HostFile file) throws IOException {
    NumberColumn records = NumberColumn.ofNumbers(RollupTable.RECORDS);
    long[] sum = {0};
    read(search, file, NONE, List.of(records), row -> sum[0] += records.value(row));
    return sum[0];
  }

  /** Reads columns of the rows that are looked for; false if the limit ended it. */
  private boolean read(
      Search search,
      HostFiles.HostFile file,
      Limit limit,
      List<NumberColumn> columns,
      IntConsumer eachRow)
      throws IOException {
    AddressSearch hosts = new AddressSearch(search.side().column(), search.addresses());
    long lookedAt = 0;
    long found = 0;
    try (RowGroupReader reader =
        RowGroupReader.open(new StoredParquet(rollups.io().newInputFile(file.location())))) {
      for (int group = 0; group < reader.groups(); group++) {
        if (!hosts.mayFind(reader, group)) {
          continue;
        }
        lookedAt += reader.rows(group);
        if (lookedAt > limit.lookedAt()) {
          return false;
        }
        int[] rows = hosts.rows(reader, group);
        found += rows.length;
        if (found > limit.found()) {
          return false;
        }
        if (rows.length > 0) {
          reader.pick(group, columns, rows);
          for (int row = 0; row < rows.length; row++) {
            eachRow.accept(row);
          }
        }
      }
    }
    return true;
  }
}
