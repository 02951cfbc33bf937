package org.flowlake.converters.lake;

import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.LocalSpark;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.LocalFlowOutput;
import org.flowlake.converters.lake.ConversionRequest.MismatchPolicy;
import org.flowlake.converters.nfcapd.BlockEncoding;
import org.flowlake.converters.nfcapd.NfcapdWriter;
import org.flowlake.converters.rollup.Rollup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day is written once all of its files were read, though files hold flows of other days too. */
class FlowsOverMidnightTest {
  private static final Instant START = Instant.parse("2024-02-27T18:00:00Z");
  private static final int HOURS = 24 * 4;
  private static final int FLOWS_PER_HOUR = 50;

  /** A flow of the first file is told by its exporter's clock to begin so much later. */
  private static final Duration WRONG_CLOCK = Duration.ofDays(900);

  @TempDir private Path folder;

  @Test
  void eachDayIsOneFile() throws IOException {
    Path raw = Files.createDirectory(folder.resolve("raw"));
    for (int hour = 0; hour < HOURS; hour++) {
      write(raw.resolve("nfcapd." + hour), hour);
    }

    FlowLake lake = convert(raw);

    List<Row> days =
        lake.flows().groupBy("_file").agg(countDistinct(expr("date(first_seen)"))).collectAsList();
    assertThat(days).hasSize(6).allMatch(row -> row.getLong(1) == 1);
    assertThat(lake.flows().selectExpr("date(first_seen)").distinct().count()).isEqualTo(6);
    assertThat(lake.flows().count()).isEqualTo((long) HOURS * FLOWS_PER_HOUR);
    assertThat(new LakeVerification(LocalSpark.start(), lake).run(true).differences()).isEmpty();
    RollupSums.assertThatRowsAreSums(lake, Set.of(Rollup.SRC_HOST, Rollup.DST_PORT));
  }

  /** Flows of six hours, most of which are still to come in other files; the first one is off. */
  private static void write(Path target, int hour) throws IOException {
    FlowBatch flows =
        new FlowBatch(
            List.of(
                FlowField.FIRST_SEEN,
                FlowField.LAST_SEEN,
                FlowField.IP_VERSION,
                FlowField.SRC_ADDR,
                FlowField.DST_ADDR,
                FlowField.DST_PORT,
                FlowField.PROTO,
                FlowField.IN_BYTES),
            FLOWS_PER_HOUR);
    for (int i = 0; i < FLOWS_PER_HOUR; i++) {
      Instant first = START.plus(Duration.ofHours(hour)).plus(Duration.ofMinutes(7L * i));
      if (hour == 0 && i == 1) {
        first = first.plus(WRONG_CLOCK);
      }
      long micros = first.toEpochMilli() * 1000;
      flows.column(FlowField.FIRST_SEEN).appendLong(micros);
      flows.column(FlowField.LAST_SEEN).appendLong(micros + 1_000_000);
      flows.column(FlowField.IP_VERSION).appendInt(4);
      flows.column(FlowField.SRC_ADDR).appendIpv4(0x0A000000 + i);
      flows.column(FlowField.DST_ADDR).appendIpv4(0xC0A80000 + i % 3);
      flows.column(FlowField.DST_PORT).appendInt(443);
      flows.column(FlowField.PROTO).appendInt(6);
      flows.column(FlowField.IN_BYTES).appendLong(hour * 100L + i);
      flows.endFlow();
    }
    try (NfcapdWriter writer =
        new NfcapdWriter(LocalFlowOutput.create(target), BlockEncoding.NONE, START)) {
      writer.flows(flows);
      writer.finish("");
    }
  }

  private FlowLake convert(Path input) throws IOException {
    SparkSession spark = LocalSpark.start();
    String lake = folder.resolve("lake").toString();
    new LakeConversion(
            spark,
            new ConversionRequest(
                lake, List.of(input.toString()), DamagePolicy.FAIL, MismatchPolicy.FAIL))
        .run();
    return FlowLake.open(spark, lake);
  }
}
