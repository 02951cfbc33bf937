package org.flowlake.jobs.report;

import java.io.PrintStream;
import java.util.Locale;
import org.flowlake.converters.lake.ConversionSummary;

/** What a conversion did, for people: by day, then in sum. */
public final class ConversionReport {
  private ConversionReport() {}

  /** Prints the report; bytes are plain numbers, so that scripts can add them. */
  public static void print(ConversionSummary summary, PrintStream out) {
    summary.notes().forEach(note -> out.println("note: " + note));
    summary
        .skipped()
        .forEach((reason, count) -> out.println("stepped over: " + reason + ": " + count));
    if (!summary.days().isEmpty()) {
      out.printf(Locale.ROOT, "%-10s %12s %6s %14s%n", "Day", "Flows", "Files", "Bytes");
      summary
          .days()
          .forEach(
              (day, added) ->
                  out.printf(
                      Locale.ROOT,
                      "%-10s %12d %6d %14d%n",
                      day,
                      added.flows(),
                      added.files(),
                      added.bytes()));
    }
    out.printf(
        Locale.ROOT,
        "Converted %d files, %d flows, %d bytes to %d bytes in %.1f s, %.0f flows/s%n",
        summary.filesConverted(),
        summary.flows(),
        summary.bytesIn(),
        summary.bytesOut(),
        summary.seconds(),
        summary.flows() / summary.seconds());
    printFiles(summary.filesReplaced(), "had changed since and were replaced", out);
    printFiles(summary.filesKnown(), "were in the lake already; nothing was added from them", out);
    printFiles(summary.filesLeft(), "were left for a later run", out);
  }

  private static void printFiles(long files, String what, PrintStream out) {
    if (files > 0) {
      out.printf(Locale.ROOT, "%d files %s%n", files, what);
    }
  }
}
