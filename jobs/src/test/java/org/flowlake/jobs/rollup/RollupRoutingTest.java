package org.flowlake.jobs.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.flowlake.jobs.Draws;
import org.flowlake.jobs.FlowQuery;
import org.flowlake.jobs.FlowSource;
import org.flowlake.jobs.list.TimeWindow;
import org.flowlake.jobs.stat.StatAnswer;
import org.flowlake.jobs.stat.StatEntry;
import org.flowlake.jobs.stat.StatParser;
import org.flowlake.jobs.stat.StatRows;
import org.flowlake.jobs.stat.StatTable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Random questions, each answered from rollups and from the flows themselves. */
class RollupRoutingTest {
  private static final int QUESTIONS = Draws.of(20);

  private static final List<String> ELEMENTS =
      List.of(
          "srcip",
          "dstip",
          "ip",
          "srcport",
          "dstport",
          "port",
          "proto",
          "srcas",
          "as",
          "inif",
          "outif",
          "if",
          "router",
          "srcip:p",
          "dstport:p");
  private static final List<String> ORDERS =
      List.of("flows", "packets", "bytes", "ibyte", "opkg", "pps", "bps", "bpp");
  private static final List<String> FILTERS =
      List.of(
          "any",
          "proto tcp",
          "not proto udp",
          "ipv6",
          "src net 10.0.0.0/8",
          "not dst net 10.0.0.0/8",
          "dst port 53",
          "src port > 1024 and proto tcp",
          "dst ip in [10.0.0.0/8 192.168.0.0/16]",
          "src as 0 or proto icmp");
  private static final List<String> WINDOWS =
      List.of(
          "",
          "2024/03/11-2024/03/12",
          "2024/03/11-2024/03/14",
          "2024/03/11.10:30:00-2024/03/13",
          "2024/03/11-2024/03/12.09:00:00.123",
          "2024/03/11.12:00:00-2024/03/13.18:00:00",
          "2024/03/12",
          "2017-2025",
          "2017-2024/03/12",
          "2018/05",
          "2024/03/12.01:00:00-2024/03/12.23:00:00");

  private static FlowSource source;

  @BeforeAll
  static void openLake() throws IOException {
    source = CorpusLake.orSkip();
  }

  @Test
  void everyAnswerIsThatOfTheFlows() {
    Random random = new Random(20240311);
    int routed = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      String statistic = pick(ELEMENTS, random) + "/" + pick(ORDERS, random);
      String filter = pick(FILTERS, random);
      String window = pick(WINDOWS, random);
      int entries = random.nextInt(4) * 5;
      TreeSet<String> used = new TreeSet<>();
      FlowQuery query = query(filter, window);

      assertThat(answer(query.rollups(RollupUse.telling(used::addAll)), statistic, entries))
          .as("-s %s -n %d -t '%s' '%s' from %s", statistic, entries, window, filter, used)
          .isEqualTo(answer(query.rollups(RollupUse.none()), statistic, entries));
      routed += used.isEmpty() ? 0 : 1;
    }
    assertThat(routed).as("questions that rollups answered").isGreaterThan(QUESTIONS / 4);
  }

  @Test
  void theSmallestRollupAnswers() {
    assertThat(used("dstip/bytes", "not dst net 10.0.0.0/8", "")).containsExactly("dst_host");
    assertThat(used("port/flows", "proto tcp", "")).containsExactly("dst_port", "src_port");
    assertThat(used("proto", "any", "2024/03/11-2024/03/13")).containsExactly("protocol");
    assertThat(used("srcip", "dst port 53", "")).isEmpty();
    assertThat(used("srcip", "bytes > 100", "")).isEmpty();
    assertThat(used("flags", "any", "")).isEmpty();
    assertThat(used("dstip", "any", "2024/03/12.01:00:00-2024/03/12.23:00:00")).isEmpty();
  }

  private static TreeSet<String> used(String statistic, String filter, String window) {
    TreeSet<String> used = new TreeSet<>();
    answer(query(filter, window).rollups(RollupUse.telling(used::addAll)), statistic, 3);
    return used;
  }

  private static FlowQuery query(String filter, String window) {
    FlowQuery query = FlowQuery.on(source).filter(filter);
    return window.isEmpty() ? query : query.window(TimeWindow.parse(window, ZoneOffset.UTC));
  }

  private static List<String> answer(FlowQuery query, String statistic, int entries) {
    List<String> lines = new ArrayList<>();
    try (StatAnswer answer =
        query.statistics(List.of(StatParser.parse(statistic)), Optional.empty(), entries)) {
      lines.add(answer.totals().toString());
      for (StatTable table : answer.tables()) {
        try (StatRows rows = table.entries()) {
          while (rows.hasNext()) {
            lines.add(line(rows.next()));
          }
        }
      }
    }
    return lines;
  }

  private static String line(StatEntry entry) {
    return entry.number()
        + " "
        + (entry.bytes() == null ? "" : java.util.HexFormat.of().formatHex(entry.bytes()))
        + " "
        + entry.proto()
        + " "
        + entry.counters();
  }

  private static String pick(List<String> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }
}
