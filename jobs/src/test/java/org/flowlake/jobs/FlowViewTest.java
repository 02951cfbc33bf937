package org.flowlake.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FlowViewTest {
  private static SparkSession spark;

  @BeforeAll
  static void registerTheSample() {
    spark = JobsSession.get();
    FlowView.register(FlowSource.detect(spark, SampleArchive.netflow().toString()).flows());
  }

  @Test
  void addressesAreTextAndAllOtherColumnsStay() {
    // The third of the tutorial's questions, in SQL: nfdump prints the same three flows.
    List<Row> attempts =
        spark
            .sql(
                "SELECT src_addr, src_port, in_packets, in_bytes FROM flows"
                    + " WHERE dst_addr = '199.73.28.114' AND dst_port = 8000 ORDER BY first_seen")
            .collectAsList();

    assertThat(attempts)
        .extracting(Row::toString)
        .containsExactly("[10.3.58.7,1132,3,84]", "[10.3.58.7,1134,3,84]", "[10.3.58.7,1241,3,84]");
  }

  @Test
  void anAddressThatARecordLacksIsNull() {
    assertThat(spark.sql("SELECT count(nat_src_addr) FROM flows").head().getLong(0)).isZero();
  }
}
