package org.flowlake.converters.source;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;
import org.flowlake.converters.flow.FlowField;

/** Membership of an address in a list of constants. */
record AddressIn(FlowField field, Set<Halves> constants) implements FlowPredicate {
  /** A 16-byte address as two numbers. */
  record Halves(long high, long low) implements java.io.Serializable {
    static Halves of(byte[] address) {
      ByteBuffer bytes = ByteBuffer.wrap(address);
      return new Halves(bytes.getLong(), bytes.getLong());
    }
  }

  static AddressIn of(FlowField field, List<byte[]> constants) {
    Set<Halves> halves = new HashSet<>();
    constants.forEach(constant -> halves.add(Halves.of(constant)));
    return new AddressIn(field, halves);
  }

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
            : FlowPredicate.truth(
                constants.contains(new Halves(column.addressHigh(row), column.addressLow(row))));
  }
}
