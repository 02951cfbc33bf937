package org.flowlake.jobs.stat;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.jobs.question.FlowCounters;

/**
 * The answer to statistics.
 *
 * @param records tables of the statistic of records, one for each order
 * @param tables one for each statistic of an element and order
 * @param limit rows per table that were asked for; 0 for all
 * @param totals of all flows that passed
 * @param executed rows whose plan has the scan of the flows; empty where no Spark job read any
 * @param release gives back what lies behind
 */
public record StatAnswer(
    List<RecordTable> records,
    List<StatTable> tables,
    int limit,
    FlowCounters totals,
    Optional<Dataset<Row>> executed,
    Runnable release)
    implements AutoCloseable {
  @Override
  public void close() {
    release.run();
  }
}
