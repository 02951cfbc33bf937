package org.flowlake.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.aggregate.AggregationParser;
import org.flowlake.jobs.groups.FlowGroups;
import org.flowlake.jobs.groups.HashedGroups;
import org.flowlake.jobs.rows.CounterPresence;
import org.flowlake.jobs.rows.FlowGrouping;
import org.flowlake.jobs.stat.StatParser;
import org.flowlake.jobs.stat.TopNJob;
import org.flowlake.jobs.stat.TopNStatistic;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Groups of raw files by hash beside those of Spark's own aggregation over the same flows. */
class GroupedFlowsTest {
  private static final Path NFCAPD =
      Path.of(System.getProperty("flowlake.corpus", "none")).resolve("nfcapd");
  private static final int QUESTIONS = Draws.of(8);

  /** The last ones are no tests that the scan makes. */
  private static final List<String> FILTERS =
      List.of(
          "any",
          "proto tcp",
          "not dst net 10.0.0.0/8",
          "ipv6 or src port > 1024",
          "dst host 192.0.2.99",
          "bps > 1000",
          "duration < 500 and proto udp");

  private static final List<String> KEYS =
      List.of(
          "srcip",
          "dstip",
          "srcip4/24",
          "dstip6/64",
          "srcnet",
          "srcport",
          "dstport",
          "proto",
          "tos",
          "inif",
          "srcas",
          "srcvlan",
          "router",
          "next");

  private static final List<FlowField> PRINTED =
      List.of(
          FlowField.TUN_SRC_ADDR,
          FlowField.NAT_SRC_ADDR,
          FlowField.NEXT_HOP,
          FlowField.RECEIVED,
          FlowField.TCP_FLAGS,
          FlowField.PROTO,
          FlowField.SRC_PORT,
          FlowField.DST_AS,
          FlowField.SRC_ADDR,
          FlowField.FLOWS,
          FlowField.OUT_PACKETS,
          FlowField.OUT_BYTES);

  private static final List<String> STATISTICS =
      List.of(
          "srcip",
          "dstip",
          "ip",
          "ip:p",
          "dstport",
          "port:p",
          "proto",
          "flags",
          "as",
          "if",
          "nhip",
          "router",
          "srcvlan",
          "insrcmac");

  private static final Random RANDOM = new Random(11);
  private static FlowSource source;

  @BeforeAll
  static void openFiles() {
    assumeTrue(Files.isDirectory(NFCAPD), "No corpus: set -Dflowlake.corpus");
    source =
        FlowSource.raw(
            JobsSession.get(),
            Stream.of("devices", "real").map(folder -> NFCAPD.resolve(folder).toString()).toList());
  }

  @Test
  void aggregationsAreThoseOfSpark() {
    for (int i = 0; i < QUESTIONS; i++) {
      String asked = String.join(",", drawn(KEYS, 3));
      String filter = FILTERS.get(RANDOM.nextInt(FILTERS.size()));
      FlowGrouping job =
          AggregationParser.parse(asked)
              .grouping(drawn(PRINTED, 5), CounterPresence.values()[RANDOM.nextInt(2)]);
      FlowQuery query = limited(FlowQuery.on(source).filter(filter));

      assertSame(
          "-A " + asked + " '" + filter + "'", GroupedFlows.of(query, job), spark(query, job));
    }
  }

  @Test
  void statisticsAreThoseOfSpark() {
    for (int i = 0; i < QUESTIONS; i++) {
      List<String> asked = drawn(STATISTICS, 3);
      String filter = FILTERS.get(RANDOM.nextInt(FILTERS.size()));
      List<TopNStatistic> statistics = asked.stream().map(StatParser::parse).toList();
      TopNJob job = new TopNJob(statistics, Optional.empty());
      FlowQuery query = limited(FlowQuery.on(source).filter(filter));

      assertSame(
          "-s " + asked + " '" + filter + "'",
          GroupedFlows.of(query, job),
          query.limited(job::groups).rows());
    }
  }

  /** So that the comparisons above compare what they are to compare. */
  @Test
  void flowsAreGroupedFromDecodedColumnsUnlessTheScanLeavesPartOfTheFilter() {
    TopNJob job = new TopNJob(List.of(StatParser.parse("dstip")), Optional.empty());
    FlowQuery pushed = FlowQuery.on(source).filter("not dst net 10.0.0.0/8");
    FlowQuery left = FlowQuery.on(source).filter("bps > 1000");

    assertThat(
            HashedGroups.ofFlows(pushed.flows(), job.rowsOfEntries(), job.merged().orElseThrow()))
        .isPresent();
    assertThat(HashedGroups.ofFlows(left.flows(), job.rowsOfEntries(), job.merged().orElseThrow()))
        .isEmpty();
  }

  private static Dataset<Row> spark(FlowQuery query, FlowGrouping job) {
    return query.limited(job::groups).rows();
  }

  private static FlowQuery limited(FlowQuery query) {
    return RANDOM.nextInt(4) == 0 ? query.limit(50) : query;
  }

  private static <T> List<T> drawn(List<T> all, int most) {
    List<T> drawn = new ArrayList<>(all);
    Collections.shuffle(drawn, RANDOM);
    return drawn.subList(0, 1 + RANDOM.nextInt(most));
  }

  private static void assertSame(String question, FlowGroups groups, Dataset<Row> expected) {
    assertThat(groups.rows().columns()).as(question).isEqualTo(expected.columns());
    assertThat(texts(groups.rows())).as(question).isEqualTo(texts(expected));
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(GroupedFlowsTest::text).sorted().toList();
  }

  private static String text(Row row) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      Object value = row.get(i);
      text.append(' ').append(value instanceof byte[] bytes ? Arrays.toString(bytes) : value);
    }
    return text.toString();
  }
}
