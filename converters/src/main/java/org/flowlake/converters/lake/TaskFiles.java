package org.flowlake.converters.lake;

import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.spark.TaskContext;

/** The names of the data files that a task of Spark writes. */
final class TaskFiles {
  private TaskFiles() {}

  /** New Parquet files of a table, named after this attempt of the task: no other uses them. */
  static OutputFileFactory of(Table table) {
    TaskContext task = TaskContext.get();
    return OutputFileFactory.builderFor(table, task.partitionId(), task.taskAttemptId())
        .format(FileFormat.PARQUET)
        .build();
  }
}
