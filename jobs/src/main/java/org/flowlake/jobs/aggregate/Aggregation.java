package org.flowlake.jobs.aggregate;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.rows.CounterPresence;
import org.flowlake.jobs.rows.FlowGrouping;

/**
 * What flows are aggregated by.
 *
 * @param keys in the order asked for; without any all flows are one group, or one per bin of time
 */
public record Aggregation(List<Key> keys) implements GroupBy {
  /** nfdump's default ({@code -a}): one row per conversation and direction. */
  public static final Aggregation FIVE_TUPLE =
      new Aggregation(
          List.of(
              new Key(AggregationKey.PROTO, OptionalInt.empty()),
              new Key(AggregationKey.SRCIP, OptionalInt.empty()),
              new Key(AggregationKey.DSTIP, OptionalInt.empty()),
              new Key(AggregationKey.SRCPORT, OptionalInt.empty()),
              new Key(AggregationKey.DSTPORT, OptionalInt.empty())));

  /** All flows together. */
  public static final Aggregation ALL = new Aggregation(List.of());

  /**
   * One key.
   *
   * @param key what
   * @param prefixLength bits of the address that count; empty for all
   */
  public record Key(AggregationKey key, OptionalInt prefixLength) {}

  public Aggregation {
    keys = List.copyOf(keys);
  }

  @Override
  public FlowGrouping grouping(List<FlowField> printed, CounterPresence counters) {
    return new AggregationJob(this, printed, counters);
  }

  /** The format that shows the keys and the counters: {@code fmt:…}, as nfdump makes it. */
  public String lineFormat() {
    return keys.stream()
        .map(key -> "%" + key.key().token().text() + " ")
        .collect(Collectors.joining("", "%ts %td  ", " %pkt %byt %bps %bpp %fl"));
  }

  /** The same as {@code csv:…}. */
  public String csvFormat() {
    return keys.stream()
        .map(key -> "%" + key.key().token().text() + ",")
        .collect(Collectors.joining("", "%ts,%td,", "%pkt,%byt,%bps,%bpp,%fl"));
  }
}
