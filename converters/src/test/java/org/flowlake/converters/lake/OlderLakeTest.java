package org.flowlake.converters.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.LocalSpark;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionRequest.MismatchPolicy;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A lake of a version that knew fewer columns of flows, of the ledger and within its structures.
 */
class OlderLakeTest {
  private static final Path NFCAPD =
      Path.of(System.getProperty("flowlake.corpus", "none")).resolve("nfcapd");
  private static final List<String> NEWER_OF_FLOWS = List.of("received", "nf_version");
  private static final List<String> NEWER_OF_LEDGER =
      List.of(
          "compression",
          "differences",
          "samplers",
          "names",
          "stated.other",
          "exporters.element.version");

  private static SparkSession spark;

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    assumeTrue(Files.isDirectory(NFCAPD), "No corpus: set -Dflowlake.corpus");
    spark = LocalSpark.start();
  }

  private FlowLake lake() throws IOException {
    return FlowLake.open(spark, folder.resolve("lake").toString());
  }

  private void convert(String file) throws IOException {
    new LakeConversion(
            spark,
            new ConversionRequest(
                folder.resolve("lake").toString(),
                List.of(NFCAPD.resolve(file).toString()),
                DamagePolicy.FAIL,
                MismatchPolicy.FAIL))
        .run();
  }

  private static void forget(Table table, List<String> columns) {
    UpdateSchema schema = table.updateSchema();
    columns.forEach(schema::deleteColumn);
    schema.commit();
  }

  @Test
  void opensAndLearnsNewColumnsWithTheNextConversion() throws IOException {
    convert("real/nfcapd.201705281555");
    forget(lake().flowsIceberg(), NEWER_OF_FLOWS);
    forget(lake().sourcesIceberg(), NEWER_OF_LEDGER);
    assertThat(lake().flows().columns()).doesNotContainAnyElementsOf(NEWER_OF_FLOWS);
    assertThat(lake().flows().count()).isEqualTo(2_035);

    convert("devices/v9-akvorado-nat.v2-1.7.8.nfcapd");

    assertThat(lake().flows().count()).isEqualTo(2_035 + 9);
    assertThat(lake().flows().filter("nf_version is null").count()).isEqualTo(2_035);
    assertThat(lake().flows().filter("nf_version = 9").count()).isEqualTo(9);
    assertThat(
            lake()
                .sources()
                .filter("compression is not null and stated.other.flows is not null")
                .filter("exporters[0].version = 9")
                .count())
        .isEqualTo(1);
    // What the older version had converted is still known.
    convert("real/nfcapd.201705281555");
    assertThat(lake().flows().count()).isEqualTo(2_035 + 9);
  }
}
