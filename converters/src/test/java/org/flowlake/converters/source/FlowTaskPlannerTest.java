package org.flowlake.converters.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlowTaskPlannerTest {
  private static List<SourceFile> files(int count, long bytes, long flows) {
    return IntStream.range(0, count)
        .mapToObj(i -> new SourceFile(i, flows, 0, new FlowFileEntry("file:/f" + i, bytes, 0)))
        .toList();
  }

  private static List<Integer> sizes(List<List<SourceFile>> tasks) {
    return tasks.stream().map(List::size).toList();
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
    List<List<SourceFile>> tasks = FlowTaskPlanner.byBytes(files(50, 1 << 20, 0), 64 << 20, 2);

    assertThat(tasks).hasSizeGreaterThan(1);
    assertThat(tasks.stream().flatMap(List::stream).map(SourceFile::sourceId))
        .isSorted()
        .hasSize(50);
  }

  @Test
  void aSortIsSharedByTheCoresAndBoundedByMemory() {
    assertThat(sizes(FlowTaskPlanner.byFlows(files(24, 1, 100_000), 10_000_000, 2)))
        .containsExactly(12, 12);
    assertThat(sizes(FlowTaskPlanner.byFlows(files(24, 1, 100_000), 800_000, 2)))
        .containsExactly(6, 6, 6, 6);
    assertThat(sizes(FlowTaskPlanner.byFlows(files(4, 1, 1_000), 10_000_000, 2)))
        .containsExactly(4);
  }
}
