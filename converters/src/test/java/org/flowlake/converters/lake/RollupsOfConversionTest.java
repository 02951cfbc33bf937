package org.flowlake.converters.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.LocalSpark;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionListener.Step;
import org.flowlake.converters.lake.ConversionRequest.MismatchPolicy;
import org.flowlake.converters.rollup.Rollup;
import org.flowlake.converters.rollup.RollupPeriod;
import org.flowlake.converters.rollup.RollupSnapshot;
import org.flowlake.converters.rollup.RollupTable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rollups that a conversion sums, beside Spark's own sums over the flows. */
class RollupsOfConversionTest {
  private static final Path CORPUS = Path.of(System.getProperty("flowlake.corpus", "none"));
  private static final Path NFCAPD = CORPUS.resolve("nfcapd");

  private static SparkSession spark;

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    assumeTrue(Files.isDirectory(NFCAPD), "No corpus at " + CORPUS + ": set -Dflowlake.corpus");
    spark = LocalSpark.start();
  }

  private ConversionSummary convert(Path... inputs) throws IOException {
    return new LakeConversion(spark, request(inputs)).run();
  }

  private ConversionRequest request(Path... inputs) {
    return new ConversionRequest(
        folder.resolve("lake").toString(),
        Arrays.stream(inputs).map(Path::toString).toList(),
        DamagePolicy.FAIL,
        MismatchPolicy.FAIL);
  }

  private FlowLake opened() throws IOException {
    return FlowLake.open(spark, folder.resolve("lake").toString());
  }

  private static RollupSnapshot known(FlowLake lake) {
    Table flows = lake.flowsIceberg();
    return RollupSnapshot.of(lake.rollupsIceberg(), flows, flows.currentSnapshot().snapshotId())
        .orElseThrow();
  }

  @Test
  void everyRollupHoldsTheSumsOfItsKeys() throws IOException {
    // Three commits: two of one month, and one with AS, interfaces, exporters and other years.
    convert(NFCAPD.resolve("devices"));
    convert(NFCAPD.resolve("tree-v2-lz4/2024/03/11"));
    convert(NFCAPD.resolve("tree-v2-lz4/2024/03/12"), NFCAPD.resolve("real/nfcapd.201705281555"));

    FlowLake lake = opened();
    assertThat(known(lake).complete()).contains(Rollup.DST_AS, Rollup.EXPORTER, Rollup.SRC_HOST);
    RollupSums.assertThatRowsAreSums(lake, known(lake).complete());
  }

  @Test
  void theSumsAreThoseThatTheFilesState() throws IOException {
    convert(NFCAPD.resolve("tree-v2-lz4"), NFCAPD.resolve("tree-v1-bz2"));

    FlowLake lake = opened();
    Row stated =
        lake.sources()
            .agg(sum("stated.all.flows"), sum("stated.all.packets"), sum("stated.all.bytes"))
            .head();
    for (Rollup rollup : known(lake).complete()) {
      for (RollupPeriod period : RollupPeriod.values()) {
        assertThat(
                lake.rollups()
                    .filter(col("rollup").equalTo(RollupTable.name(rollup, period)))
                    .agg(sum("flows"), sum("in_packets"), sum("in_bytes"))
                    .head())
            .as("%s per %s", rollup, period)
            .isEqualTo(stated);
      }
    }
  }

  @Test
  void conversationsAreKeptOnlyWhereTheyAreFew() throws IOException {
    // A scan: nearly every flow is a conversation of its own.
    ConversionSummary summary = convert(NFCAPD.resolve("real/nfcapd.201705281555"));

    assertThat(known(opened()).complete()).doesNotContain(Rollup.CONVERSATION);
    assertThat(summary.notes())
        .contains(
            "no rollup conversation: it would have more than a fifth as many rows as there are"
                + " flows");
    assertThat(opened().rollups().filter("rollup like 'conversation%'").count()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void aRunThatDiesLeavesEachFlowInTheSumsOnce(Step last) throws IOException {
    convert(NFCAPD.resolve("tree-v2-lz4/2024/03/11"));
    LakeConversion dying =
        new LakeConversion(
            spark,
            request(NFCAPD.resolve("tree-v2-lz4/2024/03/12")),
            new ConversionListener() {
              @Override
              public void reached(Step step) {
                if (step == last) {
                  throw new IllegalStateException("the run dies here");
                }
              }
            });
    assertThatThrownBy(dying::run).hasMessageContaining("the run dies here");

    convert(NFCAPD.resolve("tree-v2-lz4/2024/03/12"));
    convert(NFCAPD.resolve("tree-v2-lz4/2024/03/13"));

    FlowLake lake = opened();
    assertThat(known(lake).complete()).contains(Rollup.DST_HOST);
    assertThat(
            lake.rollups()
                .filter("rollup = 'dst_host_day'")
                .agg(sum("records"), sum("in_bytes"))
                .head())
        .isEqualTo(lake.flows().agg(count(lit(1)), sum("in_bytes")).head());
  }

  @Test
  void rollupsThatDoNotStandForTheFlowsAreNotUsed() throws IOException {
    convert(NFCAPD.resolve("tree-v2-lz4/2024/03/11"));
    FlowLake lake = opened();
    Table flows = lake.flowsIceberg();
    long first = flows.currentSnapshot().snapshotId();
    // A foreign writer takes flows away.
    flows
        .newDelete()
        .deleteFromRowFilter(org.apache.iceberg.expressions.Expressions.alwaysTrue())
        .commit();
    flows.newAppend().commit();
    long id = flows.currentSnapshot().snapshotId();

    assertThat(RollupSnapshot.of(lake.rollupsIceberg(), flows, id)).isEmpty();
    // Nor does any state stand for a snapshot that has expired since it was looked up.
    flows.expireSnapshots().expireSnapshotId(first).commit();
    assertThat(RollupSnapshot.of(lake.rollupsIceberg(), flows, first)).isEmpty();
  }
}
