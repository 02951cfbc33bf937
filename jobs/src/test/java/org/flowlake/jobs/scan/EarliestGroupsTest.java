package org.flowlake.jobs.scan;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowFieldGroup;
import org.flowlake.converters.lake.SortedLakeFiles;
import org.flowlake.jobs.Draws;
import org.flowlake.jobs.aggregate.AggregationParser;
import org.flowlake.jobs.filter.FlowFilter;
import org.flowlake.jobs.groups.GroupLayout;
import org.flowlake.jobs.list.PrintOrder;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.question.SortDirection;
import org.flowlake.jobs.rows.CounterPresence;
import org.flowlake.jobs.rows.FlowGrouping;
import org.flowlake.jobs.rows.Ranking;
import org.flowlake.jobs.rows.TopRows;
import org.flowlake.jobs.scan.DrawnFiles.Order;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of compromise beside that of Spark's own aggregation over the same flows. */
class EarliestGroupsTest {
  private static final int QUESTIONS = Draws.of(12);
  private static final int DAYS = 6;
  private static final RankOrder ORDER = PrintOrder.TSTART.rank(SortDirection.ASCENDING);
  private static final List<String> KEYS = List.of("srcip,dstip,dstport", "dstip,dstport", "dstip");
  private static final List<String> FILTERS =
      List.of("any", "proto tcp", "dst host " + DrawnFiles.BUSY, "not src net 10.0.0.0/8");

  @TempDir static Path folder;
  private static final Random RANDOM = new Random(3);
  private static DrawnFiles drawn;

  /** Any file: all have the same columns. */
  private static String file;

  @BeforeAll
  static void start() {
    drawn = new DrawnFiles(folder, RANDOM);
    file = drawn.write("columns", drawn.flows(1), Order.SORTED);
  }

  /** What is drawn for a test does not depend on those that ran before it. */
  @BeforeEach
  void drawAnew() {
    RANDOM.setSeed(3);
  }

  /** A question, and how many row groups were ranked for it, each time that some were. */
  private record Asked(FlowGrouping job, Column condition, int limit, List<Long> ranked) {}

  @Test
  void groupsAndTotalsAreThoseOfAllFlows() throws IOException {
    int known = 0;
    int again = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      List<String> paths = days("drawn-" + i, 20 * ((i + i / 4) % 4));
      Asked asked = asked(KEYS.get(i % 3), FILTERS.get(i % 4), 3 + RANDOM.nextInt(12));
      StoredGroups all = groups(paths, asked);

      Optional<TopRows> best = best(all, asked, 1 + RANDOM.nextInt(3));

      if (best.isPresent()) {
        TopRows expected = expected(paths, asked);
        assertThat(best.get().totals()).as("question %d", i).isEqualTo(expected.totals());
        assertThat(SortedGroupsTest.texts(best.get(), asked.job()))
            .as("question %d", i)
            .isEqualTo(SortedGroupsTest.texts(expected, asked.job()));
        assertThat(asked.ranked()).allMatch(groups -> groups < all.size());
        known++;
        again += asked.ranked().size() > 1 ? 1 : 0;
      }
    }
    assertThat(known).isGreaterThan(QUESTIONS / 3);
    assertThat(again).as("ranked with row groups that begin as early").isPositive();
  }

  @Test
  void allGroupsAreNeededWhereDaysBeginTogether() throws IOException {
    Asked asked = asked("dstip", "any", 3);

    assertThat(best(groups(days("at-once", 0), asked), asked, 2)).isEmpty();
  }

  @Test
  void tooFewGroupsTellNothing() throws IOException {
    Asked asked = asked("srcip,dstip,dstport", "any", 10_000);

    assertThat(best(groups(days("too-few", 60), asked), asked, 2)).isEmpty();
    assertThat(asked.ranked()).hasSize(1);
  }

  /** Groups by source may have flows in one file alone. */
  @Test
  void aFileThatIsNotInOrderIsNoticedOnlyWhereGroupsAreMade() throws IOException {
    for (int unsorted = 0; unsorted < DAYS; unsorted++) {
      List<String> paths = days("ordered-" + unsorted, 60);
      paths.set(unsorted, drawn.write("unsorted-" + unsorted, flows(unsorted, 60), Order.NONE));
      Asked asked = asked("srcip,dstip,dstport", "proto tcp", 5);

      Optional<TopRows> best = best(groups(paths, asked), asked, 2);

      assertThat(best.isPresent()).isEqualTo(unsorted > 0);
      best.ifPresent(
          found ->
              assertThat(SortedGroupsTest.texts(found, asked.job()))
                  .isEqualTo(SortedGroupsTest.texts(expected(paths, asked), asked.job())));
    }
  }

  @Test
  void moreFilesThanCanBeMergedHaveThemToo() throws IOException {
    List<String> paths = new ArrayList<>(days("of-many", 60).subList(0, 3));
    for (int copy = 0; copy < SortedFlows.MOST_MERGED; copy++) {
      Path target = folder.resolve("copy-" + copy + ".parquet");
      paths.add(Files.copy(Path.of(paths.get(2)), target).toString());
    }
    Asked asked = asked("srcip,dstip,dstport", "dst host " + DrawnFiles.BUSY, 5);
    SortedFlows flows =
        SortedFlows.of(drawn.spark(), new SortedLakeFiles(paths, List.of()), DrawnFiles.SCHEMA)
            .map(part -> part.filter(asked.condition()));
    RankOrder bytes = PrintOrder.BYTES.rank(SortDirection.DESCENDING);

    Optional<TopRows> best =
        SortedGroups.best(() -> flows, DrawnFiles.SCHEMA, asked.job(), ORDER, asked.limit());

    assertThat(best.map(found -> SortedGroupsTest.texts(found, asked.job())))
        .contains(SortedGroupsTest.texts(expected(paths, asked), asked.job()));
    assertThat(SortedGroups.best(() -> flows, DrawnFiles.SCHEMA, asked.job(), bytes, 5)).isEmpty();
  }

  @Test
  void onlyTheOrderOfCompromiseAsksForThem() {
    List<Ranking> first = List.of(Ranking.ofAll(ORDER));
    Ranking last = Ranking.ofAll(PrintOrder.TSTART.rank(SortDirection.DESCENDING));
    Ranking bytes = Ranking.ofAll(PrintOrder.BYTES.rank(SortDirection.ASCENDING));

    assertThat(EarliestGroups.areAsked(first, 20, Ranking.Members.ALL)).isTrue();
    assertThat(EarliestGroups.areAsked(first, 20, row -> true)).isFalse();
    assertThat(EarliestGroups.areAsked(first, Integer.MAX_VALUE, Ranking.Members.ALL)).isFalse();
    assertThat(EarliestGroups.areAsked(List.of(last), 20, Ranking.Members.ALL)).isFalse();
    assertThat(EarliestGroups.areAsked(List.of(bytes), 20, Ranking.Members.ALL)).isFalse();
  }

  /** Files of days that begin so many milliseconds apart, the first one small. */
  private static List<String> days(String name, int apart) {
    List<String> paths = new ArrayList<>();
    for (int day = 0; day < DAYS; day++) {
      paths.add(drawn.write(name + "-" + day, flows(day, apart), Order.SORTED));
    }
    return paths;
  }

  /** Some flows of one day have no times. */
  private static Dataset<Row> flows(int day, int apart) {
    Dataset<Row> flows = drawn.flows(day == 0 ? 40 : 300, apart * day);
    return day == 2
        ? flows.withColumn("last_seen", when(col("src_port").gt(1025), col("last_seen")))
        : flows;
  }

  /** Groups that are ranked as they are, without counters that few records carry. */
  private static Asked asked(String keys, String filter, int limit) {
    List<FlowField> printed =
        SortedGroupsTest.printed().stream()
            .filter(field -> field.group() != FlowFieldGroup.COUNTERS)
            .toList();
    FlowGrouping job =
        AggregationParser.parse(keys)
            .grouping(printed, CounterPresence.values()[RANDOM.nextInt(2)]);
    Column condition = FlowFilter.parse(filter).column(DrawnFiles.SCHEMA);
    return new Asked(job, condition, limit, new ArrayList<>());
  }

  private static Dataset<Row> form(Asked asked) {
    return SortedFlows.of(
            drawn.spark(), new SortedLakeFiles(List.of(file), List.of()), DrawnFiles.SCHEMA)
        .map(part -> part.filter(asked.condition()))
        .map(part -> part.select(asked.job().inputs(DrawnFiles.SCHEMA).toArray(Column[]::new)))
        .form();
  }

  private static RunPlan plan(Asked asked) {
    return RunPlan.of(form(asked)).orElseThrow();
  }

  private static MergedFiles.Keys keys(Asked asked) {
    List<String> names = Arrays.asList(form(asked).schema().fieldNames());
    return new MergedFiles.Keys(
        GroupLayout.of(asked.job().merged(DrawnFiles.SCHEMA).orElseThrow()),
        names.indexOf(asked.job().dstKey().orElseThrow()),
        asked.job().srcKey().map(names::indexOf).orElse(-1));
  }

  private static StoredGroups groups(List<String> paths, Asked asked) throws IOException {
    return StoredGroups.of(
            new SortedLakeFiles(paths, List.of()),
            plan(asked),
            keys(asked).srcColumn() >= 0,
            new Configuration())
        .orElseThrow();
  }

  private static Optional<TopRows> best(StoredGroups all, Asked asked, int tasks) {
    RunPlan plan = plan(asked);
    MergedFiles.Keys keys = keys(asked);
    SparkSession session = (SparkSession) drawn.spark();
    Broadcast<SerializableConfiguration> hadoop =
        SerializableConfiguration.broadcast(session.sparkContext(), new Configuration());
    return new EarliestGroups(plan, keys, asked.limit())
        .best(
            all,
            some -> {
              asked.ranked().add(some.size());
              LongAccumulator gaveUp = session.sparkContext().longAccumulator();
              MergedRuns merged =
                  new MergedRuns(
                      session.sparkContext(),
                      some.parts(some.cuts(tasks)),
                      plan,
                      keys,
                      gaveUp,
                      hadoop);
              TopRows rows =
                  TopRows.of(
                      merged.toJavaRDD(),
                      form(asked).schema(),
                      List.of(Ranking.ofAll(ORDER)),
                      asked.limit(),
                      TopRows.Ties.COLUMNS,
                      Ranking.Members.ALL);
              return gaveUp.value() > 0 ? Optional.empty() : Optional.of(rows);
            },
            tasks,
            session,
            hadoop);
  }

  private static TopRows expected(List<String> paths, Asked asked) {
    Dataset<Row> flows =
        drawn
            .spark()
            .read()
            .schema(DrawnFiles.SCHEMA)
            .parquet(paths.toArray(String[]::new))
            .filter(asked.condition());
    return TopRows.of(
        asked.job().groups(flows),
        List.of(Ranking.ofAll(ORDER)),
        asked.limit(),
        TopRows.Ties.COLUMNS,
        row -> true);
  }
}
