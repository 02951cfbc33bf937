package org.flowlake.jobs.sources;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The files that one collector wrote at regular intervals: those of one folder and ident. The
 * interval is the one that most files follow one another in.
 */
final class FileSeries {
  private static final long MILLIS_PER_MINUTE = 60_000;

  /** nfcapd's own; for a single file, which tells no interval. */
  private static final long USUAL_INTERVAL_MILLIS = 5 * MILLIS_PER_MINUTE;

  /**
   * A collector that is silent for less than this while others go on is missed; one that is silent
   * for longer was taken out of service.
   */
  private static final long RETIRED_MILLIS = 7 * 24 * 60 * MILLIS_PER_MINUTE;

  private final String folder;
  private final String ident;
  private final NavigableMap<Long, List<CollectedFile>> files = new TreeMap<>();
  private final List<Gap> gaps = new ArrayList<>();
  private long intervalMillis = USUAL_INTERVAL_MILLIS;

  /**
   * Files that are not there.
   *
   * @param fromMillis when the first of them would have been begun
   * @param endMillis when the next one that is there was begun
   * @param files how many are missing
   */
  record Gap(long fromMillis, long endMillis, long files) {}

  private FileSeries(String folder, String ident) {
    this.folder = folder;
    this.ident = ident;
  }

  /**
   * The series of these files; files without a time are in none.
   *
   * @param zone of the times in their names
   */
  static List<FileSeries> of(Collection<CollectedFile> files, ZoneId zone) {
    Map<List<String>, FileSeries> series = new TreeMap<>(FileSeries::compare);
    for (CollectedFile file : files) {
      if (file.time().isPresent()) {
        long begun = file.time().get().atZone(zone).toInstant().toEpochMilli();
        series
            .computeIfAbsent(
                List.of(file.folder(), file.ident()), key -> new FileSeries(key.get(0), key.get(1)))
            .files
            .computeIfAbsent(begun, time -> new ArrayList<>())
            .add(file);
      }
    }
    long newest =
        series.values().stream().mapToLong(one -> one.files.lastKey()).max().orElse(Long.MIN_VALUE);
    series.values().forEach(one -> one.findGaps(newest));
    return List.copyOf(series.values());
  }

  private static int compare(List<String> left, List<String> right) {
    int folders = left.get(0).compareTo(right.get(0));
    return folders == 0 ? left.get(1).compareTo(right.get(1)) : folders;
  }

  private void findGaps(long newest) {
    Map<Long, Integer> steps = new HashMap<>();
    Long before = null;
    for (Long begun : files.keySet()) {
      if (before != null) {
        steps.merge(begun - before, 1, Integer::sum);
      }
      before = begun;
    }
    steps.entrySet().stream()
        .max(Map.Entry.<Long, Integer>comparingByValue().thenComparing(step -> -step.getKey()))
        .ifPresent(step -> intervalMillis = step.getKey());
    before = null;
    for (Long begun : files.keySet()) {
      addGap(before == null ? begun : before + intervalMillis, begun);
      before = begun;
    }
    long last = files.lastKey();
    if (newest - last <= RETIRED_MILLIS) {
      addGap(last + intervalMillis, newest + intervalMillis);
    }
  }

  private void addGap(long from, long end) {
    long missing = Math.round((end - from) / (double) intervalMillis);
    if (missing > 0) {
      gaps.add(new Gap(from, end, missing));
    }
  }

  String folder() {
    return folder;
  }

  String ident() {
    return ident;
  }

  long intervalMillis() {
    return intervalMillis;
  }

  /** By the time at which they were begun, milliseconds since 1970-01-01 UTC. */
  NavigableMap<Long, List<CollectedFile>> files() {
    return files;
  }

  /** The earliest first. */
  List<Gap> gaps() {
    return gaps;
  }

  /** How many files are missing that would have been begun from here to before there. */
  long missing(long fromMillis, long endMillis) {
    long missing = 0;
    for (Gap gap : gaps) {
      long first = Math.max(0, ceilDiv(fromMillis - gap.fromMillis(), intervalMillis));
      long end = Math.min(gap.files(), ceilDiv(endMillis - gap.fromMillis(), intervalMillis));
      missing += Math.max(0, end - first);
    }
    return missing;
  }

  private static long ceilDiv(long value, long by) {
    return -Math.floorDiv(-value, by);
  }
}
