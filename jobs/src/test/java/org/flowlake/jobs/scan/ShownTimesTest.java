package org.flowlake.jobs.scan;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.converters.lake.SortedLakeFiles;
import org.flowlake.jobs.Draws;
import org.flowlake.jobs.filter.FlowFilter;
import org.flowlake.jobs.groups.FlowGroups;
import org.flowlake.jobs.groups.GroupLayout;
import org.flowlake.jobs.rows.Ranking;
import org.flowlake.jobs.scan.DrawnFiles.Order;
import org.flowlake.jobs.stat.StatAnswer;
import org.flowlake.jobs.stat.StatEntry;
import org.flowlake.jobs.stat.StatParser;
import org.flowlake.jobs.stat.StatRows;
import org.flowlake.jobs.stat.StatTable;
import org.flowlake.jobs.stat.TopNJob;
import org.flowlake.jobs.stat.TopNStatistic;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statistics whose times are looked up, beside those of Spark's aggregation of all flows. */
class ShownTimesTest {
  private static final int QUESTIONS = Draws.of(12);
  private static final List<String> FILTERS =
      List.of("any", "not dst net 10.0.0.0/8", "proto tcp", "ipv6", "dst host 192.0.2.99");

  /** Ranked without times: these are looked up where few groups are shown. */
  private static final List<String> STATISTICS =
      List.of("dstip/bytes", "dstip/flows/packets", "dstip/bpp:a", "dstip/bytes/packets/flows");

  @TempDir static Path folder;
  private static final Random RANDOM = new Random(5);
  private static DrawnFiles drawn;
  private static List<String> paths;

  /** Days that follow each other and overlap; some flows of one have no times. */
  @BeforeAll
  static void writeFlows() {
    drawn = new DrawnFiles(folder, RANDOM);
    paths = new ArrayList<>();
    for (int day = 0; day < 5; day++) {
      Dataset<Row> flows = drawn.flows(900, 30 * day);
      if (day == 3) {
        flows =
            flows
                .withColumn("first_seen", when(col("src_port").gt(1025), col("first_seen")))
                .withColumn("last_seen", when(col("src_port").gt(1026), col("last_seen")));
      }
      paths.add(drawn.write("day-" + day, flows, Order.SORTED));
    }
  }

  @Test
  void timesAreThoseOfAllFlowsOfTheGroup() {
    for (int i = 0; i < QUESTIONS; i++) {
      List<String> some = paths.subList(i % 2, paths.size() - i % 3);
      SortedLakeFiles files = new SortedLakeFiles(some, drawn.cuts(RANDOM.nextInt(5)));
      String filter = FILTERS.get(i % FILTERS.size());
      TopNStatistic statistic = StatParser.parse(STATISTICS.get(i % STATISTICS.size()));
      int limit = 1 + RANDOM.nextInt(2);
      TopNJob job = new TopNJob(List.of(statistic), Optional.empty());
      Dataset<Row> flows = all(some).filter(FlowFilter.parse(filter).column(DrawnFiles.SCHEMA));

      StatAnswer expected =
          job.run(() -> new FlowGroups(job.groups(flows), flows), SortedFlows::none, limit);
      StatAnswer answer = job.run(ShownTimesTest::notAsked, () -> sorted(files, filter), limit);

      String question = STATISTICS.get(i % STATISTICS.size()) + " -n " + limit + " " + filter;
      assertThat(texts(answer)).as(question).isEqualTo(texts(expected));
      assertThat(answer.totals()).as(question).isEqualTo(expected.totals());
    }
  }

  @Test
  void timesAreReadWithTheFlowsWhereTheyRankOrTest() throws Exception {
    assertThat(suffice("dstip/bytes", "any", 1)).isTrue();
    assertThat(suffice("dstip/bytes", "any", 1_000)).isFalse();
    assertThat(suffice("dstip/bps", "any", 1)).isFalse();
    assertThat(suffice("dstip/bytes/pps", "any", 1)).isFalse();
    assertThat(suffice("dstip:p/bytes", "any", 1)).isFalse();
    assertThat(suffice("dstip/bytes", "duration > 5", 1)).isFalse();
  }

  @Test
  void aFileThatIsNotInOrderIsNoticed() {
    Dataset<Row> flows = drawn.flows(900, 1_000);
    List<String> some =
        List.of(paths.get(0), drawn.write("unsorted", flows, Order.NONE), paths.get(1));
    TopNJob job = new TopNJob(List.of(StatParser.parse("dstip/bytes")), Optional.empty());

    Supplier<FlowGroups> grouped = () -> new FlowGroups(job.groups(all(some)), all(some));

    StatAnswer answer =
        job.run(grouped, () -> sorted(new SortedLakeFiles(some, List.of()), "any"), 1);
    StatAnswer expected = job.run(grouped, SortedFlows::none, 1);

    assertThat(answer.executed()).as("grouped the general way").isPresent();
    assertThat(texts(answer)).isEqualTo(texts(expected));
  }

  /** Both lie at the same place; those without an address have no first seen either. */
  @Test
  void flowsWithoutAnAddressAreNotThoseOfTheUnspecifiedOne() {
    Dataset<Row> flows =
        drawn
            .flows(900)
            .withColumn("ip_version", lit(null).cast("int"))
            .withColumn("dst_addr", when(col("dst_port").isNotNull(), lit(new byte[16])))
            .withColumn("first_seen", when(col("dst_port").isNotNull(), col("first_seen")));
    List<String> some = List.of(drawn.write("unspecified", flows, Order.SORTED));
    TopNJob job = new TopNJob(List.of(StatParser.parse("dstip/bytes")), Optional.empty());
    Supplier<FlowGroups> grouped = () -> new FlowGroups(job.groups(all(some)), all(some));

    StatAnswer answer =
        job.run(grouped, () -> sorted(new SortedLakeFiles(some, List.of()), "any"), 1);

    assertThat(texts(answer)).isEqualTo(texts(job.run(grouped, SortedFlows::none, 1)));
  }

  private static boolean suffice(String text, String filter, int limit) throws Exception {
    TopNJob job = new TopNJob(List.of(StatParser.parse(text)), Optional.empty());
    SortedLakeFiles files = new SortedLakeFiles(paths, List.of());
    Dataset<Row> form = sorted(files, filter).map(job::inputRows).form();
    Optional<RunPlan> plan = RunPlan.of(form);
    if (plan.isEmpty()) {
      return false;
    }
    StoredGroups groups =
        StoredGroups.of(files, plan.get(), false, new Configuration()).orElseThrow();
    MergedFiles.Keys keys =
        new MergedFiles.Keys(
            GroupLayout.of(job.merged().orElseThrow()),
            Arrays.asList(form.schema().fieldNames()).indexOf("_entry_bytes"),
            -1);
    List<Ranking> rankings = StatParser.parse(text).orders().stream().map(Ranking::ofAll).toList();
    return ShownTimes.suffice(groups, plan.get(), keys, rankings, (long) limit * rankings.size());
  }

  private static FlowGroups notAsked() {
    throw new AssertionError("Grouped the general way");
  }

  private static Dataset<Row> all(List<String> some) {
    return drawn.spark().read().schema(DrawnFiles.SCHEMA).parquet(some.toArray(String[]::new));
  }

  private static SortedFlows sorted(SortedLakeFiles files, String filter) {
    return SortedFlows.of(drawn.spark(), files, DrawnFiles.SCHEMA)
        .map(part -> part.filter(FlowFilter.parse(filter).column(DrawnFiles.SCHEMA)));
  }

  private static List<String> texts(StatAnswer answer) {
    List<String> texts = new ArrayList<>();
    for (StatTable table : answer.tables()) {
      texts.add(table.order().name());
      try (StatRows entries = table.entries()) {
        while (entries.hasNext()) {
          StatEntry entry = entries.next();
          texts.add(Arrays.toString(entry.bytes()) + " " + entry.counters());
        }
      }
    }
    return texts;
  }
}
