package org.flowlake.jobs.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.datasources.v2.BatchScanExec;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionRequest;
import org.flowlake.converters.lake.FlowLake;
import org.flowlake.converters.lake.LakeConversion;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.filter.FilterTestFlows.Flow;
import org.flowlake.udfs.ip.IpAddress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What filters spare the two sources of the scan, a lake and raw files: every primitive's test is
 * pushed, and terms on hosts, networks, ports, times and AS skip files and row groups. Skipping is
 * shown by the rows that the scan gives ({@code numOutputRows}); Iceberg's own metric of skipped
 * files says nothing about row groups inside a day's file.
 */
class FilterSkippingTest {
  private static final FilterSettings SETTINGS = FilterSettings.local().withZone(ZoneOffset.UTC);
  private static final Instant FIRST_DAY = Instant.parse("2024-03-11T00:00:00Z");
  private static final int PER_DAY = 20_000;
  private static final int SERVERS = 200;

  /** Small, so that a day of a few megabytes has many; a lake's own are 4 MiB. */
  private static final int ROW_GROUP_BYTES = 64 << 10;

  /** Primitives that no source can test, and why. */
  private static final Set<FilterPrimitive> NOTHING_TO_PUSH =
      EnumSet.of(
          FilterPrimitive.ANY, // holds for all
          FilterPrimitive.COUNT, // no column holds it
          FilterPrimitive.IDENT, // becomes a test of source_id: FlowQueryTest
          FilterPrimitive.GEO, // a look-up in a file, see GeoAnswersTest
          FilterPrimitive.JA4S); // refused

  @TempDir static Path folder;

  private static Dataset<Row> lake;
  private static Dataset<Row> raw;

  /** A few flows with every column. */
  private static Dataset<Row> wideLake;

  private static Dataset<Row> wideRaw;

  @BeforeAll
  static void writeFlows() throws IOException {
    SparkSession spark = JobsSession.get();
    Path files = Files.createDirectory(folder.resolve("raw"));
    for (int day = 0; day < 2; day++) {
      FilterTestFile.write(files.resolve("nfcapd.2024031" + (1 + day) + "0000"), flows(day));
    }
    lake = convert(spark, files, folder.resolve("lake"));
    raw = spark.read().format("nfcapd").load(files.toString());
    Path wide = Files.createDirectory(folder.resolve("wide"));
    FilterTestFile.write(
        wide.resolve("nfcapd.202403110830"),
        FilterTestFlows.records(50, 1, 10, NfdumpTerms.ADDRESSES));
    wideLake = convert(spark, wide, folder.resolve("wide-lake"));
    wideRaw = spark.read().format("nfcapd").load(wide.toString());
  }

  private static Dataset<Row> convert(SparkSession spark, Path files, Path lake)
      throws IOException {
    FlowLake made = FlowLake.openOrCreate(spark, lake.toString());
    spark.sql(
        "ALTER TABLE %s SET TBLPROPERTIES ('write.parquet.row-group-size-bytes' = '%d')"
            .formatted(made.flowsTable(), ROW_GROUP_BYTES));
    new LakeConversion(
            spark,
            new ConversionRequest(
                lake.toString(),
                List.of(files.toString()),
                DamagePolicy.FAIL,
                ConversionRequest.MismatchPolicy.FAIL))
        .run();
    return made.flows();
  }

  /** Each server has its address, port and, with 19 neighbours, its network and AS. */
  private static List<Flow> flows(int day) {
    List<Flow> flows = new ArrayList<>();
    for (int i = 0; i < PER_DAY; i++) {
      int server = i % SERVERS;
      int client = i / SERVERS % 100;
      Map<FlowField, Object> flow = new EnumMap<>(FlowField.class);
      Instant seen = FIRST_DAY.plusSeconds(86_400L * day + 4L * i);
      flow.put(FlowField.FIRST_SEEN, seen);
      flow.put(FlowField.LAST_SEEN, seen.plusMillis(i % 1000));
      flow.put(FlowField.RECEIVED, seen.plusSeconds(2));
      flow.put(FlowField.IP_VERSION, 4);
      String source = server == 150 && client == 7 ? "10.200.0.1" : "10.0.0." + client;
      flow.put(FlowField.SRC_ADDR, IpAddress.parse(source).toBytes());
      String destination = "172.16." + server / 20 + "." + server % 20;
      flow.put(FlowField.DST_ADDR, IpAddress.parse(destination).toBytes());
      flow.put(FlowField.SRC_PORT, 40_000 + i % 7919);
      flow.put(FlowField.DST_PORT, 1000 + server);
      flow.put(FlowField.PROTO, 6);
      flow.put(FlowField.TCP_FLAGS, 27);
      flow.put(FlowField.FWD_STATUS, 0);
      flow.put(FlowField.SRC_TOS, 0);
      flow.put(FlowField.IN_PACKETS, 1L + i % 90);
      flow.put(FlowField.IN_BYTES, 40L * (1 + i % 977));
      flow.put(FlowField.EXPORTER_ID, 0);
      flow.put(FlowField.ENGINE_TYPE, 0);
      flow.put(FlowField.ENGINE_ID, 0);
      flow.put(FlowField.NF_VERSION, 9);
      flow.put(FlowField.RECORD_FLAGS, 0);
      flow.put(FlowField.SRC_AS, 100L);
      flow.put(FlowField.DST_AS, 64_512L + server / 20);
      flows.add(new Flow(flow));
    }
    return flows;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          host 172.16.3.5                                          | 8000
          src host 10.200.0.1                                      | 8000
          host 192.0.2.1                                           | 0
          net 172.16.4.0/24                                        | 12000
          not dst net 172.16.0.0/17 or dst net 172.16.9.0/28       | 12000
          dst port 1133                                            | 8000
          port 1133                                                | 8000
          port in [1133 1134 22]                                   | 8000
          first seen >= 2024-03-12                                 | 20000
          last seen < 2024-03-11T01:00                             | 20000
          dst as 64513                                             | 12000
          as in [64513 64514]                                      | 16000
          host 172.16.3.5 and first seen < 2024-03-12              | 4000
          """)
  void filesAndRowGroupsThatCannotMatchAreSkipped(String filter, int most) {
    Dataset<Row> found = ask(lake, filter);

    assertThat(found.collectAsList()).hasSize(count(filter));
    assertThat(rowsRead(found)).isLessThanOrEqualTo(most);
  }

  @Test
  void aListOfHostsSkipsByItsBounds() {
    String list =
        IntStream.range(0, 40)
            .mapToObj(i -> "172.16.%d.%d".formatted(2 + i / 20, i % 20))
            .collect(Collectors.joining(" ", "dst ip in [", "]"));
    Dataset<Row> found = ask(lake, list);

    assertThat(found.collectAsList()).hasSize(40 * 2 * PER_DAY / SERVERS);
    assertThat(rowsRead(found)).isLessThan(PER_DAY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host 172.16.3.5",
        "net 172.16.4.0/24",
        "dst port 1133",
        "not (src port > 41000 or proto udp)",
        "first seen >= 2024-03-12T12:00",
        "as in [64513 64514]",
        "flags SA and packets > 80"
      })
  void rawFilesGiveOnlyWhatMatches(String filter) {
    Dataset<Row> found = ask(raw, filter);

    int rows = found.collectAsList().size();

    assertThat(rows).isEqualTo(count(filter));
    assertThat(rowsRead(found)).isEqualTo(rows);
  }

  @ParameterizedTest
  @EnumSource(FilterPrimitive.class)
  void everyPrimitiveIsPushedIntoTheLakesScan(FilterPrimitive primitive) {
    assertPushed(wideLake, primitive);
  }

  @ParameterizedTest
  @EnumSource(FilterPrimitive.class)
  void everyPrimitiveIsPushedIntoTheScanOfRawFiles(FilterPrimitive primitive) {
    assertPushed(wideRaw, primitive);
  }

  private static void assertPushed(Dataset<Row> table, FilterPrimitive primitive) {
    if (NOTHING_TO_PUSH.contains(primitive)) {
      return;
    }
    Dataset<Row> asked = ask(table, primitive.example());

    String scan = scan(asked.queryExecution().sparkPlan()).scan().description();

    String filters = scan.substring(scan.indexOf("filters="));
    List<String> columns =
        primitive.phrases().stream()
            .flatMap(phrase -> phrase.getValue().operands().stream())
            .flatMap(operand -> operand.fields().stream())
            .map(FlowField::column)
            .toList();
    assertThat(columns).as(scan).anyMatch(filters::contains);
  }

  private static Dataset<Row> ask(Dataset<Row> table, String filter) {
    return table
        .filter(FlowFilter.parse(filter, SETTINGS).column(table.schema()))
        .select(FlowField.IN_BYTES.column());
  }

  /** How many flows pass, by the interpreter. */
  private static int count(String filter) {
    FilterInterpreter interpreter =
        new FilterInterpreter(FlowFilter.parse(filter, SETTINGS).bound());
    return (int)
        IntStream.range(0, 2)
            .boxed()
            .flatMap(day -> flows(day).stream())
            .filter(interpreter::matches)
            .count();
  }

  private static long rowsRead(Dataset<Row> asked) {
    return scan(asked.queryExecution().executedPlan()).metrics().apply("numOutputRows").value();
  }

  private static BatchScanExec scan(SparkPlan plan) {
    SparkPlan node = plan;
    while (!(node instanceof BatchScanExec)) {
      node = node.children().head();
    }
    return (BatchScanExec) node;
  }
}
