package org.flowlake.jobs.stat;

import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.catalyst.InternalRow;
import org.flowlake.jobs.question.FlowCounters;
import org.flowlake.jobs.rows.CounterColumns;

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
  /**
   * The entry in a row.
   *
   * @param extras where the columns beyond nfdump's lie in it
   */
  static StatEntry of(InternalRow row, List<Integer> extras) {
    return new StatEntry(
        row.isNullAt(TopNJob.NUMBER) ? 0 : row.getLong(TopNJob.NUMBER),
        row.isNullAt(TopNJob.BYTES) ? null : row.getBinary(TopNJob.BYTES),
        row.getInt(TopNJob.PROTO),
        CounterColumns.read(row),
        extras.stream().map(row::getLong).toList());
  }

  /** The value of one of the table's columns beyond nfdump's. */
  public OptionalLong extra(int index) {
    return OptionalLong.of(extras.get(index));
  }
}
