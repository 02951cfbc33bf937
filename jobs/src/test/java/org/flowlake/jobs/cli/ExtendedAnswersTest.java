package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.SampleArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What nfdump lacks, over four hours of the sample archive. The expected figures were counted by a
 * script over the flows as nfdump 1.7.8 lists them ({@code -o csv:%tsr,%ter,%pr,%sa,…}): sums per
 * floor(first / length), sets of values, and percentiles as the value at place ceil(n * p / 100) of
 * the sorted list. Lines that hold all flows are nfdump's own text.
 */
class ExtendedAnswersTest {
  private static final Path DAY = SampleArchive.netflow().resolve("2012/04/03");

  @TempDir private Path folder;

  @BeforeAll
  static void session() {
    JobsSession.get();
  }

  @Test
  void flowsLieInTheBinOfTheirFirstSeen() {
    assertThat(table("bin,flows,in_packets,in_bytes", "aggregate", "--bin", "1h"))
        .containsExactly(
            "2012-04-02T23:00:00.000Z,5,5,353",
            "2012-04-03T00:00:00.000Z,1052,22795,10023350",
            "2012-04-03T01:00:00.000Z,1226,20505,8478818",
            "2012-04-03T02:00:00.000Z,1262,24082,10169286",
            "2012-04-03T03:00:00.000Z,1246,19513,7918365");
  }

  /** Both columns of sums are those of all flows: 4791 flows, 86900 packets, 36590172 bytes. */
  @Test
  void packetsAndBytesAreSpreadByDuration() {
    assertThat(
            table(
                "bin,flows,in_packets,in_bytes",
                "aggregate",
                "--bin",
                "1h",
                "--bin-by",
                "duration"))
        .containsExactly(
            "2012-04-02T23:00:00.000Z,5,5,353",
            "2012-04-03T00:00:00.000Z,1052,22453,9797462",
            "2012-04-03T01:00:00.000Z,1226,20781,8688318",
            "2012-04-03T02:00:00.000Z,1262,24134,10173042",
            "2012-04-03T03:00:00.000Z,1246,19527,7930997");
  }

  @Test
  void spreadFlowsAreOfTheFilter() {
    assertThat(
            table(
                "bin,flows,in_packets,in_bytes",
                "aggregate",
                "--bin",
                "30m",
                "--bin-by",
                "duration",
                "--filter",
                "proto tcp",
                "--limit",
                "1"))
        .startsWith(
            "2012-04-02T23:30:00.000Z,1,1,28",
            "2012-04-03T00:00:00.000Z,316,9648,4389126",
            "2012-04-03T00:30:00.000Z,366,12291,5374329")
        .endsWith("2012-04-03T03:30:00.000Z,497,8104,3001482")
        .hasSize(9);
  }

  /** In Zurich, two hours ahead, all of it is one day: so the lines are nfdump's of all flows. */
  @Test
  void linesOfABinAreNfdumps() {
    assertThat(lines("dump", "--tz", "Europe/Zurich", "-A", "proto", "--bin", "1d", "-O", "bytes"))
        .startsWith(
            "Bin                     Date first seen         Duration          Proto   Packets   "
                + " Bytes      bps    Bpp Flows",
            "2012-04-03 00:00:00.000 2012-04-03 01:59:51.132     03:59:53.324  TCP       85492  "
                + " 36.5 M    20284    426  3719",
            "2012-04-03 00:00:00.000 2012-04-03 01:59:53.665     03:58:49.250  UDP        1024   "
                + " 73720       41     71   976",
            "2012-04-03 00:00:00.000 2012-04-03 02:07:14.224     03:44:12.822  ICMP        384   "
                + " 20946       12     54    96",
            "Summary: total flows: 4791, total bytes: 36.6 M, total packets: 86900, avg bps: 20337,"
                + " avg pps: 6, avg bpp: 421")
        .element(6)
        .asString()
        .startsWith("Total records processed: 4791, passed: 4791, ");
    assertThat(
            lines("dump", "--tz", "UTC", "-A", "proto", "--bin", "1w", "-O", "bytes", "-o", "csv"))
        .containsExactly(
            "bin,firstSeen,duration,proto,packets,bytes,bps,bpp,flows",
            "2012-04-02 00:00:00.000,2012-04-02"
                + " 23:59:51.132,14393.324,6,85492,36495506,20284,426,3719",
            "2012-04-02 00:00:00.000,2012-04-02 23:59:53.665,14329.250,17,1024,73720,41,71,976",
            "2012-04-02 00:00:00.000,2012-04-03 00:07:14.224,13452.822,1,384,20946,12,54,96");
    assertThat(
            lines(
                "dump", "--tz", "UTC", "-s", "dstip/bytes", "-n", "1", "--bin", "1w", "-o", "json"))
        .containsExactly(
            "{ \"first\" : \"2012-04-03T00:00:16.667\", \"last\" : \"2012-04-03T03:53:04.054\","
                + " \"proto\" : 0, \"dstip\" : \"10.3.58.3\", \"flows\" : 117, \"packets\" : 20131,"
                + " \"bytes\" : 7991190, \"pps\" : 1, \"bps\" : 4577, \"bpp\" : 396, \"bin\" :"
                + " \"2012-04-02T00:00:00.000\"}");
    assertThat(lines("dump", "--tz", "UTC", "-q", "-s", "dstip/bytes", "-n", "2", "--bin", "1w"))
        .containsExactly(
            "2012-04-02 00:00:00.000 2012-04-03 00:00:16.667     03:52:47.387 any          "
                + " 10.3.58.3      117( 2.4)    20131(23.2)    8.0 M(21.8)        1     4577   396",
            "2012-04-02 00:00:00.000 2012-04-03 00:04:50.901     03:53:43.754 any         "
                + " 10.3.58.40       25( 0.5)     4057( 4.7)    3.7 M(10.2)        0     2130  "
                + " 920");
  }

  /** As nfdump prints them; over a lake they come from its sums. */
  @Test
  void tableOfPlainStatisticsHasNfdumpsFigures() {
    assertThat(table("value,flows,packets", "top", "--by", "dstip/bytes", "--limit", "2"))
        .containsExactly("10.3.58.3,117,20131", "10.3.58.40,25,4057");
  }

  @Test
  void everyBinHasItsOwnBest() {
    assertThat(
            table(
                "bin,value,bytes,flows",
                "top",
                "--by",
                "dstip/bytes",
                "--bin",
                "1h",
                "--limit",
                "2"))
        .containsExactly(
            "2012-04-02T23:00:00.000Z,10.3.58.2,221,2",
            "2012-04-02T23:00:00.000Z,208.67.222.222,104,2",
            "2012-04-03T00:00:00.000Z,10.3.58.3,2083257,35",
            "2012-04-03T00:00:00.000Z,10.3.58.40,1039684,11",
            "2012-04-03T01:00:00.000Z,10.3.58.3,2123011,25",
            "2012-04-03T01:00:00.000Z,10.3.58.142,694304,20",
            "2012-04-03T02:00:00.000Z,10.3.58.3,2519635,34",
            "2012-04-03T02:00:00.000Z,10.3.58.40,1164664,6",
            "2012-04-03T03:00:00.000Z,10.3.58.40,1307914,6",
            "2012-04-03T03:00:00.000Z,10.3.58.3,1265287,23");
  }

  @Test
  void statisticsAreRankedByDistinctValues() {
    assertThat(
            table(
                "statistic,ranked_by,value,flows,srcips,dstports",
                "top",
                "--by",
                "dstip/srcips,srcip/dstports/bytes",
                "--limit",
                "3"))
        .containsExactly(
            "dstip,srcips,10.3.58.25,347,284,",
            "dstip,srcips,10.3.58.2,575,70,",
            "dstip,srcips,199.59.148.87,238,60,",
            "srcip,bytes,10.3.58.3,117,,",
            "srcip,bytes,96.255.98.154,145,,",
            "srcip,bytes,10.3.58.7,806,,",
            "srcip,dstports,199.73.28.114,786,,786",
            "srcip,dstports,10.3.58.2,575,,390",
            "srcip,dstports,199.59.148.87,238,,237");
  }

  /** Sketches of 4096 registers: three standard errors of 1.6 % each way. */
  @Test
  void approximateCountsAreNear() {
    List<String> rows = table("srcips", "top", "--by", "dstip/srcips", "--approx", "--limit", "2");
    assertThat(Integer.parseInt(rows.get(0))).isBetween(270, 298);
    assertThat(Integer.parseInt(rows.get(1))).isBetween(66, 74);
  }

  @Test
  void groupsHaveDistinctCountsAndAreTested() {
    assertThat(
            table(
                "src_addr,flows,in_bytes,dstports",
                "aggregate",
                "--keys",
                "srcip",
                "--distinct",
                "dstport",
                "--having",
                "flows >= 100 and (dstports > 20 or bytes >= 1m)",
                "--order",
                "dstports"))
        .containsExactly(
            "199.73.28.114,786,669369,786",
            "10.3.58.2,575,189982,390",
            "199.59.148.87,238,791748,237",
            "208.67.222.222,168,17079,168",
            "96.255.98.154,145,5009521,145",
            "10.3.58.3,117,12093182,107",
            "10.3.58.7,806,1309560,3");
  }

  /** The totals stay those of all flows. */
  @Test
  void closingLinesAreOfAllFlows() {
    assertThat(
            lines("dump", "--tz", "UTC", "-s", "srcip/bytes", "--having", "bytes > 12m", "-n", "5"))
        .hasSize(6)
        .element(3)
        .isEqualTo(
            "Summary: total flows: 4791, total bytes: 36.6 M, total packets: 86900, avg bps: 20337,"
                + " avg pps: 6, avg bpp: 421");
  }

  @Test
  void percentilesAreValuesOfFlows() {
    assertThat(
            table(
                "proto,bytes_p50,bytes_p95,bytes_p99,duration_p50_millis,duration_p99_9_millis",
                "aggregate",
                "--keys",
                "proto",
                "--percentiles",
                "bytes:50,95,99",
                "--percentiles",
                "duration:50,99.9",
                "--order",
                "bytes"))
        .containsExactly(
            "6,1295,48084,172908,3234,212864", "17,61,150,209,0,44277", "1,256,256,319,218,730");
  }

  @Test
  void parquetHasTheColumnsWithTheirTypes() {
    Path file = folder.resolve("series.parquet");
    lines(
        "aggregate",
        "--keys",
        "proto",
        "--bin",
        "1h",
        "--distinct",
        "srcip,dstport",
        "--percentiles",
        "duration:50",
        "--out",
        file.toString());
    assertThat(JobsSession.get().read().parquet(file.toString()).dtypes())
        .extracting(type -> type._1() + " " + type._2())
        .startsWith("bin TimestampType", "first_seen TimestampType")
        .endsWith("srcips LongType", "dstports LongType", "duration_p50_millis LongType");
    Row first =
        JobsSession.get()
            .read()
            .parquet(file.toString())
            .filter("proto = 6")
            .groupBy()
            .sum("flows")
            .head();
    assertThat(first.getLong(0)).isEqualTo(3719);
  }

  /** Recorded from nfdump 1.7.8, which cuts the list before it filters. */
  @Test
  void postFilterTestsWhatIsPrinted() {
    assertThat(
            lines(
                "dump",
                "--tz",
                "UTC",
                "-q",
                "-A",
                "srcip,dstip",
                "-P",
                "flows > 100",
                "-O",
                "flows"))
        .hasSize(4)
        .startsWith(
            "2012-04-03 01:03:09.877     02:56:34.565         10.3.58.7    199.73.28.114      4778 "
                + "   1.0 M      773    214   786",
            "2012-04-03 01:03:09.959     02:56:34.497     199.73.28.114        10.3.58.7      4774 "
                + "  669369      505    140   786");
    assertThat(
            lines(
                "dump",
                "--tz",
                "UTC",
                "-q",
                "-A",
                "srcip",
                "-P",
                "flows > 500",
                "-O",
                "bytes",
                "-n",
                "3"))
        .containsExactly(
            "2012-04-03 00:07:38.149     03:52:06.293         10.3.58.7      5623    1.3 M      752"
                + "    232   806");
    assertThat(lines("dump", "--tz", "UTC", "-q", "-A", "proto", "-P", "packets > 1000"))
        .containsExactlyInAnyOrder(
            "2012-04-02 23:59:53.665     03:58:49.250  UDP        1024    73720       41     71  "
                + " 976",
            "2012-04-02 23:59:51.132     03:59:53.324  TCP       85492   36.5 M    20284    426 "
                + " 3719");
    assertThat(lines("dump", "--tz", "UTC", "-q", "-O", "tstart", "-n", "5", "-P", "proto udp"))
        .containsExactly(
            "2012-04-02 23:59:53.665     00:00:00.000 UDP          10.3.58.2:59173 ->  "
                + " 208.67.222.222:53           1       53     1",
            "2012-04-02 23:59:53.720     00:00:00.000 UDP     208.67.222.222:53    ->       "
                + " 10.3.58.2:59173        1      145     1",
            "2012-04-02 23:59:59.117     00:00:00.000 UDP          10.3.58.2:59174 ->  "
                + " 208.67.222.222:53           1       51     1",
            "2012-04-02 23:59:59.189     00:00:00.000 UDP     208.67.222.222:53    ->       "
                + " 10.3.58.2:59174        1       76     1");
    assertThat(
            lines(
                "dump",
                "--tz",
                "UTC",
                "-q",
                "-a",
                "-O",
                "tstart",
                "-n",
                "400",
                "-P",
                "proto icmp and packets > 7"))
        .hasSize(8)
        .first()
        .isEqualTo(
            "2012-04-03 00:07:14.224     03:30:18.772 ICMP        10.3.58.30:0     ->       "
                + " 10.3.58.3:8.0         44     2816    11");
    assertThat(lines("dump", "--tz", "UTC", "-A", "srcip", "-P", "bytes > 5m", "-O", "bytes"))
        .startsWith(
            "Date first seen         Duration               Src IP Addr   Packets    Bytes      bps"
                + "    Bpp Flows",
            "2012-04-03 00:00:16.669     03:52:47.386         10.3.58.3     20126   12.1 M     6926"
                + "    600   117",
            "2012-04-03 00:00:34.246     03:57:50.325     96.255.98.154      5836    5.0 M     2808"
                + "    858   145",
            "Summary: total flows: 4791, total bytes: 36.6 M, total packets: 86900, avg bps: 20337,"
                + " avg pps: 6, avg bpp: 421");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aggregate",
        "aggregate --keys srcip --bin 1y",
        "aggregate --keys srcip --bin-by start",
        "aggregate --keys srcip --bin 1h --bin-by end",
        "aggregate --keys srcip --having nosuch>1",
        "aggregate --keys srcip --distinct mac",
        "aggregate --keys srcip --approx",
        "aggregate --keys srcip --percentiles bytes",
        "aggregate --keys srcip --percentiles bytes:101",
        "aggregate --keys srcip --order dstips",
        "aggregate --keys srcip --bin 1h --bin-by duration --percentiles bytes:50",
        "aggregate --bin 1h --format nfcapd --out x",
        "top --by dstip --approx",
        "top --by dstip/macs",
        "top --by dstip --having srcips>1",
        "dump --having flows>1",
        "dump --distinct srcip",
        "dump -b --bin 1h",
        "dump -s record/bytes --bin 1h",
        "dump -s dstip --distinct srcip",
        "dump -a --bin 1h -o csv-fast",
        "dump -s record/bytes -P any",
        "dump -A srcip --bin 1h -w x"
      })
  void mistakesAreToldBeforeAnythingStarts(String line) {
    assertThat(run(new ByteArrayOutputStream(), line.split(" "))).isEqualTo(ExitCode.USAGE);
  }

  /** These columns of a table in CSV. */
  private List<String> table(String columns, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--format", "csv"));
    List<String> lines = lines(all.toArray(String[]::new));
    List<String> head = Arrays.asList(lines.get(0).split(","));
    int[] places = Arrays.stream(columns.split(",")).mapToInt(head::indexOf).toArray();
    return lines.stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .map(cells -> IntStream.of(places).mapToObj(i -> cells[i]).collect(Collectors.joining(",")))
        .toList();
  }

  private List<String> lines(String... words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(run(bytes, words)).isEqualTo(ExitCode.OK);
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private int run(ByteArrayOutputStream bytes, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(1, words[0].equals("dump") ? dumped() : asked());
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    return FlowlakeCommand.execute(out, all.toArray(String[]::new));
  }

  /** The four hours for {@code dump}. */
  List<String> dumped() {
    return List.of("-R", DAY + "/nfcapd.201204030000:nfcapd.201204030300");
  }

  /** The four hours for the jobs. */
  List<String> asked() {
    return files().stream().flatMap(file -> Stream.of("--input", file)).toList();
  }

  static List<String> files() {
    return Stream.of("00", "01", "02", "03")
        .map(hour -> DAY.resolve("nfcapd.20120403" + hour + "00").toString())
        .toList();
  }
}
