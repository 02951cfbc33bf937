package org.flowlake.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.columnar.InMemoryTableScanExec;
import org.apache.spark.sql.execution.datasources.v2.BatchScanExec;
import org.apache.spark.sql.execution.metric.SQLMetric;
import scala.jdk.javaapi.CollectionConverters;

/** What the scans of an executed plan counted. */
final class ScanMetrics {
  private ScanMetrics() {}

  /** The sum of a metric over all scans that have it; empty if none has. */
  static OptionalLong sum(Dataset<Row> executed, String metric) {
    long sum = 0;
    boolean found = false;
    for (BatchScanExec scan : scans(executed.queryExecution().executedPlan())) {
      if (scan.metrics().contains(metric)) {
        sum += scan.metrics().apply(metric).value();
        found = true;
      }
    }
    return found ? OptionalLong.of(sum) : OptionalLong.empty();
  }

  /** Lets all scans of an executed plan count from 0 again. */
  static void reset(Dataset<Row> executed) {
    for (BatchScanExec scan : scans(executed.queryExecution().executedPlan())) {
      CollectionConverters.asJava(scan.metrics()).values().forEach(SQLMetric::reset);
    }
  }

  /** The scans that run for a plan, also behind adaptive stages and kept rows. */
  static List<BatchScanExec> scans(SparkPlan plan) {
    List<BatchScanExec> scans = new ArrayList<>();
    collect(plan, scans);
    return scans;
  }

  private static void collect(SparkPlan plan, List<BatchScanExec> scans) {
    if (plan instanceof BatchScanExec scan) {
      scans.add(scan);
    } else if (plan instanceof AdaptiveSparkPlanExec adaptive) {
      collect(adaptive.executedPlan(), scans);
    } else if (plan instanceof QueryStageExec stage) {
      collect(stage.plan(), scans);
    } else if (plan instanceof InMemoryTableScanExec kept) {
      collect(kept.relation().cacheBuilder().cachedPlan(), scans);
    } else {
      CollectionConverters.asJava(plan.children()).forEach(child -> collect(child, scans));
    }
  }
}
