package org.flowlake.jobs.filter;

import com.sun.management.OperatingSystemMXBean;
import java.io.FileNotFoundException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.lake.FlowLake;
import org.flowlake.jobs.JobsSession;
import org.flowlake.udfs.ip.IpAddress;

/**
 * Measures what filters cost on a lake, by hand: the main method's argument is the lake. It sums
 * bytes and packets of what passes and prints medians of wall and CPU seconds for long lists beside
 * a scan of the same columns that can skip nothing, for lists around the cut-over from plain
 * comparisons to a set test, and for terms of either side as one scan and as a union of two.
 */
final class FilterScanBenchmark {
  private static final int LIST = 100_000;
  private static final int OF_THE_LAKE = 1_000;
  private static final int RUNS = 3;

  private final Dataset<Row> flows;

  private FilterScanBenchmark(Dataset<Row> flows) {
    this.flows = flows;
  }

  public static void main(String[] args) throws FileNotFoundException {
    Dataset<Row> flows = FlowLake.open(JobsSession.get(), args[0]).flows();
    FilterScanBenchmark benchmark = new FilterScanBenchmark(flows);
    List<String> hosts = benchmark.hosts();
    benchmark.longList(hosts);
    benchmark.cutOver(hosts);
    benchmark.eitherSide(hosts);
  }

  private List<String> hosts() {
    List<String> hosts = new ArrayList<>();
    for (Row row :
        flows
            .filter("ip_version = 4")
            .groupBy(FlowField.SRC_ADDR.column())
            .count()
            .orderBy(functions.xxhash64(functions.col(FlowField.SRC_ADDR.column())))
            .limit(OF_THE_LAKE)
            .collectAsList()) {
      hosts.add(IpAddress.of(row.<byte[]>getAs(0), 4).toString());
    }
    return hosts;
  }

  /** Some hosts of the lake among many that are not there, as a feed of indicators is. */
  private void longList(List<String> hosts) {
    Random random = new Random(1);
    Set<String> list = new LinkedHashSet<>(hosts);
    while (list.size() < LIST) {
      list.add(IpAddress.ofIpv4(random.nextInt()).toString());
    }
    String text = " ip in [" + String.join(" ", list) + "]";
    for (String side : List.of("src", "")) {
      String[] columns =
          side.isEmpty() ? new String[] {"src_addr", "dst_addr"} : new String[] {"src_addr"};
      Column any =
          Arrays.stream(columns)
              .map(column -> functions.col(column).geq(new byte[IpAddress.BYTES]))
              .reduce(Column::or)
              .orElseThrow()
              .and(functions.col(FlowField.IP_VERSION.column()).gt(0));
      measure(side + " scan that skips nothing", () -> sums(flows.filter(any)));
      measure(side + " ip in " + LIST, () -> sums(matching(side + text)));
    }
  }

  private void cutOver(List<String> hosts) {
    int most = AddressCompiler.MOST_RANGES;
    for (int size : new int[] {most / 2, most, 2 * most, 4 * most}) {
      List<String> nets = hosts.subList(0, size).stream().map(host -> host + "/28").toList();
      measure(size + " ranges, plain", () -> sums(flows.filter(plain(nets))));
      if (size > most) {
        measure(size + " ranges, set", () -> sums(matching("src ip in " + nets)));
      }
    }
  }

  /** Comparisons joined by OR, however many. */
  private Column plain(List<String> nets) {
    List<Condition> parts = new ArrayList<>();
    for (int from = 0; from < nets.size(); from += AddressCompiler.MOST_RANGES) {
      int to = Math.min(nets.size(), from + AddressCompiler.MOST_RANGES);
      parts.add(Condition.of(column("src ip in " + nets.subList(from, to))));
    }
    return Condition.or(parts).toColumn();
  }

  private void eitherSide(List<String> hosts) {
    Row busy =
        flows
            .filter("ip_version = 4")
            .groupBy("dst_addr")
            .count()
            .sort(functions.desc("count"))
            .first();
    String server = IpAddress.of(busy.<byte[]>getAs(0), 4).toString();
    for (String term :
        List.of("ip 192.0.2.1", "ip " + hosts.get(0), "ip " + server, "net " + server + "/24")) {
      measure(term + ", one scan", () -> sums(matching(term)));
      measure(
          term + ", union",
          () ->
              sums(
                  counters(matching("dst " + term))
                      .union(counters(matching("src " + term + " and not dst " + term)))));
    }
  }

  private Dataset<Row> matching(String filter) {
    return flows.filter(column(filter));
  }

  private Column column(String filter) {
    return FlowFilter.parse(filter).column(flows.schema());
  }

  private static Dataset<Row> counters(Dataset<Row> flows) {
    return flows.select(FlowField.IN_BYTES.column(), FlowField.IN_PACKETS.column());
  }

  private static Dataset<Row> sums(Dataset<Row> flows) {
    return flows.agg(
        functions.count("*"),
        functions.sum(FlowField.IN_BYTES.column()),
        functions.sum(FlowField.IN_PACKETS.column()));
  }

  /** A new question each time: asked again, Spark would reuse what the first one shuffled. */
  private static void measure(String name, Supplier<Dataset<Row>> question) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double[] wall = new double[RUNS];
    double[] cpu = new double[RUNS];
    Row answer = null;
    for (int run = 0; run < RUNS; run++) {
      long begun = System.nanoTime();
      long used = system.getProcessCpuTime();
      answer = question.get().first();
      wall[run] = (System.nanoTime() - begun) / 1e9;
      cpu[run] = (system.getProcessCpuTime() - used) / 1e9;
    }
    Arrays.sort(wall);
    Arrays.sort(cpu);
    System.out.printf(
        "%-60s %6.2f s wall %6.2f s CPU  %s%n", name, wall[RUNS / 2], cpu[RUNS / 2], answer);
  }
}
