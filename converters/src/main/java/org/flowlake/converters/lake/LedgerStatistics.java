package org.flowlake.converters.lake;

import org.apache.spark.sql.Row;
import org.flowlake.converters.flow.FlowStatistics;

/** The columns {@code stated} and {@code decoded} of the ledger as what they were made from. */
public final class LedgerStatistics {
  private LedgerStatistics() {}

  /**
   * Reads one of the two.
   *
   * @param column the struct; never null in a ledger
   * @param sequenceFailures which the ledger keeps in a column of its own; 0 where nobody asks
   */
  public static FlowStatistics of(Row column, long sequenceFailures) {
    return new FlowStatistics(
        totals(column, "all"),
        totals(column, "tcp"),
        totals(column, "udp"),
        totals(column, "icmp"),
        totals(column, "other"),
        column.<Long>getAs("first_seen_millis"),
        column.<Long>getAs("last_seen_millis"),
        sequenceFailures);
  }

  private static FlowStatistics.Totals totals(Row column, String protocol) {
    Row totals = column.getAs(protocol);
    return new FlowStatistics.Totals(
        totals.<Long>getAs("flows"), totals.<Long>getAs("packets"), totals.<Long>getAs("bytes"));
  }
}
