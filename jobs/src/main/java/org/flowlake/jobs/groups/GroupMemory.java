package org.flowlake.jobs.groups;

import org.apache.spark.TaskContext;
import org.apache.spark.memory.MemoryConsumer;
import org.apache.spark.memory.MemoryMode;
import org.apache.spark.memory.TaskMemoryManager;
import org.apache.spark.util.TaskCompletionListener;

/** What Spark lets a task use for its groups; given back when the task ends, or before. */
final class GroupMemory extends MemoryConsumer {
  /** Without so much nothing can be grouped. */
  private static final int LEAST_BYTES = 1 << 20;

  private GroupMemory(TaskMemoryManager memory) {
    super(memory, MemoryMode.ON_HEAP);
  }

  /**
   * Memory of a task.
   *
   * @param wanted the most that is of use for rows of groups, bytes
   */
  static GroupMemory of(TaskContext task, int wanted) {
    GroupMemory memory = new GroupMemory(task.taskMemoryManager());
    // A table that grows is copied.
    memory.acquireMemory(2L * wanted);
    task.addTaskCompletionListener((TaskCompletionListener) ended -> memory.release());
    return memory;
  }

  /** The bytes that the rows of groups may take. */
  int bytes() {
    return Math.max(LEAST_BYTES, (int) (getUsed() / 2));
  }

  /** Gives all of it back. */
  void release() {
    freeMemory(getUsed());
  }

  /** Groups stay until the task has handed them on. */
  @Override
  public long spill(long size, MemoryConsumer trigger) {
    return 0;
  }
}
