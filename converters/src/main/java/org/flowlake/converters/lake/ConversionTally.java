package org.flowlake.converters.lake;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;

/** Adds up what the batches of a run did. */
final class ConversionTally {
  private final long start = System.nanoTime();
  private final Map<String, Long> skipped = new TreeMap<>();
  private final SortedMap<String, ConversionSummary.Day> days = new TreeMap<>();
  private final List<String> notes = new ArrayList<>();
  private long converted;
  private long replaced;
  private long known;
  private long left;
  private long flows;
  private long bytes;

  List<String> notes() {
    return notes;
  }

  void addKnown(long files) {
    known += files;
  }

  void addLeft(long files) {
    left += files;
  }

  /** A batch of these sources is in the lake, which put away so many of before. */
  void addBatch(List<InspectedSource> sources, int replacedFiles, List<DataFile> written) {
    converted += sources.size();
    replaced += replacedFiles;
    for (InspectedSource source : sources) {
      flows += source.flows();
      bytes += source.file().bytes();
      source.skipped().forEach((reason, count) -> skipped.merge(reason, count, Long::sum));
    }
    for (DataFile file : written) {
      days.merge(
          day(file),
          new ConversionSummary.Day(file.recordCount(), 1, file.fileSizeInBytes()),
          ConversionSummary.Day::plus);
    }
  }

  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  ConversionSummary summary() {
    return new ConversionSummary(
        converted, replaced, known, left, flows, bytes, days, skipped, notes, seconds());
  }

  private static String day(DataFile file) {
    Integer epochDay = file.partition().get(0, Integer.class);
    return epochDay == null ? "none" : LocalDate.ofEpochDay(epochDay).toString();
  }
}
