package org.flowlake.jobs.scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;
import org.flowlake.converters.lake.SortedLakeFiles;
import org.flowlake.converters.parquet.ParquetFooters;
import org.flowlake.converters.parquet.RowGroupReader;
import org.flowlake.converters.parquet.StoredColumn;

/** The row groups of a lake's files that can hold flows of a plan. */
final class StoredGroups {
  /** What the columns of a task's files may take, a row group of each file. */
  private static final long MOST_BYTES = 256L << 20;

  /** Row groups of one file in a range, so many that it does not matter which has the cut. */
  private static final int MANY = 4;

  private final Map<String, List<StoredGroup>> groups = new LinkedHashMap<>();

  /** Of each file: what the columns take of its largest row group. */
  private final Map<String, Long> bytes;

  private final boolean byPair;

  private StoredGroups(boolean byPair, Map<String, Long> bytes) {
    this.byPair = byPair;
    this.bytes = bytes;
  }

  /**
   * The row groups of files.
   *
   * @param byPair whether the source address is a key too, so that the flows of one destination may
   *     be cut by source
   * @return empty where a file has columns of other types
   */
  static Optional<StoredGroups> of(
      SortedLakeFiles files, RunPlan plan, boolean byPair, Configuration hadoop)
      throws IOException {
    StoredGroups stored = new StoredGroups(byPair, new HashMap<>());
    Map<String, StoredColumn> named = new LinkedHashMap<>();
    plan.tested().forEach(column -> named.put(column.name(), RunPlan.stored(column)));
    plan.shown().forEach(column -> named.put(column.name(), RunPlan.stored(column)));
    StoredCounters.addTo(plan.counted(), named);
    List<StoredColumn> columns = List.copyOf(named.values());
    ParquetFooters.load(files.paths(), hadoop);
    for (String path : files.paths()) {
      ParquetMetadata footer = ParquetFooters.of(path, hadoop);
      MessageType schema = footer.getFileMetaData().getSchema();
      if (!RowGroupReader.accepts(schema, columns)) {
        return Optional.empty();
      }
      stored.add(path, footer, new ToldFilter(plan.filter(), schema), columns);
    }
    return Optional.of(stored);
  }

  /** The row groups by path of their file, in file order. */
  Map<String, List<StoredGroup>> byFile() {
    return Collections.unmodifiableMap(groups);
  }

  /** Adds what the filter leaves. */
  private void add(
      String path, ParquetMetadata footer, ToldFilter filter, List<StoredColumn> columns) {
    List<BlockMetaData> all = footer.getBlocks();
    List<StoredGroup> inFile = StoredGroup.of(all);
    Set<BlockMetaData> left = filter.mayPass(all);
    // Of most questions few row groups are left, and to look at all columns of the others takes
    // long.
    Set<BlockMetaData> mixed = filter.mayFail(all.stream().filter(left::contains).toList());
    List<StoredGroup> kept = new ArrayList<>();
    long most = 0;
    for (int i = 0; i < all.size(); i++) {
      if (left.contains(all.get(i))) {
        kept.add(mixed.contains(all.get(i)) ? inFile.get(i) : inFile.get(i).passing());
        most = Math.max(most, RowGroupReader.bytes(all.get(i), columns));
      }
    }
    groups.put(path, kept);
    bytes.put(path, most);
  }

  /**
   * The file that tells best how the flows of a destination are to be parted, where the places of
   * row groups alone do not tell it.
   */
  Optional<String> toSample(int ranges) {
    return byPair && ranges > 1
        ? groups.keySet().stream()
            .max(Comparator.comparingLong(this::cost))
            .filter(path -> groups.get(path).size() < ranges * MANY)
        : Optional.empty();
  }

  private long cost(String path) {
    return groups.get(path).stream().mapToLong(StoredGroup::cost).sum();
  }

  /** The cost of all, see {@link StoredGroup}. */
  long cost() {
    return groups.keySet().stream().mapToLong(this::cost).sum();
  }

  /**
   * The files that begin first, by their statistics: as few as cost a part of all.
   *
   * @param part the whole is so many times as much
   */
  StoredGroups beginningFirst(int part) {
    List<String> paths = new ArrayList<>(groups.keySet());
    paths.sort(Comparator.comparingLong(this::earliest));
    StoredGroups first = new StoredGroups(byPair, bytes);
    for (String path : paths) {
      if (first.cost() * part < cost()) {
        first.groups.put(path, groups.get(path));
      }
    }
    return first;
  }

  private long earliest(String path) {
    return groups.get(path).stream().mapToLong(StoredGroup::earliest).min().orElse(Long.MAX_VALUE);
  }

  /** The row groups of these that others do not have, and for which a condition holds. */
  StoredGroups without(StoredGroups others, Predicate<StoredGroup> condition) {
    StoredGroups left = new StoredGroups(byPair, bytes);
    groups.forEach(
        (path, inFile) -> {
          Set<StoredGroup> known = new HashSet<>(others.groups.getOrDefault(path, List.of()));
          List<StoredGroup> kept =
              inFile.stream()
                  .filter(group -> !known.contains(group) && condition.test(group))
                  .toList();
          if (!kept.isEmpty()) {
            left.groups.put(path, kept);
          }
        });
    return left;
  }

  /** The row groups in at most so many parts of about the same cost, file after file. */
  List<List<FileGroups>> evenParts(int most) {
    Map<Integer, List<FileGroups>> parts = new TreeMap<>();
    long all = Math.max(1, cost());
    long before = 0;
    for (Map.Entry<String, List<StoredGroup>> file : groups.entrySet()) {
      Map<Integer, List<StoredGroup>> ofFile = new TreeMap<>();
      for (StoredGroup group : file.getValue()) {
        int part = (int) (before * most / all);
        ofFile.computeIfAbsent(part, each -> new ArrayList<>()).add(group);
        before += group.cost();
      }
      ofFile.forEach(
          (part, some) ->
              parts
                  .computeIfAbsent(part, each -> new ArrayList<>())
                  .add(new FileGroups(file.getKey(), some)));
    }
    return List.copyOf(parts.values());
  }

  /** Whether a task can hold a row group of each file in memory. */
  boolean canBeMerged() {
    return groups.size() <= SortedFlows.MOST_MERGED
        && groups.keySet().stream().mapToLong(bytes::get).sum() <= MOST_BYTES;
  }

  /** How many there are. */
  long size() {
    return groups.values().stream().mapToLong(List::size).sum();
  }

  /** Cuts between ranges of about the same cost each, where row groups begin. */
  List<Place> cuts(int ranges) {
    List<StoredGroup> all = new ArrayList<>();
    groups.values().forEach(all::addAll);
    all.sort(Comparator.comparing(StoredGroup::first));
    long cost = all.stream().mapToLong(StoredGroup::cost).sum();
    List<Place> cuts = new ArrayList<>();
    long before = 0;
    Place lowest = all.isEmpty() ? Place.LOWEST : cut(all.get(0).first());
    for (StoredGroup group : all) {
      Place cut = cut(group.first());
      boolean above = lowest.compareTo(cut) < 0;
      if (above && before >= cost * (cuts.size() + 1) / ranges && cuts.size() + 1 < ranges) {
        cuts.add(cut);
        lowest = cut;
      }
      before += group.cost();
    }
    return cuts;
  }

  /** The row groups in the ranges that these cuts part, which may lie inside row groups. */
  List<MergedRuns.Part> parts(List<Place> cuts) {
    List<Place> kept = cuts.stream().map(this::cut).distinct().toList();
    List<MergedRuns.Part> parts = new ArrayList<>();
    for (PlaceRange range : PlaceRange.between(kept)) {
      List<FileGroups> files = new ArrayList<>();
      groups.forEach(
          (path, all) -> {
            List<StoredGroup> inRange =
                all.stream().filter(group -> range.meets(group.first(), group.last())).toList();
            if (!inRange.isEmpty()) {
              files.add(new FileGroups(path, inRange));
            }
          });
      parts.add(new MergedRuns.Part(range, files));
    }
    return parts;
  }

  /** Flows of one group stay together, and so do flows that may lie at an IPv4 address. */
  private Place cut(Place place) {
    return byPair && !place.mayBeEmbedded() ? place : place.ofDestination();
  }
}
