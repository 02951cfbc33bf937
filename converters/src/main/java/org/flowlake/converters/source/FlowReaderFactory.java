package org.flowlake.converters.source;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.util.SerializableConfiguration;

/** Opens a reader for one task, on its executor. */
record FlowReaderFactory(FlowScanPlan plan, SerializableConfiguration hadoop)
    implements PartitionReaderFactory {
  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    FlowInputPartition files = (FlowInputPartition) partition;
    return plan.lakeOrder()
        ? new SortedFlowPartitionReader(plan, files, hadoop.value())
        : new FlowPartitionReader(plan, files, hadoop.value());
  }
}
