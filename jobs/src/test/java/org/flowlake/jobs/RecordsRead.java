package org.flowlake.jobs;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Counts the rows that tasks read from files, over all attempts. */
final class RecordsRead extends SparkListener {
  private final AtomicLong records = new AtomicLong();

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.taskMetrics() != null) {
      records.addAndGet(end.taskMetrics().inputMetrics().recordsRead());
    }
  }

  long count() {
    return records.get();
  }
}
