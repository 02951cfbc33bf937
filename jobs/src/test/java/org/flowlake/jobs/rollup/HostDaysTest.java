package org.flowlake.jobs.rollup;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.flowlake.jobs.FlowQuery;
import org.flowlake.jobs.FlowSource;
import org.flowlake.jobs.ListAnswer;
import org.flowlake.jobs.list.TimeWindow;
import org.flowlake.jobs.report.OutputFormats;
import org.flowlake.jobs.stat.StatAnswer;
import org.flowlake.jobs.stat.StatParser;
import org.flowlake.udfs.ip.IpAddress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days of hosts, beside the days on which Spark finds these hosts in all flows. */
class HostDaysTest {
  private static final int HOSTS = 12;

  @TempDir static Path folder;
  private static FlowSource source;

  @BeforeAll
  static void convert() throws IOException {
    source = CorpusLake.convert(folder.resolve("lake"), "devices", "tree-v2-lz4", "real");
  }

  @Test
  void hostsOfTheLakeAreOnTheDaysOfTheirFlows() {
    Random random = new Random(7);
    List<Row> seen =
        source.flows().select("src_addr").distinct().orderBy("src_addr").collectAsList();
    for (int i = 0; i < HOSTS; i++) {
      byte[] bytes = seen.get(random.nextInt(seen.size())).getAs(0);
      if (bytes == null) {
        continue;
      }
      String host = text(bytes);
      Column src = col("src_addr").equalTo(bytes);
      Column dst = col("dst_addr").equalTo(bytes);
      assertThat(told("src ip " + host, "")).as("src ip %s", host).containsExactly(days(src));
      assertThat(told("ip " + host, "")).as("ip %s", host).containsExactly(days(src.or(dst)));
      assertThatAnswersAgree("ip " + host, "");
      assertThatAnswersAgree("host " + host + " and not proto udp", "");
      assertThatAnswersAgree("dst host " + host + " or src port 53", "");
      assertThatAnswersAgree("ip " + host, "2024/03/12-2024/03/13.12:00");
    }
  }

  @Test
  void aHostThatIsNotThereIsOnNoDayAndNoFlowIsRead() {
    assertThat(told("ip 192.0.2.77", "")).containsExactly(0);
    assertThat(told("src net 2001:db8:ffff::/48", "")).containsExactly(0);
    assertThatAnswersAgree("ip 192.0.2.77", "");
    try (StatAnswer answer = ask("ip 192.0.2.77", "", RollupUse.silent())) {
      assertThat(answer.totals().records()).isZero();
    }
  }

  @Test
  void fewFlowsAreFoundWithoutAScanAndAreThoseOfAScan() {
    List<Row> rare =
        source
            .flows()
            .groupBy("src_addr")
            .count()
            .filter("count < 5 and src_addr is not null")
            .orderBy("src_addr")
            .limit(40)
            .collectAsList();
    for (int i = 0; i < rare.size(); i += 10) {
      String host = text(rare.get(i).getAs(0));
      for (String filter : List.of("src ip " + host, "ip " + host + " and not proto icmp")) {
        List<String> found = list(filter, RollupUse.silent(), "LocalTableScan");
        assertThat(found).as(filter).isNotEmpty();
        assertThat(found).as(filter).isEqualTo(list(filter, RollupUse.none(), "BatchScan"));
      }
    }
  }

  /** The flows of a list, in an order of their own; what its plan reads them with is looked at. */
  private static List<String> list(String filter, RollupUse use, String reader) {
    List<String> lines = new ArrayList<>();
    try (ListAnswer answer =
        FlowQuery.on(source)
            .filter(filter)
            .rollups(use)
            .list(OutputFormats.parse("extended"), Optional.empty(), 0)) {
      answer.rows().forEachRemaining(row -> lines.add(row.toString()));
      assertThat(answer.executed().orElseThrow().queryExecution().executedPlan().toString())
          .contains(reader);
    }
    lines.sort(null);
    return lines;
  }

  @Test
  void whatNamesNoHostsReadsAllDays() {
    assertThat(told("proto tcp", "")).isEmpty();
    assertThat(told("not ip 192.0.2.77", "")).isEmpty();
    assertThat(told("ip 192.0.2.77 or port 53", "")).isEmpty();
  }

  @Test
  void listsAndNetworksAreOnTheDaysOfAnyOfTheirHosts() {
    assertThat(told("ip in [192.0.2.77 198.51.100.0/24 2001:db8:ffff::1]", ""))
        .hasSizeLessThanOrEqualTo(1);
    for (String filter :
        List.of(
            "net 10.0.0.0/8",
            "dst net 10.0.0.0/8 and src ip in [192.0.2.77 10.0.0.0/9]",
            "src net 10.0.0.0/16 or dst ip in [172.16.0.0/12 192.168.0.0/16 2001:db8::/32]")) {
      assertThatAnswersAgree(filter, "");
      assertThatAnswersAgree(filter, "2024/03/11-2024/03/12");
    }
  }

  private static String text(byte[] address) {
    return IpAddress.text(address);
  }

  private static int days(Column condition) {
    Dataset<Row> days =
        source
            .flows()
            .filter(condition)
            .select(functions.to_date(col("first_seen")).as("day"))
            .filter(col("day").isNotNull())
            .distinct();
    return Math.toIntExact(days.count());
  }

  /** What is told of a question: how many days, or nothing. */
  private static List<Integer> told(String filter, String window) {
    List<Integer> told = new ArrayList<>();
    ask(filter, window, RollupUse.telling(names -> {}, told::add)).close();
    return told;
  }

  private static void assertThatAnswersAgree(String filter, String window) {
    try (StatAnswer narrowed = ask(filter, window, RollupUse.silent());
        StatAnswer all = ask(filter, window, RollupUse.none())) {
      assertThat(narrowed.totals()).as("'%s' -t '%s'", filter, window).isEqualTo(all.totals());
    }
  }

  /** TCP flags are in no rollup's keys: this has to read flows. */
  private static StatAnswer ask(String filter, String window, RollupUse use) {
    FlowQuery query = FlowQuery.on(source).filter(filter).rollups(use);
    return (window.isEmpty() ? query : query.window(TimeWindow.parse(window, ZoneOffset.UTC)))
        .topN(List.of(StatParser.parse("flags/flows")), 3);
  }
}
