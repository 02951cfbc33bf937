package org.flowlake.jobs.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.flowlake.converters.lake.SparkOnDemand;
import org.flowlake.jobs.FlowQuery;
import org.flowlake.jobs.FlowSource;
import org.flowlake.jobs.ListAnswer;
import org.flowlake.jobs.list.TimeWindow;
import org.flowlake.jobs.report.OutputFormats;
import org.flowlake.jobs.stat.StatAnswer;
import org.flowlake.jobs.stat.StatRows;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions to a lake in which no Spark session can be started, beside one in which it runs. */
class AnswersWithoutSparkTest {
  private static final SparkOnDemand NO_SPARK =
      SparkOnDemand.later(
          () -> {
            throw new IllegalStateException("a session was asked for");
          },
          new Configuration());

  @TempDir static Path folder;
  private static FlowSource withSpark;

  @BeforeAll
  static void convert() throws IOException {
    withSpark = CorpusLake.convert(folder.resolve("lake"), "devices", "tree-v2-lz4");
  }

  @Test
  void rollupsAndLedgerAnswer() {
    assertSame(FlowSource.detect(NO_SPARK, folder.resolve("lake").toString()));
  }

  @Test
  void aCopyOfALakeAnswersToo() throws IOException {
    Path copy = folder.resolve("copy");
    try (Stream<Path> files = Files.walk(folder.resolve("lake"))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(folder.resolve("lake").relativize(file)));
      }
    }
    assertSame(FlowSource.lake(NO_SPARK, copy.toString()));
  }

  private static void assertSame(FlowSource withoutSpark) {
    for (String statistic : List.of("dstip/bytes", "ip:p/packets", "port/flows", "srcas/bps")) {
      for (int entries : List.of(0, 7)) {
        assertThat(answer(FlowQuery.on(withoutSpark), statistic, entries))
            .as("-s %s -n %d", statistic, entries)
            .isEqualTo(
                answer(FlowQuery.on(withSpark).rollups(RollupUse.none()), statistic, entries));
      }
    }
  }

  @Test
  void anAbsentHostIsInNoList() {
    FlowQuery query =
        FlowQuery.on(FlowSource.lake(NO_SPARK, folder.resolve("lake").toString()))
            .filter("ip 203.0.113.77");
    try (ListAnswer answer = query.list(OutputFormats.parse("line"), Optional.empty(), 0)) {
      assertThat(answer.rows()).isExhausted();
      assertThat(answer.rows().totals().records()).isZero();
    }
  }

  @Test
  void flowsNeedASession() {
    FlowQuery query =
        FlowQuery.on(FlowSource.lake(NO_SPARK, folder.resolve("lake").toString()))
            .window(TimeWindow.parse("2024/03/11.10:30:00-2024/03/13", ZoneOffset.UTC));
    assertThatThrownBy(() -> query.topN("dstip/bytes", 3)).hasMessage("a session was asked for");
  }

  private static List<String> answer(FlowQuery query, String statistic, int entries) {
    List<String> lines = new ArrayList<>();
    try (StatAnswer answer = query.topN(statistic, entries)) {
      lines.add(query.summary(answer.totals(), answer.executed()).toString());
      try (StatRows rows = answer.tables().get(0).entries()) {
        rows.forEachRemaining(
            entry ->
                lines.add(
                    entry.number()
                        + " "
                        + java.util.Arrays.toString(entry.bytes())
                        + " "
                        + entry.proto()
                        + " "
                        + entry.counters()));
      }
    }
    return lines;
  }
}
