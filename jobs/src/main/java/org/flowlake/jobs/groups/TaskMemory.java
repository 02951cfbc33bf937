package org.flowlake.jobs.groups;

import org.apache.spark.TaskContext;
import org.apache.spark.memory.MemoryConsumer;
import org.apache.spark.memory.MemoryMode;
import org.apache.spark.util.TaskCompletionListener;

/** A task's share of the memory that Spark keeps for sorts, joins and aggregations. */
final class TaskMemory extends MemoryConsumer implements GroupMemory {
  TaskMemory(TaskContext task) {
    super(task.taskMemoryManager(), MemoryMode.ON_HEAP);
    task.addTaskCompletionListener((TaskCompletionListener) ended -> release(getUsed()));
  }

  @Override
  public boolean acquire(long bytes) {
    long granted = acquireMemory(bytes);
    if (granted == bytes) {
      return true;
    }
    release(granted);
    return false;
  }

  @Override
  public void release(long bytes) {
    freeMemory(bytes);
  }

  /** Groups leave memory only when they are handed on, which is the task's own doing. */
  @Override
  public long spill(long bytes, MemoryConsumer trigger) {
    return 0;
  }
}
