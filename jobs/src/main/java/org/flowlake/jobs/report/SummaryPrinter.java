package org.flowlake.jobs.report;

import java.io.PrintStream;
import java.util.Optional;
import org.flowlake.jobs.question.FlowCounters;
import org.flowlake.jobs.question.TimeSpan;
import org.flowlake.udfs.flow.FlowRates;

/** nfdump's closing lines, without the run time that only it knows. */
public final class SummaryPrinter {
  private final PrintStream out;
  private final PrintStyle style;

  public SummaryPrinter(PrintStream out, PrintStyle style) {
    this.out = out;
    this.style = style;
  }

  /** The line that stands for an empty answer; printed with {@code -q} too. */
  public void noMatchingFlows() {
    out.print("No matching flows\n");
  }

  /** The three closing lines. */
  public void print(Summary summary) {
    FlowCounters totals = summary.totals();
    long duration =
        totals.lastMillis() == 0 ? 0 : Math.max(0, totals.lastMillis() - totals.firstMillis());
    long bytes = totals.inBytes() + totals.outBytes();
    long packets = totals.inPackets() + totals.outPackets();
    long bytesPerPacket = duration == 0 ? 0 : FlowRates.bytesPerPacket(bytes, packets);
    ValueScale scale = style.scale();
    out.print(
        "Summary: total flows: "
            + totals.flows()
            + ", total bytes: "
            + scale.compact(bytes)
            + ", total packets: "
            + scale.compact(packets)
            + ", avg bps: "
            + scale.compact(FlowRates.bitsPerSecondOfSeconds(bytes, duration))
            + ", avg pps: "
            + scale.compact(FlowRates.packetsPerSecondOfSeconds(packets, duration))
            + ", avg bpp: "
            + scale.compact(bytesPerPacket)
            + "\n");
    out.print("Time window: " + window(summary.window()) + "\n");
    out.print(
        "Total records processed: "
            + totals.records()
            + ", passed: "
            + totals.records()
            + ", Blocks skipped: 0, Bytes read: "
            + summary.bytesRead().orElse(0)
            + "\n");
  }

  private String window(Optional<TimeSpan> span) {
    if (span.isEmpty() || span.get().lastMillis() == 0) {
      return "<unknown>";
    }
    long first = span.get().firstMillis();
    long last = span.get().lastMillis();
    DisplayTime time = new DisplayTime(style.zone());
    return time.withMillis(first)
        + " - "
        + time.withMillis(last)
        + ", Duration:"
        + ValueScale.clock(last - first);
  }
}
