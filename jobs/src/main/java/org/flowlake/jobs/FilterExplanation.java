package org.flowlake.jobs;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.FilterExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.datasources.v2.BatchScanExec;
import org.apache.spark.sql.types.StructType;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;
import org.flowlake.jobs.filter.ConditionText;
import org.flowlake.jobs.filter.FlowFilter;
import scala.jdk.javaapi.CollectionConverters;

/** Which part of a filter the scan of a source takes, told from Spark's plan; nothing is read. */
final class FilterExplanation {
  private FilterExplanation() {}

  /** The filter's condition over a table that has all columns. */
  static String withoutSource(SparkSession spark, FlowFilter filter) {
    if (filter.asksForIdents()) {
      return "Condition\n  depends on the raw files: name them with -r, -R or --lake\n";
    }
    StructType schema = FlowSchema.of(List.of(FlowField.values()));
    StructType columns =
        filter.asksForNumbers() ? schema.add(FlowFilter.RUNNING_NUMBER, "long") : schema;
    LogicalPlan plan =
        spark
            .createDataFrame(List.<Row>of(), columns)
            .filter(filter.column(columns))
            .queryExecution()
            .analyzed();
    return "Condition, if a table has all columns\n"
        + ConditionText.of(((Filter) plan).condition()).indent(2);
  }

  /** What the scan of these flows takes, and what remains. */
  static String of(Dataset<Row> matching) {
    StringBuilder text = new StringBuilder();
    describe(matching.queryExecution().sparkPlan(), text);
    return text.toString();
  }

  private static void describe(SparkPlan plan, StringBuilder text) {
    CollectionConverters.asJava(plan.children()).forEach(child -> describe(child, text));
    if (plan instanceof BatchScanExec scan) {
      append(text, "Pushed to the scan", scan.scan().description());
    } else if (plan instanceof FileSourceScanExec scan) {
      append(text, "Pushed to the scan", scan.metadata().apply("PushedFilters"));
    } else if (plan instanceof FilterExec filter) {
      append(
          text, "Tested on every flow that the scan returns", ConditionText.of(filter.condition()));
    }
  }

  private static void append(StringBuilder text, String title, String lines) {
    text.append(title).append('\n');
    lines
        .lines()
        .forEach(line -> text.append("  ").append(ConditionText.withAddresses(line)).append('\n'));
  }
}
