package org.flowlake.jobs;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.flowlake.jobs.list.TimeWindow;
import org.flowlake.jobs.question.RawFileSummary;
import org.flowlake.jobs.question.TimeSpan;

/** Where flows lie. The same questions give the same answers over all kinds. */
public sealed interface FlowSource permits RawFlowSource, LakeFlowSource, ParquetFlowSource {
  /**
   * A lake, a folder of Parquet files with columns of the flow table, or raw nfcapd files, as found
   * at the path.
   *
   * @throws InputException if there is nothing at the path
   */
  static FlowSource detect(SparkSession spark, String path) {
    return SourceDetection.detect(spark, path);
  }

  /**
   * A lake.
   *
   * @param location its folder, or {@code catalog:NAME.NAMESPACE}
   * @throws InputException if there is none
   */
  static FlowSource lake(SparkSession spark, String location) {
    return LakeFlowSource.open(spark, location);
  }

  /** Raw nfcapd files and folders, in the order given. */
  static FlowSource raw(SparkSession spark, List<String> paths) {
    return new RawFlowSource(spark, paths);
  }

  /** All flows. Raw files: in file order. */
  Dataset<Row> flows();

  /**
   * The time that the files which can hold flows of the window span, as they state it themselves;
   * empty where unknown.
   */
  Optional<TimeSpan> timeSpan(Optional<TimeWindow> window);

  /**
   * What the raw files behind the flows state of themselves, in the order of listing or of
   * conversion; empty where nothing is known of them.
   */
  List<RawFileSummary> files();
}
