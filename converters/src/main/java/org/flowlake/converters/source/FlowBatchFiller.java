package org.flowlake.converters.source;

import java.nio.ByteBuffer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;

/**
 * Appends Spark's rows to a batch of flows: the reverse of {@link FlowBatchRow}. The columns of the
 * rows are those of the batch, in its order, with the types of {@code FlowSchema}.
 */
final class FlowBatchFiller {
  private final FlowBatch batch;

  FlowBatchFiller(FlowBatch batch) {
    this.batch = batch;
  }

  /** Copies all values of the row, which Spark may reuse afterwards. */
  void append(InternalRow row) {
    int columns = batch.fields().size();
    for (int i = 0; i < columns; i++) {
      FlowColumn column = batch.column(i);
      if (row.isNullAt(i)) {
        column.appendNull();
        continue;
      }
      switch (column.field().type()) {
        case INT -> column.appendInt(row.getInt(i));
        case LONG, TIMESTAMP -> column.appendLong(row.getLong(i));
        case ADDRESS -> {
          ByteBuffer address = ByteBuffer.wrap(row.getBinary(i));
          column.appendAddress(address.getLong(), address.getLong());
        }
        case TEXT -> column.appendBytes(row.getUTF8String(i).getBytes());
        case BYTES -> column.appendBytes(row.getBinary(i));
      }
    }
    batch.endFlow();
  }
}
