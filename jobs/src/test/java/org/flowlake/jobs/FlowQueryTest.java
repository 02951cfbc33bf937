package org.flowlake.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;
import org.flowlake.jobs.aggregate.Aggregation;
import org.flowlake.jobs.aggregate.AggregationParser;
import org.flowlake.jobs.list.PrintOrder;
import org.flowlake.jobs.question.FlowCounters;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.question.SortDirection;
import org.flowlake.jobs.report.OutputFormat;
import org.flowlake.jobs.report.OutputFormats;
import org.flowlake.jobs.rows.AnswerRows;
import org.flowlake.jobs.rows.CounterColumns;
import org.flowlake.jobs.stat.RecordStatistic;
import org.flowlake.jobs.stat.StatAnswer;
import org.flowlake.jobs.stat.StatEntry;
import org.flowlake.jobs.stat.StatParser;
import org.flowlake.jobs.stat.StatRows;
import org.flowlake.udfs.ip.IpAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Totals and the number of scans of every shape of question, over flows whose sums are known. */
class FlowQueryTest {
  private static final int FLOWS = 1000;

  /** Rows kept between the two passes of a sort come back in batches, each counted as a record. */
  private static final long MOST_KEPT_BATCHES = 50;

  private static final OutputFormat LINE = OutputFormats.parse("line");
  private static final List<FlowField> FIELDS = FlowField.ofGroups(Set.of());

  /** Flow i has i + 1 packets of 100 bytes and starts i milliseconds after the first. */
  private static final FlowCounters TOTALS =
      new FlowCounters(
          FLOWS, FLOWS, 500_500, 50_050_000, 0, 0, 1_700_000_000_000L, 1_700_000_001_999L);

  @TempDir static Path folder;
  private static SparkSession spark;
  private static FlowQuery query;
  private RecordsRead read;

  @BeforeAll
  static void writeFlows() {
    spark = JobsSession.get();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < FLOWS; i++) {
      rows.add(flow(i));
    }
    String path = folder.resolve("flows").toString();
    spark.createDataFrame(rows, FlowSchema.of(FIELDS)).repartition(3).write().parquet(path);
    query = FlowQuery.on(FlowSource.detect(spark, path));
  }

  private static Row flow(int i) {
    Object[] values = new Object[FIELDS.size()];
    set(values, FlowField.FIRST_SEEN, new Timestamp(1_700_000_000_000L + i));
    set(values, FlowField.LAST_SEEN, new Timestamp(1_700_000_001_000L + i));
    set(values, FlowField.IP_VERSION, 4);
    set(values, FlowField.SRC_ADDR, IpAddress.parse("10.0.0." + i % 7).toBytes());
    set(values, FlowField.DST_ADDR, IpAddress.parse("10.0.1." + i % 5).toBytes());
    set(values, FlowField.PROTO, i % 2 == 0 ? 6 : 17);
    set(values, FlowField.SRC_PORT, 1024 + i);
    set(values, FlowField.DST_PORT, 80);
    set(values, FlowField.IN_PACKETS, i + 1L);
    set(values, FlowField.IN_BYTES, 100L * (i + 1));
    return RowFactory.create(values);
  }

  private static void set(Object[] values, FlowField field, Object value) {
    values[FIELDS.indexOf(field)] = value;
  }

  @BeforeEach
  void countRecords() {
    read = new RecordsRead();
    spark.sparkContext().addSparkListener(read);
  }

  @AfterEach
  void stopCounting() {
    spark.sparkContext().removeSparkListener(read);
  }

  @Test
  void statisticOfOneSideCountsEveryFlowOnce() throws Exception {
    try (StatAnswer answer = query.topN("srcip/bytes", 3)) {
      assertThat(answer.totals()).isEqualTo(TOTALS);
      assertThat(entries(answer, 0)).hasSize(3);
    }
    assertScannedOnce();
  }

  @Test
  void statisticOfBothSidesCountsEveryFlowOnceInTheTotals() throws Exception {
    try (StatAnswer answer = query.topN("ip/flows", 100)) {
      assertThat(answer.totals()).isEqualTo(TOTALS);
      assertThat(entries(answer, 0).stream().mapToLong(entry -> entry.counters().flows()).sum())
          .isEqualTo(2L * FLOWS);
    }
    assertScannedOnce();
  }

  @Test
  void severalStatisticsAndOrdersShareOneScan() throws Exception {
    var statistics =
        List.of(StatParser.parse("dstip/bytes/packets"), StatParser.parse("port/flows"));
    try (StatAnswer answer = query.topN(statistics, 2)) {
      assertThat(answer.tables()).hasSize(3);
      assertThat(answer.totals()).isEqualTo(TOTALS);
      assertThat(entries(answer, 2).get(0).number()).isEqualTo(80);
    }
    assertScannedOnce();
  }

  @Test
  void recordsAndElementsShareOneScan() throws Exception {
    var elements = List.of(StatParser.parse("dstip/bytes"), StatParser.parse("ip/flows"));
    List<RankOrder> orders = PrintOrder.parseOfRecords("record/bytes/tstart:a");
    RecordStatistic records =
        new RecordStatistic(
            Aggregation.FIVE_TUPLE.grouping(LINE.fields(), LINE.counters()), orders);
    try (StatAnswer answer = query.statistics(elements, Optional.of(records), 2)) {
      assertThat(answer.totals()).isEqualTo(TOTALS);
      assertThat(packets(answer.records().get(0).rows())).containsExactly(1000L, 999L);
      assertThat(packets(answer.records().get(1).rows())).containsExactly(1L, 2L);
      assertThat(entries(answer, 0)).hasSize(2);
    }
    assertScannedOnce();
  }

  @Test
  void statisticWithoutLimitKeepsOrderAndTotals() throws Exception {
    try (StatAnswer answer = query.topN("srcport/bytes", 0)) {
      List<StatEntry> entries = entries(answer, 0);
      assertThat(entries).hasSize(FLOWS);
      assertThat(entries.get(0).number()).isEqualTo(1024 + FLOWS - 1);
      assertThat(answer.totals()).isEqualTo(TOTALS);
    }
    assertScannedOnce();
  }

  @Test
  void flowsWithoutTheElementAreInTheTotalsOnly() {
    try (StatAnswer answer = query.topN("nhip/flows", 10)) {
      assertThat(answer.totals()).isEqualTo(TOTALS);
      assertThat(entries(answer, 0)).isEmpty();
    }
  }

  @Test
  void absentNumberCountsAsZero() {
    try (StatAnswer answer = query.topN("srcas/flows", 10)) {
      assertThat(entries(answer, 0)).singleElement().matches(entry -> entry.number() == 0);
    }
  }

  @Test
  void equalRanksAreOrderedByKey() {
    try (StatAnswer answer = query.topN("dstip/flows", 5)) {
      assertThat(entries(answer, 0))
          .extracting(entry -> IpAddress.text(entry.bytes()))
          .containsExactly("10.0.1.0", "10.0.1.1", "10.0.1.2", "10.0.1.3", "10.0.1.4");
    }
  }

  @Test
  void listHasTotalsOfAllRows() throws Exception {
    try (ListAnswer answer = query.list(LINE, Optional.empty(), 0)) {
      assertThat(packets(answer.rows())).hasSize(FLOWS);
      assertThat(answer.rows().totals()).isEqualTo(TOTALS);
    }
    assertScannedOnce();
  }

  @Test
  void sortedListScansOnce() throws Exception {
    Optional<RankOrder> order = Optional.of(PrintOrder.parse("bytes"));
    try (ListAnswer answer = query.list(LINE, order, 0)) {
      List<Long> packets = packets(answer.rows());
      assertThat(packets).hasSize(FLOWS).isSortedAccordingTo((a, b) -> Long.compare(b, a));
      assertThat(answer.rows().totals()).isEqualTo(TOTALS);
    }
    assertScannedOnce();
  }

  /** Spark sorts an unlimited list by an expression, the best of a list are ranked in Java. */
  @ParameterizedTest
  @EnumSource(PrintOrder.class)
  void expressionSortsAsTheMeasureRanks(PrintOrder order) {
    RankOrder rank = order.rank(SortDirection.DESCENDING);
    try (ListAnswer answer = query.filter("src port < 1100").list(LINE, Optional.of(rank), 0)) {
      List<Long> values = new ArrayList<>();
      answer.rows().forEachRemaining(row -> values.add(rank.value(CounterColumns.read(row))));
      assertThat(values).hasSize(76).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }
  }

  @Test
  void bestOfAListHasTotalsOfAllFlows() throws Exception {
    Optional<RankOrder> order = Optional.of(PrintOrder.parse("tstart:d"));
    try (ListAnswer answer = query.list(LINE, order, 3)) {
      assertThat(packets(answer.rows())).containsExactly(1000L, 999L, 998L);
      assertThat(answer.rows().totals()).isEqualTo(TOTALS);
    }
    assertScannedOnce();
  }

  @Test
  void limitCountsMatchingFlows() {
    try (ListAnswer answer = query.filter("proto udp").limit(7).list(LINE, Optional.empty(), 0)) {
      assertThat(packets(answer.rows())).hasSize(7).allMatch(count -> count % 2 == 0);
      assertThat(answer.rows().totals().records()).isEqualTo(7);
    }
  }

  @Test
  void statisticOfTheFirstFlowsIsThatOfTheListOfThem() {
    FlowQuery first = query.filter("proto udp").limit(400);
    try (StatAnswer answer = first.topN("srcip/bytes", 0);
        ListAnswer list = first.list(LINE, Optional.empty(), 0);
        ListAnswer sorted = first.list(LINE, Optional.of(PrintOrder.parse("bytes")), 0)) {
      assertThat(packets(sorted.rows())).containsExactlyInAnyOrderElementsOf(packets(list.rows()));
      assertThat(answer.totals()).isEqualTo(list.rows().totals()).isEqualTo(sorted.rows().totals());
      assertThat(answer.totals().records()).isEqualTo(400);
    }
  }

  @Test
  void limitBeyondAllFlowsIsAllFlows() {
    try (StatAnswer answer = query.limit(FLOWS + 1).topN("srcip/bytes", 1)) {
      assertThat(answer.totals()).isEqualTo(TOTALS);
    }
  }

  @Test
  void aggregationHasTotalsOfAllGroups() throws Exception {
    Aggregation aggregation = AggregationParser.parse("proto,srcip4/24");
    OutputFormat format = AggregationParser.outputFormat(aggregation, null, "");
    Optional<RankOrder> order = Optional.of(PrintOrder.parse("flows"));
    try (ListAnswer answer = query.aggregate(aggregation, format, order, 0)) {
      assertThat(packets(answer.rows())).containsExactlyInAnyOrder(250_000L, 250_500L);
      assertThat(answer.rows().totals()).isEqualTo(TOTALS);
    }
    assertScannedOnce();
  }

  @Test
  void noFlowIsNoGroup() {
    try (StatAnswer answer = query.filter("src port 1").topN("srcip/bytes", 3)) {
      assertThat(answer.totals()).isEqualTo(FlowCounters.NONE);
      assertThat(entries(answer, 0)).isEmpty();
    }
  }

  @Test
  void parquetCountsNoBlocks() {
    try (ListAnswer answer = query.list(LINE, Optional.empty(), 0)) {
      packets(answer.rows());
      assertThat(query.summary(answer.rows().totals(), answer.executed()).bytesRead())
          .isEqualTo(OptionalLong.empty());
    }
  }

  private void assertScannedOnce() throws Exception {
    spark.sparkContext().listenerBus().waitUntilEmpty();
    assertThat(read.count()).isBetween((long) FLOWS, FLOWS + MOST_KEPT_BATCHES);
  }

  private static List<StatEntry> entries(StatAnswer answer, int table) {
    List<StatEntry> entries = new ArrayList<>();
    try (StatRows rows = answer.tables().get(table).entries()) {
      rows.forEachRemaining(entries::add);
    }
    return entries;
  }

  private static List<Long> packets(AnswerRows rows) {
    List<Long> packets = new ArrayList<>();
    rows.forEachRemaining(row -> packets.add(row.getLong(CounterColumns.IN_PACKETS)));
    return packets;
  }
}
