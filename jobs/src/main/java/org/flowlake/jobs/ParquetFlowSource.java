package org.flowlake.jobs;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.nfcapd.CollectorName;
import org.flowlake.converters.source.CollectorInfo;
import org.flowlake.jobs.list.TimeWindow;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.RawFileSummary;
import org.flowlake.jobs.question.TimeSpan;

/** A folder of Parquet files with columns of the flow table, whoever wrote them. */
record ParquetFlowSource(SparkSession spark, String path) implements FlowSource {
  @Override
  public Dataset<Row> flows() {
    return spark.read().parquet(path);
  }

  /** Spark cuts such files by {@code spark.sql.files.maxPartitionBytes}, for all alike. */
  @Override
  public FlowSource inSmallTasks() {
    return this;
  }

  /** Such files state no time of their own. */
  @Override
  public Optional<TimeSpan> timeSpan(Optional<TimeWindow> window) {
    return Optional.empty();
  }

  @Override
  public Dataset<Row> numberedFlows() {
    throw new QuestionException(
        "'count' needs raw files: flows in "
            + path
            + " have no order to count them in; -c N lists N");
  }

  @Override
  public FlowSource pinned() {
    return this;
  }

  @Override
  public Set<Long> idsOfIdent(String ident) {
    throw new QuestionException(
        "'ident' needs raw files or a lake: nothing in "
            + path
            + " says which raw file a flow is from");
  }

  @Override
  public CollectorInfo collector() {
    return CollectorInfo.NONE;
  }

  @Override
  public List<CollectorName> names() {
    return List.of();
  }

  /** Such files say nothing of the raw files behind them. */
  @Override
  public List<RawFileSummary> files() {
    return List.of();
  }
}
