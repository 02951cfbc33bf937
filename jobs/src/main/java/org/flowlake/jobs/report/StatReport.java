package org.flowlake.jobs.report;

import java.io.PrintStream;
import org.flowlake.jobs.question.CounterSide;
import org.flowlake.jobs.question.FlowCounters;
import org.flowlake.jobs.stat.ElementKind;
import org.flowlake.jobs.stat.StatAnswer;
import org.flowlake.jobs.stat.StatEntry;
import org.flowlake.jobs.stat.StatRows;
import org.flowlake.jobs.stat.StatTable;
import org.flowlake.udfs.flow.FlowRates;

/** Tables of statistics: lines for people, or CSV. */
public final class StatReport {
  private static final int VALUE_WIDTH = 17;
  private static final int VALUE_WIDTH_WITH_COUNTRY = 21;
  private static final int LONG_ADDRESS_WIDTH = 43;
  private static final int COUNT_WIDTH = 8;

  private final PrintStream out;
  private final PrintStyle style;
  private final DisplayTime time;

  public StatReport(PrintStream out, PrintStyle style) {
    this.out = out;
    this.style = style;
    this.time = new DisplayTime(style.zone());
  }

  /** Prints every table as lines. */
  public void printLines(StatAnswer answer, Verbosity verbosity) {
    for (StatTable table : answer.tables()) {
      String head = table.statistic().element().head();
      ExtraCells extras = new ExtraCells(table.extras(), style);
      if (verbosity == Verbosity.FULL) {
        String top = answer.limit() == 0 ? "Top " : "Top " + answer.limit() + " ";
        out.print(top + head + " ordered by " + table.order().name() + ":\n");
        StringBuilder heads = new StringBuilder();
        extras.lineStart(heads);
        heads.append(
            "Date first seen             Duration     Proto "
                + Padding.right(head, valueWidth(table))
                + "    Flows(%)     Packets(%)       Bytes(%)         pps      bps   bpp");
        extras.lineEnd(heads);
        out.append(heads.append('\n'));
      }
      try (StatRows entries = table.entries()) {
        while (entries.hasNext()) {
          out.append(line(table, entries.next(), answer.totals(), extras));
        }
      }
    }
  }

  /** Prints every table as CSV with a head line; numbers are never scaled. */
  public void printCsv(StatAnswer answer) {
    for (StatTable table : answer.tables()) {
      String side =
          switch (table.order().side()) {
            case IN -> "i";
            case OUT -> "o";
            case BOTH -> "";
          };
      ExtraCells extras = new ExtraCells(table.extras(), style);
      StringBuilder heads = new StringBuilder();
      extras.csvStart(heads);
      heads.append(
          "ts,te,td,pr,val,fl,flP,#pkt,#pktP,#byt,#bytP,#pps,#bps,#bpp".replace("#", side));
      extras.csvEnd(heads);
      out.append(heads.append('\n'));
      try (StatRows entries = table.entries()) {
        while (entries.hasNext()) {
          out.append(csv(table, entries.next(), answer.totals(), extras));
        }
      }
    }
  }

  private StringBuilder line(
      StatTable table, StatEntry entry, FlowCounters totals, ExtraCells extras) {
    FlowCounters counters = entry.counters();
    CounterSide side = table.order().side();
    ValueScale scale = style.scale();
    long packets = counters.packets(side);
    long bytes = counters.bytes(side);
    long duration = counters.durationMillis();
    StringBuilder line = new StringBuilder(192);
    extras.lineStart(entry::extra, line);
    line.append(time.withMillis(counters.firstMillis())).append(' ');
    line.append(
        scale.duration(
            scale == ValueScale.PLAIN ? duration : counters.lastMillis() - counters.firstMillis()));
    Padding.left(line.append(' '), protocol(table, entry), 5).append(' ');
    Padding.right(line, value(table, entry), valueWidth(table));
    share(line, counters.flows(), totals.flows());
    share(line, packets, totals.packets(CounterSide.BOTH));
    share(line, bytes, totals.bytes(CounterSide.BOTH));
    count(line, FlowRates.packetsPerSecondOfSeconds(packets, duration));
    count(line, FlowRates.bitsPerSecondOfSeconds(bytes, duration));
    Padding.right(line.append(' '), Long.toString(FlowRates.bytesPerPacket(bytes, packets)), 5);
    extras.lineEnd(entry::extra, line);
    return line.append('\n');
  }

  private StringBuilder csv(
      StatTable table, StatEntry entry, FlowCounters totals, ExtraCells extras) {
    FlowCounters counters = entry.counters();
    CounterSide side = table.order().side();
    long packets = counters.packets(side);
    long bytes = counters.bytes(side);
    long duration = counters.durationMillis();
    StringBuilder line = new StringBuilder(128);
    extras.csvStart(entry::extra, line);
    line.append(time.seconds(counters.firstMillis()))
        .append(',')
        .append(time.seconds(counters.lastMillis()))
        .append(',')
        .append(ValueScale.seconds(duration))
        .append(',')
        .append(protocol(table, entry))
        .append(',')
        .append(
            StatValue.text(table.statistic().element().kind(), entry, AddressWidth.LONG, style)
                .trim())
        .append(',')
        .append(counters.flows())
        .append(',')
        .append(percent(counters.flows(), totals.flows()))
        .append(',')
        .append(packets)
        .append(',')
        .append(percent(packets, totals.packets(CounterSide.BOTH)))
        .append(',')
        .append(bytes)
        .append(',')
        .append(percent(bytes, totals.bytes(CounterSide.BOTH)))
        .append(',')
        .append(FlowRates.packetsPerSecondOfSeconds(packets, duration))
        .append(',')
        .append(FlowRates.bitsPerSecondOfSeconds(bytes, duration))
        .append(',')
        .append(FlowRates.bytesPerPacket(bytes, packets));
    extras.csvEnd(entry::extra, line);
    return line.append('\n');
  }

  private String protocol(StatTable table, StatEntry entry) {
    return switch (table.statistic().split()) {
      case TOGETHER -> "any";
      case APART -> style.scale().protocol(entry.proto());
    };
  }

  /** With a database an address is followed by its country. */
  private String value(StatTable table, StatEntry entry) {
    ElementKind kind = table.statistic().element().kind();
    String value = StatValue.text(kind, entry, style.addresses(), style);
    return kind == ElementKind.ADDRESS && !style.geo().isEmpty()
        ? value + '(' + StatValue.country(entry, style.geo()) + ')'
        : value;
  }

  private int valueWidth(StatTable table) {
    return style.addresses() == AddressWidth.LONG
            && table.statistic().element().kind() == ElementKind.ADDRESS
        ? LONG_ADDRESS_WIDTH
        : style.geo().isEmpty() ? VALUE_WIDTH : VALUE_WIDTH_WITH_COUNTRY;
  }

  private void share(StringBuilder line, long value, long total) {
    count(line, value);
    Padding.right(line.append('('), percent(value, total), 4).append(')');
  }

  private void count(StringBuilder line, long value) {
    Padding.right(line.append(' '), style.scale().compact(value), COUNT_WIDTH);
  }

  private static String percent(long value, long total) {
    return ValueScale.oneDecimal(total == 0 ? 0 : (double) (value * 100) / (double) total);
  }
}
