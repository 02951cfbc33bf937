package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.converters.flow.FlowStatistics;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.LocalFlowFile;
import org.flowlake.converters.nfcapd.NfcapdFile;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.SampleArchive;
import org.flowlake.jobs.TutorialFigures;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands for schedulers, over the sample archive, against nfdump 1.7.8's recorded text. */
class JobCommandsTest {
  private static final String Q1_FILTER = "not dst net 10.0.0.0/8";
  private static final String Q5_FILTER =
      "src host 10.3.58.6 and dst host 207.58.245.179 and dst port 80";

  @TempDir private Path folder;

  @BeforeAll
  static void session() {
    JobsSession.get();
  }

  @Test
  void topPrintsNfdumpsTable() {
    assertThat(answer("top", "--by", "dstip/bytes", "--filter", Q1_FILTER))
        .isEqualTo(recorded("q1"));
  }

  @Test
  void listPrintsNfdumpsLines() {
    assertThat(answer("list", "--order", "tstart", "--filter", Q5_FILTER))
        .isEqualTo(recorded("q5"));
  }

  @Test
  void tableOfTopHoldsNfdumpsFigures() throws IOException {
    Path file = folder.resolve("top.csv");

    answer("top", "--by", "dstip/bytes", "--filter", Q1_FILTER, "--out", file.toString());

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(11);
    assertThat(lines.get(0)).startsWith("statistic,ranked_by,value,proto,flows,flows_percent");
    assertThat(lines.get(1))
        .isEqualTo(
            "dstip,bytes,199.73.28.114,,37453,29.6,254045,32.4,59093636,38.1,0,1464,232,"
                + "2012-04-03T01:03:09.877Z,2012-04-06T18:41:43.303Z,322713426");
  }

  @Test
  void tableOfFlowsIsInTheOrderAskedFor() {
    assertThat(
            answer(
                    "list",
                    "--order",
                    "tstart",
                    "--filter",
                    Q5_FILTER,
                    "--columns",
                    "src_addr,src_port,in_packets",
                    "--format",
                    "csv")
                .lines())
        .containsExactly(
            "src_addr,src_port,in_packets",
            "10.3.58.6,61407,9343",
            "10.3.58.6,61658,21",
            "10.3.58.6,61684,24871",
            "10.3.58.6,61684,25355");
  }

  @Test
  void flowsAndGroupsAreWrittenForNfdump() throws IOException {
    Path flows = folder.resolve("flows.nfcapd");
    Path groups = folder.resolve("groups");
    answer(
        "list",
        "--order",
        "bytes",
        "--limit",
        "5",
        "--out",
        flows.toString(),
        "--compression",
        "zstd");
    answer("aggregate", "--keys", "proto", "--format", "nfcapd", "--out", groups.toString());
    assertThat(statistics(flows).all().flows()).isEqualTo(5);
    assertThat(statistics(groups).all().flows()).isEqualTo(SampleArchive.FLOWS);
  }

  private static FlowStatistics statistics(Path file) throws IOException {
    try (NfcapdFile opened = NfcapdFile.open(LocalFlowFile.open(file), DamagePolicy.FAIL)) {
      return opened.statistics();
    }
  }

  @Test
  void consecutivePeriodsHoldEveryFlowOnce() {
    long flows = 0;
    for (String period : List.of("2012-04-02/2012-04-04", "2012-04-04/2012-04-07")) {
      Path file = folder.resolve("protocols.ndjson");
      answer("aggregate", "--keys", "proto", "--period", period, "--out", file.toString());
      flows +=
          JobsSession.get()
              .read()
              .json(file.toString())
              .agg(java.util.Map.of("flows", "sum"))
              .head()
              .getLong(0);
    }
    assertThat(flows).isEqualTo(SampleArchive.FLOWS);
  }

  @Test
  void earlierResultsAreReplacedWithoutAnythingLeftBeside() throws IOException {
    Path file = Files.writeString(folder.resolve("protocols.csv"), "of yesterday");
    Path parts = folder.resolve("parts");
    for (int run = 0; run < 2; run++) {
      answer("aggregate", "--keys", "proto", "--out", file.toString());
      answer(
          "aggregate",
          "--keys",
          "srcip",
          "--files",
          "0",
          "--format",
          "parquet",
          "--out",
          parts.toString());
    }
    assertThat(Files.readString(file)).startsWith("first_seen,last_seen,duration_millis,proto,");
    Dataset<Row> hosts = JobsSession.get().read().parquet(parts.toString());
    assertThat(hosts.agg(java.util.Map.of("flows", "sum")).head().getLong(0))
        .isEqualTo(SampleArchive.FLOWS);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(file, parts);
    }
  }

  @Test
  void foldersWithOtherFilesAreNotReplaced() throws IOException {
    Path foreign = Files.writeString(folder.resolve("thesis.txt"), "years of work");

    int status =
        run(
            "aggregate",
            "--keys",
            "proto",
            "--files",
            "0",
            "--format",
            "csv",
            "--out",
            folder.toString());

    assertThat(status).isEqualTo(ExitCode.INPUT);
    assertThat(foreign).exists();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "top|1",
        "top --by nosuch|1",
        "top --by dstip --limit 0|1",
        "top --by dstip --format cvs|1",
        "top --by dstip --format parquet|1",
        "top --by dstip --out x|1",
        "top --by record/bytes,dstip --format csv|1",
        "top --by dstip --period noon|1",
        "top --by dstip --from 2012-04-03 --to 2012-04-03|1",
        "top --by dstip --tz Mars|1",
        "top --by dstip --filter host|254",
        "aggregate --keys nosuch|1",
        "list --columns nosuch --format csv|1",
        "list --format nfcapd|1",
        "list --columns src_addr --format nfcapd --out x|1",
        "list --files 0 --format nfcapd --out x|1",
        "list --format nfcapd --out x --compression gzip|1",
        "list --format csv --compression lz4|1",
        "top --by dstip --format nfcapd --out x|1",
        "list --columns src_addr|1",
        "list --order nosuch|1"
      })
  void mistakesAreToldBeforeAnythingStarts(String line, int status) {
    assertThat(run(line.split(" "))).isEqualTo(status);
  }

  private static String recorded(String answer) {
    return TutorialFigures.resource("nfdump-1.7.8/" + answer + ".txt");
  }

  private static String answer(String... words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(run(bytes, words)).isEqualTo(ExitCode.OK);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static int run(String... words) {
    return run(new ByteArrayOutputStream(), words);
  }

  private static int run(ByteArrayOutputStream bytes, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(1, List.of("--input", SampleArchive.netflow().toString()));
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    return FlowlakeCommand.execute(out, all.toArray(String[]::new));
  }
}
