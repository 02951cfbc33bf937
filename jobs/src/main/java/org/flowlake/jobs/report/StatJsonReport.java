package org.flowlake.jobs.report;

import java.io.PrintStream;
import org.flowlake.jobs.question.CounterSide;
import org.flowlake.jobs.question.FlowCounters;
import org.flowlake.jobs.stat.ElementKind;
import org.flowlake.jobs.stat.StatAnswer;
import org.flowlake.jobs.stat.StatEntry;
import org.flowlake.jobs.stat.StatRows;
import org.flowlake.jobs.stat.StatTable;
import org.flowlake.jobs.stat.TopNStatistic;
import org.flowlake.udfs.flow.FlowRates;

/**
 * Tables of statistics as JSON: one object per entry and line, also for {@code -o json}, in the
 * words of nfdump 1.7.8. Counters are those of the table's order: in, out, or both added.
 */
public final class StatJsonReport {
  private final PrintStream out;
  private final PrintStyle style;
  private final DisplayTime time;

  public StatJsonReport(PrintStream out, PrintStyle style) {
    this.out = out;
    this.style = style.withScale(ValueScale.SCALED);
    this.time = new DisplayTime(style.zone());
  }

  /** Prints the entries of every table, table after table. */
  public void print(StatAnswer answer) {
    for (StatTable table : answer.tables()) {
      try (StatRows entries = table.entries()) {
        while (entries.hasNext()) {
          out.append(object(table, entries.next()));
        }
      }
    }
  }

  private StringBuilder object(StatTable table, StatEntry entry) {
    FlowCounters counters = entry.counters();
    CounterSide side = table.order().side();
    TopNStatistic statistic = table.statistic();
    long duration = counters.durationMillis();
    long packets = counters.packets(side);
    long bytes = counters.bytes(side);
    StringBuilder line = new StringBuilder(256);
    line.append("{ \"first\" : \"").append(time.iso(counters.firstMillis()));
    line.append("\", \"last\" : \"").append(time.iso(counters.lastMillis()));
    line.append("\", \"proto\" : ");
    line.append(statistic.split() == TopNStatistic.ProtocolSplit.APART ? entry.proto() : 0);
    line.append(", \"").append(statistic.element().word()).append("\" : ");
    JsonObject.quote(
        line, StatValue.text(statistic.element().kind(), entry, AddressWidth.LONG, style));
    if (statistic.element().kind() == ElementKind.ADDRESS && !style.geo().isEmpty()) {
      // nfdump leaves no blank behind the comma here.
      line.append(", \"geo\" : \"").append(StatValue.country(entry, style.geo())).append("\",");
      line.append("\"flows\" : ").append(counters.flows());
    } else {
      number(line, "flows", counters.flows());
    }
    number(line, "packets", packets);
    number(line, "bytes", bytes);
    number(line, "pps", FlowRates.packetsPerSecondOfSeconds(packets, duration));
    number(line, "bps", FlowRates.bitsPerSecondOfSeconds(bytes, duration));
    number(line, "bpp", FlowRates.bytesPerPacket(bytes, packets));
    new ExtraCells(table.extras(), style)
        .json(
            entry::extra,
            (name, value) -> line.append(", \"").append(name).append("\" : ").append(value));
    return line.append("}\n");
  }

  private static void number(StringBuilder line, String name, long value) {
    line.append(", \"").append(name).append("\" : ").append(value);
  }
}
