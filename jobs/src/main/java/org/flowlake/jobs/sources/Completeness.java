package org.flowlake.jobs.sources;

import java.time.ZoneId;
import java.util.Collection;
import java.util.List;

/**
 * How much of the flows of a time has come into a lake, as far as its ledger tells: every file that
 * a collector should have written counts the same, a missing one as nothing, one that could be read
 * in part as that part, and one whose exporters' sequence numbers have gaps as what came, where
 * each gap is taken for one lost export packet. So it is a bound: what was lost may be more.
 *
 * @param files that are there
 * @param missing files that are not
 * @param sequenceFailures in the files that are there
 * @param untimed files whose names have no time, which are left out
 * @param share 0 to 1; not a number where no file is of that time
 */
public record Completeness(
    long files, long missing, long sequenceFailures, long untimed, double share) {
  private static final double PER_MILLE = 1000;

  /**
   * Of a window of time.
   *
   * @param zone of the times in the files' names
   * @param firstMillis its start, milliseconds since 1970-01-01 UTC
   * @param lastMillis its end; {@link Long#MAX_VALUE} for none
   */
  public static Completeness of(
      Collection<CollectedFile> all, ZoneId zone, long firstMillis, long lastMillis) {
    long files = 0;
    long missing = 0;
    long failures = 0;
    double shares = 0;
    for (FileSeries series : FileSeries.of(all, zone)) {
      // A file that was begun before the window has flows of it, if it goes on into it.
      long from = Math.max(0, firstMillis) - series.intervalMillis() + 1;
      missing += series.missing(from, lastMillis);
      for (List<CollectedFile> begun : series.files().subMap(from, lastMillis).values()) {
        for (CollectedFile file : begun) {
          files++;
          failures += file.sequenceFailures();
          shares += file.share();
        }
      }
    }
    long untimed = all.stream().filter(file -> file.time().isEmpty()).count();
    return new Completeness(files, missing, failures, untimed, shares / (files + missing));
  }

  /** In per cent with one place, such as 97.2; what is not whole is never rounded to 100. */
  public static double percent(double share) {
    return Math.floor(share * PER_MILLE) / 10;
  }

  /** The closing line. */
  public String line() {
    if (Double.isNaN(share)) {
      return "Completeness: unknown, no raw file of this window has a time in its name";
    }
    return "Completeness: this window is "
        + percent(share)
        + " % complete: "
        + files
        + " of "
        + (files + missing)
        + " raw files, "
        + sequenceFailures
        + " sequence failures"
        + (untimed == 0 ? "" : "; " + untimed + " files without a time in their names not counted");
  }
}
