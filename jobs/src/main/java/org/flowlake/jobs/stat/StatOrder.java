package org.flowlake.jobs.stat;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.flowlake.jobs.extra.DistinctCount;
import org.flowlake.jobs.question.CounterSide;
import org.flowlake.jobs.question.Measure;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.question.SortDirection;

/** What a statistic is ranked by. Tables of one statistic are printed in this order. */
public enum StatOrder {
  FLOWS(Measure.FLOWS, CounterSide.IN),
  PACKETS(Measure.PACKETS, CounterSide.BOTH),
  IPKG(Measure.PACKETS, CounterSide.IN),
  OPKG(Measure.PACKETS, CounterSide.OUT),
  BYTES(Measure.BYTES, CounterSide.BOTH),
  IBYTE(Measure.BYTES, CounterSide.IN),
  OBYTE(Measure.BYTES, CounterSide.OUT),
  PPS(Measure.PACKETS_PER_SECOND, CounterSide.BOTH),
  IPPS(Measure.PACKETS_PER_SECOND, CounterSide.IN),
  OPPS(Measure.PACKETS_PER_SECOND, CounterSide.OUT),
  BPS(Measure.BITS_PER_SECOND, CounterSide.BOTH),
  IBPS(Measure.BITS_PER_SECOND, CounterSide.IN),
  OBPS(Measure.BITS_PER_SECOND, CounterSide.OUT),
  BPP(Measure.BYTES_PER_PACKET, CounterSide.BOTH),
  IBPP(Measure.BYTES_PER_PACKET, CounterSide.IN),
  OBPP(Measure.BYTES_PER_PACKET, CounterSide.OUT);

  private final Measure measure;
  private final CounterSide side;

  StatOrder(Measure measure, CounterSide side) {
    this.measure = measure;
    this.side = side;
  }

  /**
   * The order of this name, in either case.
   *
   * @throws QuestionException if there is none; the message lists all
   */
  public static StatOrder of(String name) {
    return Arrays.stream(values())
        .filter(order -> order.word().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new QuestionException(
                    "Unknown order option /"
                        + name
                        + ". Available stat print order: "
                        + Arrays.stream(values())
                            .map(StatOrder::word)
                            .collect(Collectors.joining(" "))
                        + "; of distinct values: "
                        + DistinctCount.Values.known()));
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whose counters a table of this order shows. */
  public CounterSide side() {
    return side;
  }

  public RankOrder rank(SortDirection direction) {
    return new RankOrder(word(), measure, side, direction);
  }
}
