package org.flowlake.jobs.scan;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.converters.lake.SortedLakeFiles;
import org.flowlake.jobs.aggregate.AggregationParser;
import org.flowlake.jobs.filter.FlowFilter;
import org.flowlake.jobs.groups.GroupLayout;
import org.flowlake.jobs.rows.CounterPresence;
import org.flowlake.jobs.rows.FlowGrouping;
import org.flowlake.jobs.scan.DrawnFiles.Order;
import org.flowlake.udfs.ip.IpAddress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cuts of one destination, beside the sources of its flows as Spark reads them. */
class SampledCutsTest {
  private static final int FLOWS = 9_000;
  private static final FlowGrouping JOB =
      AggregationParser.parse("dstip,srcip").grouping(List.of(), CounterPresence.ALWAYS);

  @TempDir static Path folder;
  private static DrawnFiles drawn;
  private static Dataset<Row> flows;

  @BeforeAll
  static void drawFlows() {
    drawn = new DrawnFiles(folder, new Random(9));
    flows = drawn.flows(FLOWS).cache();
  }

  @Test
  void rangesHaveAboutAsManyFlowsEach() throws IOException {
    String path = drawn.write("few-groups", flows, Order.SORTED, 100_000);
    List<Place> sources =
        flows.filter(busy()).select("dst_addr", "src_addr").collectAsList().stream()
            .map(row -> Place.of((byte[]) row.get(0)).withSource((byte[]) row.get(1)))
            .toList();

    for (int ranges = 2; ranges < 6; ranges++) {
      StoredGroups groups = groups(path);
      List<Place> cuts = cuts(path, ranges).orElseThrow();
      int even = sources.size() / ranges;

      assertThat(groups.toSample(ranges)).hasValue(path);
      assertThat(cuts).hasSize(ranges - 1).isSorted();
      for (PlaceRange range : PlaceRange.between(cuts)) {
        assertThat(sources.stream().filter(range::holds).count())
            .as("flows in " + range)
            .isBetween(even * 9L / 10, even * 11L / 10);
      }
    }
  }

  @Test
  void manyRowGroupsNeedNoSample() throws IOException {
    assertThat(groups(drawn.write("many-groups", flows, Order.SORTED)).toSample(2)).isEmpty();
  }

  @Test
  void aFileThatIsNotInOrderTellsNothing() throws IOException {
    assertThat(cuts(drawn.write("unsorted", flows, Order.OF_DESTINATIONS, 100_000), 2)).isEmpty();
  }

  private static Column busy() {
    return col("dst_addr").equalTo(IpAddress.parse(DrawnFiles.BUSY).toBytes());
  }

  private static RunPlan plan() {
    return RunPlan.of(form()).orElseThrow();
  }

  private static Dataset<Row> form() {
    Column condition = FlowFilter.parse("dst host " + DrawnFiles.BUSY).column(DrawnFiles.SCHEMA);
    return SortedFlows.of(
            drawn.spark(), new SortedLakeFiles(List.of("none"), List.of()), DrawnFiles.SCHEMA)
        .map(part -> part.filter(condition))
        .map(part -> part.select(JOB.inputs(DrawnFiles.SCHEMA).toArray(Column[]::new)))
        .form();
  }

  private static StoredGroups groups(String path) throws IOException {
    SortedLakeFiles files = new SortedLakeFiles(List.of(path), List.of());
    return StoredGroups.of(files, plan(), true, new Configuration()).orElseThrow();
  }

  private static Optional<List<Place>> cuts(String path, int ranges) throws IOException {
    List<String> names = Arrays.asList(form().schema().fieldNames());
    MergedFiles.Keys keys =
        new MergedFiles.Keys(
            GroupLayout.of(JOB.merged(DrawnFiles.SCHEMA).orElseThrow()),
            names.indexOf(JOB.dstKey().orElseThrow()),
            names.indexOf(JOB.srcKey().orElseThrow()));
    return SampledCuts.of(
        path, groups(path).byFile().get(path), plan(), keys, ranges, new Configuration());
  }
}
