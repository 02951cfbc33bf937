package org.flowlake.converters.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowFile;
import org.flowlake.converters.flow.FlowReader;

/** Rows of one task's files in file order: decode a block, test it, hand out what passed. */
final class FlowPartitionReader implements PartitionReader<InternalRow> {
  private static final int FIRST_CAPACITY = 32 << 10;

  private final FlowScanPlan plan;
  private final Configuration hadoop;
  private final Iterator<SourceFile> files;
  private final FlowBatch batch;
  private final FlowBatchRow view;
  private final FlowPredicate.RowTest filter;
  private final FlowMetrics metrics = new FlowMetrics();

  private FlowFile file;
  private FlowReader reader;
  private int[] passed = new int[0];
  private int passedCount;
  private int position;

  FlowPartitionReader(FlowScanPlan plan, FlowInputPartition partition, Configuration hadoop) {
    this.plan = plan;
    this.hadoop = hadoop;
    this.files = partition.files().iterator();
    List<FlowField> decoded = new ArrayList<>(plan.fields());
    plan.filter().fields().stream().filter(field -> !decoded.contains(field)).forEach(decoded::add);
    this.batch = new FlowBatch(decoded, FIRST_CAPACITY);
    this.view = new FlowBatchRow(batch, plan.fields());
    this.filter = plan.filter().over(batch);
  }

  @Override
  public boolean next() throws IOException {
    while (position == passedCount) {
      if (!nextBlock()) {
        return false;
      }
    }
    view.moveTo(passed[position++]);
    return true;
  }

  @Override
  public InternalRow get() {
    return view;
  }

  private boolean nextBlock() throws IOException {
    while (true) {
      if (reader == null && !nextFile()) {
        return false;
      }
      batch.clear();
      if (reader.readBlock(batch)) {
        view.startBlock();
        select();
        metrics.endBlock(reader.counts(), batch.size(), batch.fields().size(), passedCount);
        return true;
      }
      metrics.endFile(reader.counts());
      closeFile();
    }
  }

  private boolean nextFile() throws IOException {
    while (files.hasNext()) {
      SourceFile entry = files.next();
      Optional<FlowFile> opened = plan.openOrSkip(entry, hadoop, metrics);
      if (opened.isPresent()) {
        file = opened.get();
        reader = file.flows(entry.sourceId());
        return true;
      }
    }
    return false;
  }

  private void select() {
    int size = batch.size();
    if (passed.length < size) {
      passed = new int[size];
    }
    passedCount = 0;
    position = 0;
    for (int row = 0; row < size; row++) {
      if (filter.test(row) == FlowPredicate.TRUE) {
        passed[passedCount++] = row;
      }
    }
  }

  @Override
  public CustomTaskMetric[] currentMetricsValues() {
    return metrics.taskMetrics();
  }

  private void closeFile() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
    if (file != null) {
      file.close();
      file = null;
    }
  }

  @Override
  public void close() throws IOException {
    closeFile();
  }
}
