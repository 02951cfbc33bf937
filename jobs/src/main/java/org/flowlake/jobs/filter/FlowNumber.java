package org.flowlake.jobs.filter;

import java.io.Serializable;
import java.util.List;
import org.flowlake.converters.flow.FlowField;

/** A number that a flow has: a column, some bits of one, or a figure made of several. */
public sealed interface FlowNumber extends Serializable {

  /** The columns it is made of; the number is missing where one of them is. */
  List<FlowField> fields();

  /** A column as it is. */
  record Stored(FlowField field) implements FlowNumber {
    @Override
    public List<FlowField> fields() {
      return List.of(field);
    }
  }

  /**
   * {@code (field >> shift) & mask}: flags, the two bytes of an ICMP type and code, the parts of an
   * MPLS label stack entry.
   */
  record Bits(FlowField field, int shift, long mask) implements FlowNumber {
    /** The bits of a stored number. */
    public long of(long stored) {
      return (stored >> shift) & mask;
    }

    @Override
    public List<FlowField> fields() {
      return List.of(field);
    }
  }

  /** Where the flow stands in the input, which no column holds. */
  enum Place implements FlowNumber {
    /** Counted from 1 over all flows of the input, in the order of its files. */
    RUNNING_NUMBER;

    @Override
    public List<FlowField> fields() {
      return List.of();
    }
  }

  /** A figure that nfdump derives with integer arithmetic. */
  enum Rate implements FlowNumber {
    /** Last seen minus first seen, milliseconds. */
    DURATION_MILLIS(FlowField.FIRST_SEEN, FlowField.LAST_SEEN),
    /** 1000 * packets / duration; 0 where the duration is 0. */
    PACKETS_PER_SECOND(FlowField.FIRST_SEEN, FlowField.LAST_SEEN, FlowField.IN_PACKETS),
    /** 8000 * bytes / duration; 0 where the duration is 0. */
    BITS_PER_SECOND(FlowField.FIRST_SEEN, FlowField.LAST_SEEN, FlowField.IN_BYTES),
    /** Bytes / packets; 0 where there are no packets. */
    BYTES_PER_PACKET(FlowField.IN_BYTES, FlowField.IN_PACKETS);

    private final List<FlowField> fields;

    Rate(FlowField... fields) {
      this.fields = List.of(fields);
    }

    @Override
    public List<FlowField> fields() {
      return fields;
    }
  }
}
