package org.flowlake.jobs.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.execution.FilterExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a filter reaches the data source, shown by the plan of a scan of Parquet files. */
class FilterPushDownTest {
  private static final FilterSettings SETTINGS = FilterSettings.local().withZone(ZoneOffset.UTC);

  @TempDir static Path folder;

  private static SparkSession spark;
  private static Dataset<Row> table;

  @BeforeAll
  static void writeTable() {
    spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.maxMetadataStringLength", 100_000)
            .getOrCreate();
    String path = folder.resolve("flows").toString();
    spark
        .createDataFrame(
            FilterTestFlows.random(20, 1).stream().map(FilterTestFlows.Flow::row).toList(),
            FlowSchema.of(List.of(FlowField.values())))
        .coalesce(1)
        .write()
        .parquet(path);
    table = spark.read().parquet(path);
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host 10.1.2.3",
        "not host 10.1.2.3",
        "dst net 10.0.0.0/8",
        "not dst net 10.0.0.0/8",
        "net 2001:db8::/32",
        "ip in [10.1.2.3 8.8.8.8 192.168.0.0/16]",
        "proto tcp and dst port 445",
        "port in [80 443]",
        "not (src port 80 or dst port > 1024)",
        "icmp-type 8",
        "flags =S",
        "packets > 10 or bytes > 1m",
        "first seen > 2024-03-11T08:30 and last seen < 2024-03-12",
        "as 65001",
        "not vlan 100",
        "mpls label1 16",
        "ipv6 and not src as in [1 2 3]"
      })
  void wholeFilterIsPushed(String filter) {
    SparkPlan plan = plan(filter);
    String pushed = pushed(plan);
    assertThat(pushed).as(plan.toString()).doesNotContain("...");
    assertThat(topLevelParts(pushed)).as(plan.toString()).isEqualTo(conditions(plan));
  }

  @Test
  void longListIsASetTestBetweenPushedBounds() {
    String list =
        IntStream.range(0, 100)
            .mapToObj(i -> "10.1.2." + 2 * i)
            .collect(Collectors.joining(" ", "[", "]"));
    SparkPlan plan = plan("src ip in " + list);
    assertThat(plan.toString()).contains("100 address ranges");
    assertThat(pushed(plan))
        .contains("EqualTo(ip_version,4)")
        .contains("GreaterThanOrEqual(src_addr")
        .contains("LessThanOrEqual(src_addr");
  }

  private static SparkPlan plan(String filter) {
    FlowFilter parsed = FlowFilter.parse(filter, SETTINGS);
    return table
        .filter(parsed.column(table.schema()))
        .select(FlowField.IN_BYTES.column())
        .queryExecution()
        .sparkPlan();
  }

  private static String pushed(SparkPlan plan) {
    String text = plan.toString();
    int start = text.indexOf("PushedFilters: [") + "PushedFilters: [".length();
    return text.substring(start, text.indexOf("], ReadSchema", start));
  }

  /** How many filters a list such as {@code Or(a,b), c} holds; bytes print as {@code [B@1f}. */
  private static int topLevelParts(String pushed) {
    int depth = 0;
    int parts = 1;
    for (char c : pushed.toCharArray()) {
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      parts += c == ',' && depth == 0 ? 1 : 0;
    }
    return parts;
  }

  /** How many conditions the Filter node joins by {@code and}. */
  private static int conditions(SparkPlan plan) {
    SparkPlan node = plan;
    while (!(node instanceof FilterExec)) {
      node = node.children().head();
    }
    return conditions(((FilterExec) node).condition());
  }

  private static int conditions(Expression condition) {
    return condition instanceof And and ? conditions(and.left()) + conditions(and.right()) : 1;
  }
}
