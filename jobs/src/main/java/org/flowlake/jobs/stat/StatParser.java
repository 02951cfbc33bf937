package org.flowlake.jobs.stat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowlake.jobs.extra.DistinctCount;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.question.SortDirection;
import org.flowlake.jobs.stat.TopNStatistic.ProtocolSplit;

/**
 * Parses {@code element[:p][/order[:a|:d]]…}, the value of {@code -s}. Orders by the number of
 * distinct values ({@code dstip/srcips}) are an extension; their tables come last.
 */
public final class StatParser {
  private StatParser() {}

  /**
   * Parses one statistic. Without an order it is ranked by flows; greatest first unless told.
   *
   * @throws QuestionException for an unknown element, option, order or direction
   */
  public static TopNStatistic parse(String text) {
    String[] parts = text.split("/", -1);
    String[] element = parts[0].split(":", 2);
    ProtocolSplit split = ProtocolSplit.TOGETHER;
    if (element.length == 2) {
      if (!element[1].equals("p")) {
        throw new QuestionException(
            "Unknown statistic option :"
                + element[1]
                + " in "
                + text
                + ". Available option :p for ordered by protocol");
      }
      split = ProtocolSplit.APART;
    }
    StatElement grouped = StatElement.of(element[0]);
    if (grouped == StatElement.PROTO) {
      split = ProtocolSplit.APART;
    }
    Map<StatOrder, SortDirection> orders = new EnumMap<>(StatOrder.class);
    Map<DistinctCount.Values, SortDirection> counts = new EnumMap<>(DistinctCount.Values.class);
    for (int i = 1; i < parts.length; i++) {
      String[] order = parts[i].split(":", 2);
      Optional<DistinctCount.Values> counted = DistinctCount.Values.find(order[0]);
      if (counted.isPresent()) {
        counts.put(counted.get(), direction(order));
      } else {
        orders.put(StatOrder.of(order[0]), direction(order));
      }
    }
    if (orders.isEmpty() && counts.isEmpty()) {
      orders.put(StatOrder.FLOWS, SortDirection.DESCENDING);
    }
    List<RankOrder> ranks = new ArrayList<>();
    orders.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
        .forEach(entry -> ranks.add(entry.getKey().rank(entry.getValue())));
    counts.forEach((values, direction) -> ranks.add(values.rank(direction)));
    return new TopNStatistic(grouped, split, ranks);
  }

  private static SortDirection direction(String[] order) {
    if (order.length == 1) {
      return SortDirection.DESCENDING;
    }
    try {
      return SortDirection.ofSuffix(order[1]);
    } catch (IllegalArgumentException e) {
      throw new QuestionException(e.getMessage());
    }
  }
}
