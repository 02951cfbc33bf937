package org.flowlake.converters.source;

import java.util.Arrays;
import java.util.Set;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;

/** Equality of a text or byte field with a constant. */
@SuppressWarnings("ArrayRecordComponent") // never compared as a record
record BytesEqual(FlowField field, byte[] constant) implements FlowPredicate {
  @Override
  public Set<FlowField> fields() {
    return Set.of(field);
  }

  @Override
  public RowTest over(FlowBatch batch) {
    FlowColumn column = batch.column(field);
    return row ->
        column.isNull(row)
            ? UNKNOWN
            : FlowPredicate.truth(Arrays.equals(column.bytesAt(row), constant));
  }
}
