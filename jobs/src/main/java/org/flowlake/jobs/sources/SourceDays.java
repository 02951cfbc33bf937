package org.flowlake.jobs.sources;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What each exporter delivered day by day, and where files are missing. */
public final class SourceDays {
  private static final String NOBODY = "-";
  private static final String NO_SAMPLING = "none";

  private final List<FileSeries> series;
  private final Map<String, Integer> identUses = new HashMap<>();

  /**
   * Of these files.
   *
   * @param zone of the times in their names
   */
  public SourceDays(Collection<CollectedFile> files, ZoneId zone) {
    this.series = FileSeries.of(files, zone);
    series.forEach(one -> identUses.merge(one.ident(), 1, Integer::sum));
  }

  /** One row per day, collector and exporter, in that order. */
  public List<ExporterDay> rows() {
    List<ExporterDay> rows = new ArrayList<>();
    series.forEach(one -> addDays(one, rows));
    rows.sort(
        Comparator.comparing(ExporterDay::day)
            .thenComparing(ExporterDay::collector)
            .thenComparing(ExporterDay::exporter));
    return rows;
  }

  /** All gaps, the earliest first. */
  public List<SourceGap> gaps() {
    List<SourceGap> gaps = new ArrayList<>();
    for (FileSeries one : series) {
      for (FileSeries.Gap gap : one.gaps()) {
        gaps.add(
            new SourceGap(
                name(one),
                Instant.ofEpochMilli(gap.fromMillis()),
                Instant.ofEpochMilli(gap.endMillis()),
                gap.files()));
      }
    }
    gaps.sort(Comparator.comparing(SourceGap::from).thenComparing(SourceGap::collector));
    return gaps;
  }

  /** Two collectors may have the same ident, as all have that were not given one. */
  private String name(FileSeries one) {
    return one.ident().isEmpty() || identUses.get(one.ident()) > 1 ? one.folder() : one.ident();
  }

  private void addDays(FileSeries one, List<ExporterDay> rows) {
    long end = one.files().lastKey() + 1;
    for (FileSeries.Gap gap : one.gaps()) {
      end = Math.max(end, gap.endMillis());
    }
    for (LocalDate day = dayOf(one.files().firstKey()); startOf(day) < end; day = day.plusDays(1)) {
      long missing = one.missing(startOf(day), startOf(day.plusDays(1)));
      List<CollectedFile> files =
          one.files().subMap(startOf(day), startOf(day.plusDays(1))).values().stream()
              .flatMap(List::stream)
              .toList();
      if (missing > 0 || !files.isEmpty()) {
        rows.addAll(rows(day, name(one), files, missing));
      }
    }
  }

  private static List<ExporterDay> rows(
      LocalDate day, String collector, List<CollectedFile> files, long missing) {
    Map<String, List<CollectedFile.Exporter>> parts = new TreeMap<>();
    files.forEach(
        file ->
            file.exporters()
                .forEach(
                    part ->
                        parts.computeIfAbsent(part.name(), name -> new ArrayList<>()).add(part)));
    double expected = files.size() + (double) missing;
    if (parts.isEmpty()) {
      return List.of(
          new ExporterDay(
              day,
              collector,
              NOBODY,
              files.size(),
              missing,
              files.stream().mapToLong(CollectedFile::flows).sum(),
              OptionalLong.empty(),
              files.stream().mapToLong(CollectedFile::sequenceFailures).sum(),
              NO_SAMPLING,
              files.stream().mapToDouble(CollectedFile::share).sum() / expected));
    }
    List<ExporterDay> rows = new ArrayList<>();
    parts.forEach(
        (name, ofExporter) ->
            rows.add(
                new ExporterDay(
                    day,
                    collector,
                    name,
                    files.size(),
                    missing,
                    ofExporter.stream().mapToLong(CollectedFile.Exporter::flows).sum(),
                    OptionalLong.of(
                        ofExporter.stream().mapToLong(CollectedFile.Exporter::packets).sum()),
                    ofExporter.stream().mapToLong(CollectedFile.Exporter::sequenceFailures).sum(),
                    sampling(ofExporter),
                    files.stream().mapToDouble(file -> shareOf(name, file)).sum() / expected)));
    return rows;
  }

  /** A file without packets of an exporter is there: it may have had nothing to say. */
  private static double shareOf(String exporter, CollectedFile file) {
    return file.readShare()
        * file.exporters().stream()
            .filter(part -> part.name().equals(exporter))
            .mapToDouble(CollectedFile.Exporter::arrivedShare)
            .min()
            .orElse(1);
  }

  private static String sampling(List<CollectedFile.Exporter> parts) {
    Set<String> rates = new TreeSet<>();
    parts.forEach(part -> rates.add(part.sampling().orElse("unknown")));
    if (rates.size() > 1) {
      rates.remove(NO_SAMPLING);
    }
    return String.join(" ", rates);
  }

  private static LocalDate dayOf(long millis) {
    return Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static long startOf(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }
}
