package org.flowlake.jobs.report;

import java.io.PrintStream;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flowlake.converters.flow.FlowStatistics;
import org.flowlake.converters.flow.FlowStatistics.Totals;
import org.flowlake.jobs.question.RawFileSummary;

/** What raw files state of themselves: summed ({@code -I}), or a line per file ({@code -g}). */
public final class FileStatisticsReport {
  /** The time in the name of a capture file: {@code nfcapd.YYYYMMDDhhmm[ss]}. */
  private static final Pattern NAMED_TIME =
      Pattern.compile(
          "nfcapd\\.(?<date>(\\d{4})(\\d{2})(\\d{2}))(?<time>(\\d{2})(\\d{2})(\\d{2})?)");

  private final PrintStream out;

  public FileStatisticsReport(PrintStream out) {
    this.out = out;
  }

  /** Prints the sums of all files; the ident is that of the first. */
  public void printSum(List<RawFileSummary> files) {
    FlowStatistics sum =
        files.stream()
            .map(RawFileSummary::stated)
            .reduce(FlowStatistics.NONE, FlowStatistics::plus);
    String ident = files.get(0).ident();
    out.print("Ident: " + (ident.isEmpty() ? "none" : ident) + "\n");
    print("Flows", Totals::flows, sum);
    print("Packets", Totals::packets, sum);
    print("Bytes", Totals::bytes, sum);
    line("First", sum.firstSeenMillis() / 1000);
    line("Last", sum.lastSeenMillis() / 1000);
    line("msec_first", sum.firstSeenMillis() % 1000);
    line("msec_last", sum.lastSeenMillis() % 1000);
    line("Sequence failures", sum.sequenceFailures());
  }

  private void print(String what, ToLongFunction<Totals> figure, FlowStatistics sum) {
    line(what, figure.applyAsLong(sum.all()));
    line(what + "_tcp", figure.applyAsLong(sum.tcp()));
    line(what + "_udp", figure.applyAsLong(sum.udp()));
    line(what + "_icmp", figure.applyAsLong(sum.icmp()));
    line(what + "_other", figure.applyAsLong(sum.other()));
  }

  private void line(String name, long value) {
    out.print(name + ": " + value + "\n");
  }

  /** Prints a head and a line of flows, packets and bytes per file, as gnuplot reads them. */
  public void printPerFile(List<RawFileSummary> files) {
    out.print("# yyyy-mm-dd HH:MM:SS,flows,packets,bytes\n");
    for (RawFileSummary file : files) {
      Matcher name = NAMED_TIME.matcher(file.path());
      Totals all = file.stated().all();
      out.print(
          name.find()
              ? time(name) + "," + all.flows() + "," + all.packets() + "," + all.bytes() + "\n"
              : "No datestring\n");
    }
  }

  private static String time(Matcher name) {
    String seconds = name.group(8) == null ? "00" : name.group(8);
    return name.group(2)
        + '-'
        + name.group(3)
        + '-'
        + name.group(4)
        + ' '
        + name.group(6)
        + ':'
        + name.group(7)
        + ':'
        + seconds;
  }
}
