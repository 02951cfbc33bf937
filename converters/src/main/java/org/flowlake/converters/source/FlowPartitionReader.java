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
import org.flowlake.converters.flow.FlowFilter;
import org.flowlake.converters.flow.FlowReader;

/** Rows of one task's files in file order: decode some flows, hand out those that passed. */
final class FlowPartitionReader implements PartitionReader<InternalRow> {
  /** As many as a reader usually adds at once. */
  private static final int FIRST_CAPACITY = 512;

  private final FlowScanPlan plan;
  private final Configuration hadoop;
  private final Iterator<SourceFile> files;
  private final FlowBatch batch;
  private final FlowBatchRow view;
  private final FlowFilter filter;
  private final FlowMetrics metrics = new FlowMetrics();

  private FlowFile file;
  private FlowReader reader;

  FlowPartitionReader(FlowScanPlan plan, FlowInputPartition partition, Configuration hadoop) {
    this.plan = plan;
    this.hadoop = hadoop;
    this.files = partition.files().iterator();
    this.filter = plan.filter().passing();
    List<FlowField> decoded = new ArrayList<>(plan.fields());
    filter.fields().stream().filter(field -> !decoded.contains(field)).forEach(decoded::add);
    this.batch = new FlowBatch(decoded, FIRST_CAPACITY);
    this.view = new FlowBatchRow(batch, plan.fields());
  }

  @Override
  public boolean next() throws IOException {
    while (!view.moveToNext()) {
      if (!nextPart()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public InternalRow get() {
    return view;
  }

  private boolean nextPart() throws IOException {
    while (true) {
      if (reader == null && !nextFile()) {
        return false;
      }
      batch.clear();
      view.restart();
      if (reader.readPart(batch)) {
        metrics.endPart(reader.counts(), batch);
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
        reader = file.flows(entry.sourceId(), filter);
        return true;
      }
    }
    return false;
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
