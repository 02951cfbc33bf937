package org.flowlake.jobs.cli;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.converters.lake.FlowLake;
import org.flowlake.jobs.Draws;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.SampleArchive;
import org.flowlake.jobs.filter.FlowFilter;
import org.flowlake.jobs.rollup.HostDays;
import org.flowlake.udfs.ip.IpAddress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions about few hosts, whose flows are found, beside the same questions to all flows. */
class FoundFlowsTest {
  private static final int QUESTIONS = Draws.of(24);

  private static final List<String> FILTERS =
      List.of(
          "ip %1$s",
          "src ip %1$s",
          "dst ip %1$s",
          "host %1$s and not proto udp",
          "ip %1$s and (port 53 or packets > 2)",
          "ip %1$s or ip %2$s",
          "dst ip %1$s or src ip %2$s",
          "src ip %1$s and dst ip %2$s",
          "ip in [%1$s %2$s 192.0.2.77 2001:db8::/32]",
          "dst net %1$s/28",
          "not not ip %1$s and not src ip %2$s");

  private static final List<String> SHAPES =
      List.of(
          "-o line",
          "-o extended -c 3",
          "-o csv -q",
          "-o json",
          "-o raw -c 20",
          "-O tstart",
          "-O bytes -n 5",
          "-s dstip/bytes -n 3",
          "-s port:p -c 7",
          "-s record/bytes -n 2",
          "-A dstip -O packets -n 4",
          "-A srcip,dstport",
          "-a",
          "-b");

  private static final List<String> WINDOWS =
      List.of("", "-t 2012/04/03.06:00:00-2012/04/04.12:30:00", "-t 2012/04/04");

  @TempDir static Path folder;
  private static String lake;
  private static List<String> hosts;

  @BeforeAll
  static void convert() throws FileNotFoundException {
    JobsSession.get();
    lake = folder.resolve("lake").toString();
    // Of one day there are two files, of which Iceberg lists the later one first.
    for (String part : List.of("03", "04/nfcapd.201204040000", "04", "05", "06")) {
      String input = SampleArchive.netflow().resolve("2012/04/" + part).toString();
      assertThat(Said.to("convert", "--lake", lake, input).status()).isEqualTo(ExitCode.OK);
    }
    Dataset<Row> flows = lake().flows();
    hosts =
        flows
            .select(col("src_addr").as("host"))
            .union(flows.select(col("dst_addr").as("host")))
            .groupBy("host")
            .count()
            .filter("count < 2000")
            .orderBy("host")
            .collectAsList()
            .stream()
            .map(row -> IpAddress.text(row.getAs(0)))
            .toList();
  }

  private static FlowLake lake() throws FileNotFoundException {
    return FlowLake.open(JobsSession.get(), lake);
  }

  @Test
  void answersAreThoseOfAllFlows() throws FileNotFoundException {
    Random random = new Random(31);
    int found = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      String filter = pick(FILTERS, random).formatted(pick(hosts, random), pick(hosts, random));
      List<String> words = new ArrayList<>(List.of(pick(SHAPES, random).split(" ")));
      String window = pick(WINDOWS, random);
      if (!window.isEmpty()) {
        words.addAll(List.of(window.split(" ")));
      }
      words.add(filter);

      assertThat(answer(words)).as(words.toString()).isEqualTo(answer(allFlows(words)));
      found += found(filter).isPresent() ? 1 : 0;
    }
    assertThat(found).isGreaterThan(QUESTIONS / 2);
  }

  @Test
  void manyFlowsAreAQuestionForAScan() throws FileNotFoundException {
    assertThat(found("dst net 10.0.0.0/8").get().found()).isEmpty();
    assertThat(found("ip 199.73.28.114").get().found()).isEmpty();
    // Of both, the host with fewer flows is looked up.
    assertThat(found("ip 199.73.28.114 and ip 192.0.2.77").get().found()).isPresent();
    assertThat(found("ip 199.73.28.114 and ip 2001:db8::dead").get().isEmpty()).isTrue();
    assertThat(found("port 53")).isEmpty();
  }

  private static Optional<HostDays> found(String filter) throws FileNotFoundException {
    return HostDays.of(lake(), FlowFilter.parse(filter), Optional.empty());
  }

  private static List<String> allFlows(List<String> words) {
    List<String> all = new ArrayList<>(List.of("--no-rollup"));
    all.addAll(words);
    return all;
  }

  private static String answer(List<String> words) {
    List<String> all = new ArrayList<>(List.of("dump", "-R", lake));
    all.addAll(words);
    Said said = Said.to(all.toArray(String[]::new));
    assertThat(said.status()).as(said.errors()).isEqualTo(ExitCode.OK);
    return said.out()
        .lines()
        .filter(line -> !line.startsWith("Sys: "))
        .collect(Collectors.joining("\n"));
  }

  private static String pick(List<String> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }
}
