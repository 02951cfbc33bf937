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
    return new FlowPartitionReader(plan, (FlowInputPartition) partition, hadoop.value());
  }
}
