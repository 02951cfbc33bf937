package org.flowlake.converters.source;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Packs consecutive files into tasks, so that the order of tasks is the order of files. */
public final class FlowTaskPlanner {
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
  static List<List<SourceFile>> byBytes(List<SourceFile> files, long mostBytes, int parallelism) {
    ToLongFunction<SourceFile> cost = entry -> entry.file().bytes() + OPEN_COST_BYTES;
    long total = files.stream().mapToLong(cost).sum();
    // Three tasks a core even out files of unequal cost.
    long wanted = Math.min(3L * parallelism, total / SMALLEST_TASK_BYTES);
    return split(files, tasks(total, wanted, mostBytes), total, cost);
  }

  /**
   * Tasks whose flows are sorted in memory: as large as {@code mostFlows} allows, since each task
   * writes a file per day, but as many for one core as for any other: a last task of minutes, with
   * all other cores idle, costs more than a few more files.
   */
  public static List<List<SourceFile>> byFlows(
      List<SourceFile> files, long mostFlows, int parallelism) {
    long total = files.stream().mapToLong(SourceFile::flows).sum();
    long wanted = Math.min(parallelism, total / SMALLEST_SORT_FLOWS);
    long tasks = tasks(total, wanted, mostFlows);
    if (tasks > parallelism) {
      tasks = (tasks + parallelism - 1) / parallelism * parallelism;
    }
    return split(files, tasks, total, SourceFile::flows);
  }

  private static long tasks(long total, long wanted, long mostPerTask) {
    return Math.max(1, Math.max(wanted, (total + mostPerTask - 1) / mostPerTask));
  }

  /** Cuts the files into runs of about equal cost: each goes where the middle of its cost lies. */
  private static List<List<SourceFile>> split(
      List<SourceFile> files, long tasks, long total, ToLongFunction<SourceFile> cost) {
    List<List<SourceFile>> parts = new ArrayList<>();
    List<SourceFile> run = new ArrayList<>();
    long current = 0;
    double before = 0;
    for (SourceFile file : files) {
      long one = cost.applyAsLong(file);
      long task = total == 0 ? 0 : (long) ((before + one / 2.0) * tasks / total);
      if (task != current && !run.isEmpty()) {
        parts.add(new ArrayList<>(run));
        run.clear();
      }
      current = task;
      run.add(file);
      before += one;
    }
    if (!run.isEmpty()) {
      parts.add(new ArrayList<>(run));
    }
    return parts;
  }
}
