package org.flowlake.udfs.function;

import com.holdenkarau.spark.testing.JavaDatasetSuiteBase;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Datasets compared by spark-testing-base, whose JUnit 4 hooks are called by hand. */
class AddressRoundTripTest extends JavaDatasetSuiteBase {
  private static final StructType TEXTS =
      new StructType().add("text", DataTypes.StringType).add("ip_version", DataTypes.IntegerType);

  @Override
  public boolean enableHiveSupport() {
    return false;
  }

  @BeforeEach
  void startSpark() {
    runBefore();
  }

  @AfterAll
  static void stopSpark() {
    runAfterClass();
  }

  @Test
  void canonicalTextComesBackFromTheBytes() {
    Dataset<Row> texts =
        spark()
            .createDataFrame(
                List.of(
                    RowFactory.create("10.1.2.3", 4),
                    RowFactory.create("255.255.255.255", 4),
                    RowFactory.create("2001:db8::1:0:0:1", 6),
                    RowFactory.create("::ffff:10.1.2.3", 6),
                    RowFactory.create("::", 6),
                    RowFactory.create(null, null)),
                TEXTS);
    Dataset<Row> back =
        texts.selectExpr("ip_as_string(ip_as_binary(text), ip_version) AS text", "ip_version");
    assertDataFrameEquals(texts, back);
  }
}
