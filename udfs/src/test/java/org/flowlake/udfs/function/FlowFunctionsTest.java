package org.flowlake.udfs.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.flowlake.udfs.function.FunctionDoc.Example;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlowFunctionsTest {
  private static SparkSession spark;

  /** Spark finds our extension on the class path; named here too, it must do no harm. */
  @BeforeAll
  static void startSpark() {
    spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.extensions", FlowFunctionsExtension.class.getName())
            .getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  private static String textOf(String expression) {
    Row row = spark.sql("SELECT CAST(" + expression + " AS STRING)").head();
    return row.isNullAt(0) ? "NULL" : row.getString(0);
  }

  private static Stream<Example> examples() {
    return FlowFunctions.ALL.stream().flatMap(function -> function.doc().examples().stream());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void exampleReturnsWhatItSays(Example example) {
    assertThat(textOf(example.sql())).isEqualTo(example.result());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ip_as_string(NULL)",
        "ip_as_string(CAST(NULL AS BINARY))",
        "ip_as_string(x'00000000000000000000ffff0a010203', NULL)",
        "ip_as_string(x'00000000000000000000ffff0a010203', CAST(NULL AS INT))",
        "ip_as_binary(NULL)",
        "try_ip_as_binary(NULL)",
        "ip_cidr_contains(NULL, ip_as_binary('10.1.2.3'))",
        "ip_cidr_contains('10.0.0.0/8', NULL)",
        "ip_cidr_contains('10.0.0.0/8', CAST(NULL AS BINARY))",
        "tcp_flags_text(NULL)",
        "tcp_flags_text(CAST(NULL AS INT))",
        "proto_name(CAST(NULL AS INT))"
      })
  void nullGivesNull(String call) {
    assertThat(textOf(call)).isEqualTo("NULL");
  }

  @Test
  void nullsInAColumnGiveNullToo() {
    List<Row> rows =
        spark
            .sql(
                """
                SELECT ip_as_string(addr), ip_as_string(addr, version), tcp_flags_text(flags),
                  proto_name(flags), ip_as_binary(text), ip_cidr_contains(net, addr),
                  ip_cidr_contains('10.0.0.0/8', addr)
                FROM VALUES (CAST(NULL AS BINARY), CAST(NULL AS INT), CAST(NULL AS INT),
                  CAST(NULL AS STRING), CAST(NULL AS STRING)), (ip_as_binary('10.0.0.1'), 4, 17,
                  '::1', '10.0.0.0/24') AS t (addr, version, flags, text, net)
                """)
            .collectAsList();
    assertThat(rows.get(0)).hasToString("[null,null,null,null,null,null,null]");
    Row row = rows.get(1);
    assertThat(row.getString(0)).isEqualTo("10.0.0.1");
    assertThat(row.getString(1)).isEqualTo("10.0.0.1");
    assertThat(row.getString(2)).isEqualTo("...A...F");
    assertThat(row.getString(3)).isEqualTo("UDP");
    assertThat(row.getBoolean(5)).isTrue();
    assertThat(row.getBoolean(6)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ip_as_string()|Call of ip_as_string with 0 arguments; expected ip_as_string(addr[, ip_version])",
        "ip_as_string('10.1.2.3')|Argument addr of ip_as_string is of type STRING; expected BINARY in"
            + " ip_as_string(addr[, ip_version])",
        "proto_name(6L)|Argument proto of proto_name is of type BIGINT; expected INT in proto_name(proto)",
        "ip_cidr_contains('10.0.0.0/33', x'00')|Prefix length 33 is out of range 0 to 32 for the IPv4"
            + " address 10.0.0.0"
      })
  void mistakesInACallAreFoundBeforeItRuns(String call, String message) {
    assertThatThrownBy(() -> spark.sql("SELECT " + call)).hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ip_as_binary('10.1.2.300')|Not an IP address: '10.1.2.300': part 4 is out of range 0 to 255",
        "ip_as_string(x'0a010203')|Address of 4 bytes; expected 16 bytes in network order",
        "ip_as_string(x'00000000000000000000ffff0a010203', 5)|IP version 5; expected 4 or 6"
      })
  void badValuesAreErrors(String call, String message) {
    assertThatThrownBy(() -> spark.sql("SELECT " + call).collectAsList())
        .hasStackTraceContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0/0, 2001:db8::1, false",
    "::/0, 10.1.2.3, false",
    "::/0, 2001:db8::1, true",
    "::ffff:0:0/96, 10.1.2.3, false",
    "10.1.2.3, 10.1.2.3, true",
    "10.1.2.0/255.255.255.0, 10.1.2.255, true",
    "2001:db8::/33, 2001:db8:8000::, false"
  })
  void constantPrefixAnswersAsAColumnOfPrefixesDoes(String prefix, String addr, boolean contained) {
    spark
        .sql("SELECT '%s' AS net, ip_as_binary('%s') AS addr".formatted(prefix, addr))
        .cache()
        .createOrReplaceTempView("pairs");
    Row row =
        spark
            .sql(
                "SELECT ip_cidr_contains(net, addr), ip_cidr_contains('%s', addr) FROM pairs"
                    .formatted(prefix))
            .head();
    assertThat(row.getBoolean(0)).isEqualTo(contained);
    assertThat(row.getBoolean(1)).isEqualTo(contained);
  }

  @Test
  void constantPrefixIsPushedToParquet(@TempDir Path directory) {
    String file = directory.resolve("flows").toString();
    spark.sql("SELECT ip_as_binary('10.1.2.3') AS src_addr").write().parquet(file);
    String plan =
        spark
            .read()
            .parquet(file)
            .filter("ip_cidr_contains('10.0.0.0/8', src_addr)")
            .queryExecution()
            .executedPlan()
            .toString();
    assertThat(plan)
        .contains("GreaterThanOrEqual(src_addr,")
        .contains("LessThanOrEqual(src_addr,")
        .doesNotContain("ip_cidr_contains");
  }

  @Test
  void callRunsInGeneratedCode() {
    String plan =
        spark
            .range(3)
            .selectExpr("proto_name(CAST(id AS INT)) AS proto")
            .queryExecution()
            .executedPlan()
            .toString();
    assertThat(plan).contains("*(1) Project");
  }

  @Test
  void describeFunctionTellsUsageAndExamples() {
    List<String> lines =
        spark.sql("DESCRIBE FUNCTION EXTENDED ip_as_string").collectAsList().stream()
            .map(row -> row.getString(0))
            .toList();
    assertThat(String.join("\n", lines))
        .contains("Function: ip_as_string")
        .contains("Usage: ip_as_string(addr[, ip_version]) - The text of an address")
        .contains("* ip_version - INT: 4 or 6")
        .contains("> SELECT ip_as_string(x'20010db8000000000000000000000001');\n       2001:db8::1")
        .contains("Since: 0.1.0");
  }
}
