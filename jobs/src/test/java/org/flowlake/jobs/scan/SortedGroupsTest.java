package org.flowlake.jobs.scan;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.flowlake.jobs.scan.DrawnFiles.BUSY;
import static org.flowlake.jobs.scan.DrawnFiles.SCHEMA;
import static org.flowlake.jobs.scan.DrawnFiles.TEXT;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection$;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructType;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.lake.SortedLakeFiles;
import org.flowlake.converters.parquet.RowGroupReader;
import org.flowlake.converters.parquet.StoredColumn;
import org.flowlake.jobs.Draws;
import org.flowlake.jobs.aggregate.AggregationParser;
import org.flowlake.jobs.filter.FlowFilter;
import org.flowlake.jobs.groups.GroupLayout;
import org.flowlake.jobs.groups.PackedGroups;
import org.flowlake.jobs.groups.RunPacker;
import org.flowlake.jobs.list.PrintOrder;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.question.SortDirection;
import org.flowlake.jobs.rows.CounterColumns;
import org.flowlake.jobs.rows.CounterPresence;
import org.flowlake.jobs.rows.FlowGrouping;
import org.flowlake.jobs.rows.Ranking;
import org.flowlake.jobs.rows.TopRows;
import org.flowlake.jobs.scan.DrawnFiles.Order;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/** Merged groups beside those of Spark's own aggregation over the same flows. */
class SortedGroupsTest {
  private static final int QUESTIONS = Draws.of(20);

  /** Bytes of a table that is never full. */
  private static final int ROOM = 1 << 20;

  private static final List<String> KEYS =
      List.of("srcip", "dstport", "srcport", "proto", "tos", "inif");
  private static final List<FlowField> PRINTED =
      List.of(
          FlowField.TUN_SRC_ADDR,
          FlowField.NAT_SRC_ADDR,
          FlowField.TCP_FLAGS,
          FlowField.PROTO,
          FlowField.SRC_PORT,
          FlowField.DST_PORT,
          FlowField.SRC_ADDR,
          FlowField.FLOWS,
          FlowField.OUT_PACKETS,
          FlowField.OUT_BYTES);
  private static final List<String> FILTERS =
      List.of(
          "any",
          "proto tcp",
          "not dst net 10.0.0.0/8",
          "dst host 10.0.0.3",
          "dst host " + BUSY,
          "src port > 1028 or ipv6",
          "dst host 192.0.2.99");

  @TempDir static Path folder;
  private static DrawnFiles drawn;
  private static SparkSession spark;
  private static List<String> sorted;
  private static final Random RANDOM = new Random(7);

  @BeforeAll
  static void writeFlows() {
    drawn = new DrawnFiles(folder, RANDOM);
    spark = drawn.spark();
    sorted = new ArrayList<>();
    for (int day = 0; day < 4; day++) {
      sorted.add(drawn.write("day-" + day, drawn.flows(900), Order.SORTED));
    }
  }

  @Test
  void groupsAndTotalsAreThoseOfSparksAggregation() {
    for (int i = 0; i < QUESTIONS; i++) {
      List<String> keys = new ArrayList<>(KEYS);
      Collections.shuffle(keys, RANDOM);
      String asked = "dstip," + String.join(",", keys.subList(0, 1 + RANDOM.nextInt(3)));
      boolean computes = RANDOM.nextInt(4) == 0;
      asked = computes ? asked.replace("srcip", "srcip4/24") : asked;
      String filter = FILTERS.get(RANDOM.nextInt(FILTERS.size()));
      RankOrder order =
          PrintOrder.values()[RANDOM.nextInt(PrintOrder.values().length)].rank(direction());
      int limit = 1 + RANDOM.nextInt(40);
      FlowGrouping job =
          AggregationParser.parse(asked)
              .grouping(printed(), CounterPresence.values()[RANDOM.nextInt(2)]);
      String question = asked + " -O " + order.name() + " -n " + limit + " '" + filter + "'";

      boolean asColumns = RANDOM.nextInt(3) > 0;
      Column tested = FlowFilter.parse(filter).column(SCHEMA);
      Column condition = asColumns ? tested : tested.and(col(TEXT).isNull());
      Dataset<Row> all = spark.read().schema(SCHEMA).parquet(sorted.toArray(String[]::new));
      TopRows expected =
          TopRows.of(
              job.groups(all.filter(condition)),
              List.of(Ranking.ofAll(order)),
              limit,
              TopRows.Ties.COLUMNS,
              row -> true);
      Optional<TopRows> merged =
          merged(files(drawn.cuts(RANDOM.nextInt(8))), job, condition, order, limit);

      assertThat(merged).as(question).isPresent();
      assertThat(readsColumns(job, condition)).as(question).isEqualTo(asColumns);
      assertThat(merged.get().totals()).as(question).isEqualTo(expected.totals());
      assertThat(texts(merged.get(), job)).as(question).isEqualTo(texts(expected, job));
    }
  }

  /** Expected are the rows of Spark's own code over the same columns. */
  @Test
  void flowsArePackedAsSparksProjectionMakesThem() throws IOException {
    FlowGrouping job =
        AggregationParser.parse("srcip,dstip,dstport").grouping(PRINTED, CounterPresence.ALWAYS);
    Dataset<Row> rows = form(job, FlowFilter.parse("any").column(SCHEMA));
    RunPlan plan = RunPlan.of(rows).orElseThrow();
    GroupLayout layout = GroupLayout.of(job.merged(SCHEMA).orElseThrow());
    Map<String, StoredColumn> columns = columns(plan);
    UnsafeProjection made = UnsafeProjection$.MODULE$.create(plan.made(), plan.columns());
    RunPacker packer = packer(layout, plan, columns).orElseThrow();
    long[] counters = new long[CounterColumns.COUNT];
    UnsafeRow shown = new PackedGroups(layout, ROOM).newRow();
    int packed = 0;
    try (RowGroupReader file = RowGroupReader.open(sorted.get(0), new Configuration())) {
      for (int group = 0; group < file.groups(); group++) {
        file.read(group, List.copyOf(columns.values()));
        StoredRow stored = new StoredRow(List.copyOf(columns.values()));
        for (int row = 0; row < file.rows(group); row++) {
          PackedGroups groups = new PackedGroups(layout, ROOM);
          Arrays.setAll(counters, i -> RANDOM.nextLong());
          UnsafeRow expected = made.apply(stored.at(row));
          for (int i = 0; i < counters.length; i++) {
            expected.setLong(i, counters[i]);
          }

          assertThat(groups.add(packer, row, counters)).isTrue();
          groups.read(0, shown);

          assertThat(values(shown, rows.schema())).isEqualTo(values(expected, rows.schema()));
          packed++;
        }
      }
    }
    assertThat(packed).isEqualTo(900);
  }

  @Test
  void aFullTableTakesFlowsOfItsGroups() throws IOException {
    FlowGrouping job =
        AggregationParser.parse("srcip,dstip,dstport").grouping(List.of(), CounterPresence.ALWAYS);
    RunPlan plan = RunPlan.of(form(job, FlowFilter.parse("any").column(SCHEMA))).orElseThrow();
    GroupLayout layout = GroupLayout.of(job.merged(SCHEMA).orElseThrow());
    Map<String, StoredColumn> columns = columns(plan);
    RunPacker packer = packer(layout, plan, columns).orElseThrow();
    long[] counters = new long[CounterColumns.COUNT];
    counters[CounterColumns.RECORDS] = 1;
    try (RowGroupReader file = RowGroupReader.open(sorted.get(0), new Configuration())) {
      file.read(0, List.copyOf(columns.values()));
      PackedGroups one = new PackedGroups(layout, ROOM);
      UnsafeRow shown = one.newRow();
      one.add(packer, 0, counters);
      one.read(0, shown);
      PackedGroups groups = new PackedGroups(layout, 3 * shown.getSizeInBytes());
      int row = 0;
      while (groups.add(packer, row, counters)) {
        row++;
      }

      assertThat(groups.size()).isEqualTo(3);
      assertThat(groups.add(packer, 0, counters)).isTrue();
      assertThat(groups.add(packer, row, counters)).isFalse();
      assertThat(groups.size()).isEqualTo(3);
      groups.read(0, shown);
      assertThat(shown.getLong(CounterColumns.RECORDS)).isGreaterThan(1);
    }
  }

  private static Map<String, StoredColumn> columns(RunPlan plan) {
    Map<String, StoredColumn> columns = new LinkedHashMap<>();
    CollectionConverters.asJava(plan.columns())
        .forEach(column -> columns.put(column.name(), RunPlan.stored(column)));
    return columns;
  }

  private static Optional<RunPacker> packer(
      GroupLayout layout, RunPlan plan, Map<String, StoredColumn> columns) {
    return RunPacker.of(layout, CollectionConverters.asJava(plan.made()), columns);
  }

  private static List<Object> values(UnsafeRow row, StructType schema) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      Object value = row.isNullAt(i) ? null : row.get(i, schema.apply(i).dataType());
      values.add(value instanceof byte[] bytes ? Arrays.toString(bytes) : value);
    }
    return values;
  }

  @Test
  void aBusyDestinationIsCutBySource() throws IOException {
    FlowGrouping job =
        AggregationParser.parse("dstip,srcip").grouping(List.of(), CounterPresence.ALWAYS);
    Column condition = FlowFilter.parse("dst host " + BUSY).column(SCHEMA);

    assertThat(parts(job, condition, true)).hasSizeGreaterThan(2).allMatch(SortedGroupsTest::parts);
    assertThat(parts(job, condition, false)).noneMatch(SortedGroupsTest::parts);
  }

  private static boolean parts(MergedRuns.Part part) {
    return part.range().partsDestinations();
  }

  private static List<MergedRuns.Part> parts(FlowGrouping job, Column condition, boolean byPair)
      throws IOException {
    RunPlan plan = RunPlan.of(form(job, condition)).orElseThrow();
    StoredGroups groups =
        StoredGroups.of(files(List.of()), plan, byPair, new Configuration()).orElseThrow();
    return groups.parts(groups.cuts(5));
  }

  @Test
  void filesOutOfOrderAreNoticed() {
    for (Order order : List.of(Order.OF_DESTINATIONS, Order.NONE)) {
      List<String> paths = new ArrayList<>(sorted);
      paths.add(drawn.write("unsorted-" + order, drawn.flows(900), order));
      for (int ranges = 1; ranges < 6; ranges++) {
        FlowGrouping job =
            AggregationParser.parse("dstip,srcip").grouping(List.of(), CounterPresence.ALWAYS);
        assertThat(
                merged(
                    new SortedLakeFiles(paths, drawn.cuts(ranges - 1)),
                    job,
                    FlowFilter.parse("dst host " + BUSY).column(SCHEMA),
                    PrintOrder.BYTES.rank(SortDirection.DESCENDING),
                    10))
            .as("%s, %d ranges", order, ranges)
            .isEmpty();
      }
    }
  }

  /** Statistics say where row groups lie only if they are in order: nothing may be lost by that. */
  @Test
  void flowsThatLieElsewhereAreNoticedOrCounted() {
    FlowGrouping job =
        AggregationParser.parse("dstip,srcip").grouping(List.of(), CounterPresence.ALWAYS);
    RankOrder order = PrintOrder.FLOWS.rank(SortDirection.DESCENDING);
    int noticed = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      List<Row> rows = new ArrayList<>(spark.read().parquet(sorted.get(0)).collectAsList());
      Collections.swap(rows, RANDOM.nextInt(rows.size()), RANDOM.nextInt(rows.size()));
      List<String> paths =
          List.of(
              sorted.get(1),
              drawn.write("swapped-" + i, spark.createDataFrame(rows, SCHEMA), Order.AS_GIVEN));
      Column condition = FlowFilter.parse(FILTERS.get(i % FILTERS.size())).column(SCHEMA);
      Dataset<Row> all = spark.read().schema(SCHEMA).parquet(paths.toArray(String[]::new));

      Optional<TopRows> merged =
          merged(new SortedLakeFiles(paths, drawn.cuts(i % 8)), job, condition, order, 20);

      noticed += merged.isEmpty() ? 1 : 0;
      if (merged.isPresent()) {
        TopRows expected =
            TopRows.of(
                job.groups(all.filter(condition)),
                List.of(Ranking.ofAll(order)),
                20,
                TopRows.Ties.COLUMNS,
                row -> true);
        assertThat(merged.get().totals()).isEqualTo(expected.totals());
        assertThat(texts(merged.get(), job)).isEqualTo(texts(expected, job));
      }
    }
    assertThat(noticed).isPositive();
  }

  private static Optional<TopRows> merged(
      SortedLakeFiles files, FlowGrouping job, Column condition, RankOrder order, int limit) {
    SortedFlows flows = SortedFlows.of(spark, files, SCHEMA).map(part -> part.filter(condition));
    return SortedGroups.best(() -> flows, SCHEMA, job, order, limit);
  }

  private static boolean readsColumns(FlowGrouping job, Column condition) {
    return RunPlan.of(form(job, condition)).isPresent();
  }

  private static Dataset<Row> form(FlowGrouping job, Column condition) {
    return SortedFlows.of(spark, files(List.of()), SCHEMA)
        .map(part -> part.filter(condition))
        .map(part -> part.select(job.inputs(SCHEMA).toArray(Column[]::new)))
        .form();
  }

  /** Fields that are no keys: of the first flow, a union, counters that few flows carry. */
  static List<FlowField> printed() {
    return PRINTED.stream().filter(field -> RANDOM.nextInt(3) == 0).toList();
  }

  private static SortDirection direction() {
    return RANDOM.nextBoolean() ? SortDirection.ASCENDING : SortDirection.DESCENDING;
  }

  private static SortedLakeFiles files(List<byte[]> cuts) {
    return new SortedLakeFiles(sorted, cuts);
  }

  static List<String> texts(TopRows top, FlowGrouping job) {
    List<String> texts = new ArrayList<>();
    int columns = 8 + job.layout().fields().size();
    for (InternalRow row : top.tables().get(0)) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        boolean bytes = i >= 8 && job.layout().fields().get(i - 8).name().endsWith("_ADDR");
        text.append(' ')
            .append(
                row.isNullAt(i)
                    ? "-"
                    : bytes ? Arrays.toString(row.getBinary(i)) : Long.toString(row.getLong(i)));
      }
      texts.add(text.toString());
    }
    return texts;
  }
}
