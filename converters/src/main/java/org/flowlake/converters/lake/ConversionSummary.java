package org.flowlake.converters.lake;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What one run of a conversion did.
 *
 * @param filesConverted raw files whose flows were added
 * @param filesReplaced raw files that had changed since; their flows of before were taken out
 * @param filesKnown raw files that the lake had already; nothing was added from them
 * @param filesLeft raw files beyond the limits of the run, or that may still grow
 * @param bytesIn bytes of the converted raw files
 * @param days what was added, by day of first seen (UTC, YYYY-MM-DD; "none" for flows without time)
 * @param skipped what was stepped over, by reason
 * @param notes a sentence for each file that was left out or differs from its statistics record,
 *     and for each rollup that is not kept
 * @param seconds wall time of the run
 */
public record ConversionSummary(
    long filesConverted,
    long filesReplaced,
    long filesKnown,
    long filesLeft,
    long flows,
    long bytesIn,
    SortedMap<String, Day> days,
    Map<String, Long> skipped,
    List<String> notes,
    double seconds) {
  /** Flows, files and bytes that were added to one day. */
  public record Day(long flows, int files, long bytes) {
    Day plus(Day more) {
      return new Day(flows + more.flows, files + more.files, bytes + more.bytes);
    }
  }

  /** Bytes of the lake's new data files. */
  public long bytesOut() {
    return days.values().stream().mapToLong(Day::bytes).sum();
  }
}
