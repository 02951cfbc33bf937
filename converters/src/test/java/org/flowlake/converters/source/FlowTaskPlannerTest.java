package org.flowlake.converters.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.connector.read.InputPartition;
import org.junit.jupiter.api.Test;

class FlowTaskPlannerTest {
  private static List<SourceManifest.Entry> files(int count, long bytes, long flows) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> new SourceManifest.Entry(i, flows, new FlowFileEntry("file:/f" + i, bytes, 0)))
        .toList();
  }

  private static List<Integer> sizes(InputPartition[] tasks) {
    return Arrays.stream(tasks).map(task -> ((FlowInputPartition) task).files().size()).toList();
  }

  @Test
  void manySmallFilesMakeOneTask() {
    assertThat(sizes(FlowTaskPlanner.byBytes(files(30, 2_000, 0), 64 << 20, 2)))
        .containsExactly(30);
  }

  @Test
  void largeFilesMakeATaskEach() {
    assertThat(sizes(FlowTaskPlanner.byBytes(files(3, 100 << 20, 0), 64 << 20, 2)))
        .containsExactly(1, 1, 1);
  }

  @Test
  void tasksKeepTheOrderOfFiles() {
    InputPartition[] tasks = FlowTaskPlanner.byBytes(files(50, 1 << 20, 0), 64 << 20, 2);

    assertThat(tasks).hasSizeGreaterThan(1);
    assertThat(
            Arrays.stream(tasks)
                .flatMap(task -> ((FlowInputPartition) task).files().stream())
                .map(SourceManifest.Entry::sourceId))
        .isSorted()
        .hasSize(50);
  }

  @Test
  void aSortIsSharedByTheCoresAndBoundedByMemory() {
    assertThat(sizes(FlowTaskPlanner.byFlows(files(24, 1, 100_000), 10_000_000, 2)))
        .containsExactly(12, 12);
    assertThat(sizes(FlowTaskPlanner.byFlows(files(24, 1, 100_000), 800_000, 2)))
        .containsExactly(8, 8, 8);
    assertThat(sizes(FlowTaskPlanner.byFlows(files(4, 1, 1_000), 10_000_000, 2)))
        .containsExactly(4);
  }

  @Test
  void aManifestReadsAsItWasWritten() {
    List<SourceManifest.Entry> entries =
        List.of(
            new SourceManifest.Entry(1, 5, new FlowFileEntry("file:/a b%0A\tc\nd", 77, 0)),
            new SourceManifest.Entry(2, 0, new FlowFileEntry("s3a://bucket/nfcapd.1", 1, 0)));

    assertThat(SourceManifest.read(SourceManifest.write(entries))).isEqualTo(entries);
  }
}
