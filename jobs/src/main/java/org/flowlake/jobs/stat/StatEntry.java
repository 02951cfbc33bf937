package org.flowlake.jobs.stat;

import java.util.List;
import java.util.OptionalLong;
import org.flowlake.jobs.question.FlowCounters;

/**
 * One entry of a statistic.
 *
 * @param number the element's value; 0 for an address and a text
 * @param bytes the element's value: an address of 16 bytes, or a text in UTF-8; null for a number
 * @param proto the protocol where protocols are kept apart, else 0
 * @param counters sums of the entry's flows
 * @param extras values of the table's columns beyond nfdump's
 */
public record StatEntry(
    long number, byte[] bytes, int proto, FlowCounters counters, List<Long> extras) {
  /** The value of one of the table's columns beyond nfdump's. */
  public OptionalLong extra(int index) {
    return OptionalLong.of(extras.get(index));
  }
}
