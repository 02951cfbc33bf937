package org.flowlake.converters.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.iceberg.Table;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.parquet.AddressSearch;
import org.flowlake.converters.parquet.FileReaders;
import org.flowlake.converters.parquet.RowGroupReader;
import org.flowlake.converters.parquet.StoredParquet;
import org.flowlake.converters.rollup.HostSightings;
import org.flowlake.converters.rollup.PossibleDays;

/**
 * Finds the flows of few hosts in this JVM. Of a day's files only the columns of addresses are read
 * that the sightings speak of: of destinations, by which flows are sorted, the one or two row
 * groups that can hold the host; of sources that one column, up to the last flow that the rollups
 * count on the day.
 */
public final class FlowSearch {
  /** More flows are a question for a scan: those that are found are held by the driver. */
  static final long MOST_FLOWS = 10_000;

  /** Sources that a thread may look through; more is for the executors. */
  private static final long MOST_ROWS_PER_THREAD = 25_000_000;

  /** So that the day of a single file is work for every thread, too. */
  private static final int MOST_GROUPS_AT_ONCE = 8;

  private final Table flows;
  private final List<FlowField> fields;
  private final long largestTask;
  private final int threads;

  /**
   * Looks into a table of flows.
   *
   * @param fields its columns
   * @param largestTask bytes of a row group up to which scans keep the order of row groups
   * @param threads how many files are read at once
   */
  public FlowSearch(Table flows, List<FlowField> fields, long largestTask, int threads) {
    this.flows = flows;
    this.fields = List.copyOf(fields);
    this.largestTask = largestTask;
    this.threads = threads;
  }

  /**
   * Hosts on one day.
   *
   * @param left their flows that are not found yet: the rollups say how many there are, so that the
   *     search ends with the last one; shared by all threads
   */
  private record Sought(HostSightings hosts, AtomicLong left) {
    boolean isFound() {
      return left.get() <= 0;
    }
  }

  /** A file and the hosts that can be in it. */
  private record Candidate(FlowFiles.FlowFile file, List<Sought> hosts) {
    boolean isSearchedForSources() {
      return hosts.stream().anyMatch(sought -> sought.hosts().side() == FlowField.SRC_ADDR);
    }
  }

  /**
   * All flows that any of these sightings is of, in the order in which a scan gives them.
   *
   * @param days of the flows; those of other days are not looked for
   * @return empty where a scan has to look: there are many flows, or many sources to look through;
   *     flows without time; files that only Iceberg's readers read right, or that scans may read in
   *     another order
   */
  public Optional<FoundFlows> find(long snapshot, List<HostSightings> hosts, PossibleDays days) {
    long most = hosts.stream().mapToLong(sighting -> countOf(sighting, days)).sum();
    if (days.all() || days.withoutTime() || most > MOST_FLOWS) {
      return Optional.empty();
    }
    Optional<List<Candidate>> files = candidates(snapshot, hosts, days);
    if (files.isEmpty()) {
      return Optional.empty();
    }
    long sources =
        files.get().stream()
            .filter(Candidate::isSearchedForSources)
            .mapToLong(candidate -> candidate.file().rows())
            .sum();
    return sources > MOST_ROWS_PER_THREAD * threads ? Optional.empty() : find(files.get());
  }

  private static long countOf(HostSightings hosts, PossibleDays days) {
    return hosts.records().entrySet().stream()
        .filter(day -> days.days().contains(day.getKey()))
        .mapToLong(day -> day.getValue())
        .sum();
  }

  private Optional<List<Candidate>> candidates(
      long snapshot, List<HostSightings> hosts, PossibleDays days) {
    List<Candidate> candidates = new ArrayList<>();
    Map<Integer, List<Sought>> byDay = new HashMap<>();
    for (FlowFiles.FlowFile file : FlowFiles.of(flows, snapshot, days.expression())) {
      boolean isAsked = file.day() != null && days.days().contains(file.day());
      if (!file.isOfDay() || isAsked && !(file.isPlain() && isReadInOrder(file))) {
        return Optional.empty();
      }
      List<Sought> inFile =
          isAsked ? byDay.computeIfAbsent(file.day(), day -> sought(hosts, day)) : List.of();
      if (!inFile.isEmpty()) {
        candidates.add(new Candidate(file, inFile));
      }
    }
    return Optional.of(candidates);
  }

  private static List<Sought> sought(List<HostSightings> hosts, int day) {
    return hosts.stream()
        .filter(host -> host.days().days().contains(day))
        .map(host -> new Sought(host, new AtomicLong(host.records().get(day))))
        .toList();
  }

  /**
   * Iceberg cuts files at their row groups and takes each that is smaller than {@code largestTask}
   * for as large as that: so they fill tasks one after the other. Of larger ones a small one may
   * find room in a task before.
   */
  private boolean isReadInOrder(FlowFiles.FlowFile file) {
    return file.largestGroup() <= largestTask;
  }

  private Optional<FoundFlows> find(List<Candidate> candidates) {
    try (FileReaders readers = new FileReaders(threads, "the flows")) {
      List<Callable<Optional<List<Part>>>> opened = new ArrayList<>();
      candidates.forEach(candidate -> opened.add(() -> parts(candidate)));
      List<Callable<List<FoundFlows.Rows>>> searched = new ArrayList<>();
      for (Optional<List<Part>> parts : readers.results(opened)) {
        if (parts.isEmpty()) {
          return Optional.empty();
        }
        parts.get().forEach(part -> searched.add(() -> search(part)));
      }
      return Optional.of(
          new FoundFlows(
              fields, readers.results(searched).stream().flatMap(List::stream).toList(), threads));
    }
  }

  /** Row groups of a file to look through. */
  private record Part(StoredParquet file, List<Sought> hosts, List<Integer> groups) {}

  /** Empty where the file has columns of other types. */
  private Optional<List<Part>> parts(Candidate candidate) throws IOException {
    StoredParquet file = new StoredParquet(flows.io().newInputFile(candidate.file().location()));
    try (RowGroupReader reader = RowGroupReader.open(file)) {
      if (!reader.accepts(
          fields.stream().map(StoredField::new).map(StoredField::column).toList())) {
        return Optional.empty();
      }
      List<AddressSearch> searches = searches(candidate.hosts());
      List<Part> parts = new ArrayList<>();
      List<Integer> groups = new ArrayList<>();
      for (int group = 0; group < reader.groups(); group++) {
        if (mayFind(searches, reader, group)) {
          groups.add(group);
        }
        if (groups.size() == MOST_GROUPS_AT_ONCE
            || !groups.isEmpty() && group + 1 == reader.groups()) {
          parts.add(new Part(file, candidate.hosts(), List.copyOf(groups)));
          groups.clear();
        }
      }
      return Optional.of(parts);
    }
  }

  private static boolean mayFind(List<AddressSearch> searches, RowGroupReader file, int group)
      throws IOException {
    for (AddressSearch search : searches) {
      if (search.mayFind(file, group)) {
        return true;
      }
    }
    return false;
  }

  private static List<AddressSearch> searches(List<Sought> hosts) {
    return hosts.stream()
        .map(Sought::hosts)
        .map(host -> new AddressSearch(host.side().column(), host.addresses()))
        .toList();
  }

  private static List<FoundFlows.Rows> search(Part part) throws IOException {
    List<AddressSearch> searches = searches(part.hosts());
    List<FoundFlows.Rows> found = new ArrayList<>();
    try (RowGroupReader reader = RowGroupReader.open(part.file())) {
      for (int group : part.groups()) {
        Set<Integer> rows = new TreeSet<>();
        for (int i = 0; i < searches.size(); i++) {
          Sought sought = part.hosts().get(i);
          if (!sought.isFound() && searches.get(i).mayFind(reader, group)) {
            int[] ofHosts = searches.get(i).rows(reader, group);
            sought.left().addAndGet(-ofHosts.length);
            IntStream.of(ofHosts).forEach(rows::add);
          }
        }
        if (!rows.isEmpty()) {
          found.add(
              new FoundFlows.Rows(
                  part.file(), group, rows.stream().mapToInt(Integer::intValue).toArray()));
        }
      }
    }
    return found;
  }
}
