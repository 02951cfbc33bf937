package org.flowlake.converters.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanHelper;
import org.apache.spark.sql.execution.datasources.v2.BatchScanExec;
import org.flowlake.converters.LocalSpark;
import org.flowlake.converters.flow.FlowStatistics;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.LocalFlowFile;
import org.flowlake.converters.nfcapd.NfcapdFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The source over the three-day tree of the corpus: 331 files, 12,679 flows, by nfdump 1.7.8 (see
 * its README).
 */
class NfcapdDataSourceTest {
  private static final Path CORPUS = Path.of(System.getProperty("flowlake.corpus", "none"));
  private static final Path TREE = CORPUS.resolve("nfcapd/tree-v2-lz4");

  private static SparkSession spark;

  @BeforeAll
  static void startSpark() {
    assumeTrue(Files.isDirectory(TREE), "No corpus at " + CORPUS + ": set -Dflowlake.corpus");
    spark = LocalSpark.start();
  }

  private static Dataset<Row> tree() {
    return spark.read().format("nfcapd").load(TREE.toString());
  }

  private static Map<String, Long> metricsOf(Dataset<Row> executed) {
    SparkPlan plan = executed.queryExecution().executedPlan();
    List<SparkPlan> nodes = CollectionConverters.asJava(new PlanWalk().collectNodes(plan));
    Map<String, Long> values = new TreeMap<>();
    for (SparkPlan node : nodes) {
      if (node instanceof BatchScanExec) {
        CollectionConverters.asJava(node.metrics())
            .forEach((name, metric) -> values.put(name, metric.value()));
      }
    }
    return values;
  }

  /** Also looks inside the final plan of an adaptive execution. */
  private static final class PlanWalk implements AdaptiveSparkPlanHelper {
    scala.collection.Seq<SparkPlan> collectNodes(SparkPlan plan) {
      return collect(plan, scala.PartialFunction.fromFunction(node -> node));
    }
  }

  @Test
  void allFlowsOfTheTreeComeInFewTasks() {
    Dataset<Row> flows = tree();

    assertThat(flows.count()).isEqualTo(12_679);
    assertThat(flows.rdd().getNumPartitions()).isLessThanOrEqualTo(6);
  }

  @Test
  void onlyTheAskedColumnsAreDecoded() {
    Dataset<Row> three = tree().select("src_addr", "dst_port", "in_bytes");
    three.collectAsList();

    Map<String, Long> metrics = metricsOf(three);
    assertThat(metrics).containsEntry(FlowMetrics.FLOWS, 12_679L);
    assertThat(metrics).containsEntry(FlowMetrics.VALUES, 3 * 12_679L);
    assertThat(metrics).containsEntry(FlowMetrics.FILES, 331L);
  }

  @Test
  void anHourOpensOnlyTheFilesThatCanHoldIt() throws IOException {
    Column hour =
        col("first_seen")
            .gt(lit("2024-03-12 08:00:00").cast("timestamp"))
            .and(col("last_seen").lt(lit("2024-03-12 09:00:00").cast("timestamp")));
    Dataset<Row> pruned = tree().filter(hour).select("first_seen", "last_seen");
    List<Row> rows = pruned.collectAsList();

    // The same without pruning: the cast to text is not pushed.
    long expected =
        tree()
            .filter(col("first_seen").cast("string").gt("2024-03-12 08:00:00"))
            .filter(col("last_seen").cast("string").lt("2024-03-12 09:00:00"))
            .count();
    assertThat(rows).hasSize((int) expected).isNotEmpty();
    // Only files whose own statistics record overlaps the hour: long flows make it more than
    // twelve.
    assertThat(metricsOf(pruned).get(FlowMetrics.FILES))
        .isEqualTo(filesThatOverlap("2024-03-12T08:00:00Z", "2024-03-12T09:00:00Z"))
        .isLessThan(60);
  }

  private static long filesThatOverlap(String from, String to) throws IOException {
    long overlap = 0;
    try (Stream<Path> found = Files.walk(TREE)) {
      for (Path path : found.filter(Files::isRegularFile).toList()) {
        try (NfcapdFile file = NfcapdFile.open(LocalFlowFile.open(path), DamagePolicy.FAIL)) {
          FlowStatistics statistics = file.statistics();
          if (statistics.lastSeenMillis() >= Instant.parse(from).toEpochMilli()
              && statistics.firstSeenMillis() <= Instant.parse(to).toEpochMilli()) {
            overlap++;
          }
        }
      }
    }
    return overlap;
  }

  @Test
  void pushedFiltersGiveWhatSparkItselfGives() {
    byte[] host =
        HexFormat.of().parseHex("00000000000000000000ffff" + "40 0d 86 34".replace(" ", ""));
    byte[] low = HexFormat.of().parseHex("00000000000000000000ffff0a000000");
    byte[] high = HexFormat.of().parseHex("00000000000000000000ffff0affffff");
    List<Column> filters =
        List.of(
            col("dst_addr").equalTo(lit(host)),
            col("src_addr").between(lit(low), lit(high)).or(col("dst_port").equalTo(443)),
            not(col("dst_addr").isNotNull().and(col("dst_addr").equalTo(lit(host)))),
            col("dst_port").isin(80, 443, 8080),
            col("src_addr").isin(host, low),
            col("tcp_flags").bitwiseAND(2).equalTo(2),
            col("src_vlan").isNull().or(col("src_vlan").notEqual(5L)),
            not(col("src_vlan").equalTo(5L)),
            lit(5).lt(col("in_packets")).and(col("proto").notEqual(17)));
    Dataset<Row> inMemory = tree().cache();
    try {
      for (Column filter : filters) {
        Dataset<Row> pushed = tree().filter(filter).select("source_id");
        assertThat((long) pushed.collectAsList().size())
            .as(filter.toString())
            .isEqualTo(inMemory.filter(filter).count());
        assertThat(pushed.queryExecution().executedPlan().toString())
            .as("no filter is left above the scan")
            .doesNotContain("Filter ");
      }
    } finally {
      inMemory.unpersist(true);
    }
  }

  @Test
  void anUnknownOptionValueIsRefused() {
    assertThatThrownBy(
            () -> spark.read().format("nfcapd").option("damage", "ignore").load("x").count())
        .hasMessageContaining("Option damage is 'ignore'; known: fail, skip");
  }

  @Test
  void aForeignFileIsRefusedByNameAndLeftOutWithSkip(@TempDir Path folder) throws Exception {
    Files.copy(TREE.getParent().resolve("real/nfcapd.201705281555"), folder.resolve("nfcapd.1"));
    Files.write(folder.resolve("nfcapd.2"), "no flow file at all".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> spark.read().format("nfcapd").load(folder.toString()).collectAsList())
        .rootCause()
        .hasMessageContaining("nfcapd.2");
    assertThat(
            spark.read().format("nfcapd").option("damage", "skip").load(folder.toString()).count())
        .isEqualTo(2_035);
  }

  @Test
  void everyColumnOfTheTableHasAName() {
    assertThat(Arrays.asList(tree().columns())).contains("first_seen", "mpls_10", "max_ttl");
  }
}
