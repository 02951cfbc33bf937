package org.flowlake.jobs.list;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.flowlake.jobs.question.CounterSide;
import org.flowlake.jobs.question.Measure;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.question.SortDirection;

/** What a list is sorted by ({@code -O}). */
public enum PrintOrder {
  FLOWS(Measure.FLOWS, CounterSide.IN, SortDirection.DESCENDING),
  PACKETS(Measure.PACKETS, CounterSide.BOTH, SortDirection.DESCENDING),
  IPACKETS(Measure.PACKETS, CounterSide.IN, SortDirection.DESCENDING),
  OPACKETS(Measure.PACKETS, CounterSide.OUT, SortDirection.DESCENDING),
  BYTES(Measure.BYTES, CounterSide.BOTH, SortDirection.DESCENDING),
  IBYTES(Measure.BYTES, CounterSide.IN, SortDirection.DESCENDING),
  OBYTES(Measure.BYTES, CounterSide.OUT, SortDirection.DESCENDING),
  PPS(Measure.PACKETS_PER_SECOND, CounterSide.BOTH, SortDirection.DESCENDING),
  IPPS(Measure.PACKETS_PER_SECOND, CounterSide.IN, SortDirection.DESCENDING),
  OPPS(Measure.PACKETS_PER_SECOND, CounterSide.OUT, SortDirection.DESCENDING),
  BPS(Measure.BITS_PER_SECOND, CounterSide.BOTH, SortDirection.DESCENDING),
  IBPS(Measure.BITS_PER_SECOND, CounterSide.IN, SortDirection.DESCENDING),
  OBPS(Measure.BITS_PER_SECOND, CounterSide.OUT, SortDirection.DESCENDING),
  BPP(Measure.BYTES_PER_PACKET, CounterSide.BOTH, SortDirection.DESCENDING),
  IBPP(Measure.BYTES_PER_PACKET, CounterSide.IN, SortDirection.DESCENDING),
  OBPP(Measure.BYTES_PER_PACKET, CounterSide.OUT, SortDirection.DESCENDING),
  TSTART(Measure.FIRST_SEEN, CounterSide.BOTH, SortDirection.ASCENDING),
  TEND(Measure.LAST_SEEN, CounterSide.BOTH, SortDirection.ASCENDING),
  DURATION(Measure.DURATION, CounterSide.BOTH, SortDirection.DESCENDING);

  private final Measure measure;
  private final CounterSide side;
  private final SortDirection direction;

  PrintOrder(Measure measure, CounterSide side, SortDirection direction) {
    this.measure = measure;
    this.side = side;
    this.direction = direction;
  }

  /**
   * Parses {@code order[:a|:d]}; without a direction times come early first, all others great
   * first.
   *
   * @throws QuestionException for an unknown order or direction; the message lists the orders
   */
  public static RankOrder parse(String text) {
    String[] parts = text.split(":", 2);
    PrintOrder order =
        Arrays.stream(values())
            .filter(known -> known.word().equalsIgnoreCase(parts[0]))
            .findFirst()
            .orElseThrow(() -> unknown(text));
    try {
      return order.rank(parts.length == 1 ? order.direction : SortDirection.ofSuffix(parts[1]));
    } catch (IllegalArgumentException e) {
      throw unknown(text);
    }
  }

  /**
   * Parses an order of the statistic of records; there every order comes great first unless told.
   *
   * @throws QuestionException for an unknown order or direction
   */
  public static RankOrder parseOfStatistic(String text) {
    return parse(text.contains(":") ? text : text + ":d");
  }

  /**
   * Parses the statistic of records, {@code record[/order[:a|:d]]…}; without an order by flows.
   *
   * @throws QuestionException for another name, an unknown order or direction
   */
  public static List<RankOrder> parseOfRecords(String text) {
    String[] parts = text.split("/", -1);
    String name = parts[0].split(":", 2)[0];
    if (!name.equalsIgnoreCase("record")) {
      throw new QuestionException("Unknown statistic: " + name);
    }
    return parts.length == 1
        ? List.of(parseOfStatistic(FLOWS.word()))
        : Arrays.stream(parts).skip(1).map(PrintOrder::parseOfStatistic).toList();
  }

  /** The orders in the order in which their tables are printed, each once. */
  public static List<RankOrder> inPrintOrder(List<RankOrder> orders) {
    List<RankOrder> sorted = new ArrayList<>();
    for (PrintOrder order : values()) {
      orders.stream()
          .filter(asked -> asked.name().equals(order.word()))
          .reduce((earlier, later) -> later)
          .ifPresent(sorted::add);
    }
    return sorted;
  }

  public RankOrder rank(SortDirection asked) {
    return new RankOrder(word(), measure, side, asked);
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static QuestionException unknown(String text) {
    return new QuestionException(
        "Unknown print order '"
            + text
            + "'. Available flow print order: "
            + Arrays.stream(values()).map(PrintOrder::word).collect(Collectors.joining(" ")));
  }
}
