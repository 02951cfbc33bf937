package org.flowlake.converters.source;

import java.io.IOException;
import java.util.ArrayList;
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
import org.flowlake.converters.flow.LakeOrder;

/**
 * Rows of one task's files in {@link LakeOrder}: all of them are decoded, then an index of them is
 * sorted. The planner bounds how many there are.
 */
final class SortedFlowPartitionReader implements PartitionReader<InternalRow> {
  private final FlowScanPlan plan;
  private final Configuration hadoop;
  private final FlowInputPartition partition;
  private final FlowMetrics metrics = new FlowMetrics();

  private FlowBatchRow view;
  private int[] order;
  private int position;

  SortedFlowPartitionReader(FlowScanPlan plan, FlowInputPartition partition, Configuration hadoop) {
    this.plan = plan;
    this.hadoop = hadoop;
    this.partition = partition;
  }

  @Override
  public boolean next() throws IOException {
    if (order == null) {
      load();
    }
    if (position == order.length) {
      return false;
    }
    view.moveTo(order[position++]);
    return true;
  }

  @Override
  public InternalRow get() {
    return view;
  }

  private void load() throws IOException {
    List<FlowField> fields = new ArrayList<>(plan.fields());
    LakeOrder.FIELDS.stream().filter(field -> !fields.contains(field)).forEach(fields::add);
    long flows = partition.files().stream().mapToLong(SourceManifest.Entry::flows).sum();
    FlowBatch batch = new FlowBatch(fields, (int) Math.min(flows + 1, 1 << 24));
    for (SourceManifest.Entry entry : partition.files()) {
      Optional<FlowFile> opened = plan.openOrSkip(entry, hadoop, metrics);
      if (opened.isPresent()) {
        try (FlowFile file = opened.get();
            FlowReader reader = file.flows(entry.sourceId())) {
          readAll(reader, batch);
        }
      }
    }
    order = LakeOrder.sort(batch);
    view = new FlowBatchRow(batch, plan.fields());
  }

  private void readAll(FlowReader reader, FlowBatch batch) throws IOException {
    int before = batch.size();
    while (reader.readBlock(batch)) {
      int decoded = batch.size() - before;
      metrics.endBlock(reader.counts(), decoded, batch.fields().size(), decoded);
      before = batch.size();
    }
    metrics.endFile(reader.counts());
  }

  @Override
  public CustomTaskMetric[] currentMetricsValues() {
    return metrics.taskMetrics();
  }

  @Override
  public void close() {
    order = new int[0];
    view = null;
  }
}
