package org.flowlake.converters.source;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.connector.read.InputPartition;

/** Packs consecutive files into tasks, so that the order of tasks is the order of files. */
final class FlowTaskPlanner {
  /** What opening a file costs, as bytes that could be read in that time. */
  private static final long OPEN_COST_BYTES = 64 << 10;

  /** Below this a task's own start-up costs more than it reads. */
  private static final long SMALLEST_TASK_BYTES = 4L << 20;

  private static final long SMALLEST_SORT_FLOWS = 250_000;

  private FlowTaskPlanner() {}

  /**
   * Tasks of about equal bytes: enough for all cores, none above {@code mostBytes} unless one file
   * is.
   */
  static InputPartition[] byBytes(
      List<SourceManifest.Entry> files, long mostBytes, int parallelism) {
    ToLongFunction<SourceManifest.Entry> cost = entry -> entry.file().bytes() + OPEN_COST_BYTES;
    long total = files.stream().mapToLong(cost).sum();
    // Three tasks a core even out files of unequal cost.
    long target = Math.max(SMALLEST_TASK_BYTES, total / (3L * parallelism));
    return pack(files, Math.min(target, mostBytes), cost);
  }

  /**
   * Tasks whose flows are sorted in memory: as large as {@code mostFlows} allows, since each task
   * writes a file per day, but enough for all cores.
   */
  static InputPartition[] byFlows(
      List<SourceManifest.Entry> files, long mostFlows, int parallelism) {
    long total = files.stream().mapToLong(SourceManifest.Entry::flows).sum();
    long share = (total + parallelism - 1) / parallelism;
    long target = Math.min(mostFlows, Math.max(SMALLEST_SORT_FLOWS, share));
    return pack(files, target, SourceManifest.Entry::flows);
  }

  private static InputPartition[] pack(
      List<SourceManifest.Entry> files, long target, ToLongFunction<SourceManifest.Entry> cost) {
    List<InputPartition> tasks = new ArrayList<>();
    List<SourceManifest.Entry> task = new ArrayList<>();
    long sum = 0;
    for (SourceManifest.Entry file : files) {
      long one = cost.applyAsLong(file);
      if (!task.isEmpty() && sum + one > target) {
        tasks.add(new FlowInputPartition(List.copyOf(task)));
        task.clear();
        sum = 0;
      }
      task.add(file);
      sum += one;
    }
    if (!task.isEmpty()) {
      tasks.add(new FlowInputPartition(List.copyOf(task)));
    }
    return tasks.toArray(InputPartition[]::new);
  }
}
