package org.flowlake.jobs.filter;

import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.derive.FlowFields;

/** One flow as the {@link FilterInterpreter} reads it. */
public interface FlowValues extends FlowFields {

  /** Whether the flow lacks the field. */
  boolean isNull(FlowField field);

  @Override
  default boolean has(FlowField field) {
    return !isNull(field);
  }

  /**
   * A number, or a time in microseconds UTC.
   *
   * @throws IllegalStateException or another exception if the field is null or no number
   */
  @Override
  long number(FlowField field);

  /**
   * The place of the flow in its input, from 1.
   *
   * @throws UnsupportedOperationException where flows are not counted
   */
  default long runningNumber() {
    throw new UnsupportedOperationException("these flows are not counted");
  }

  /** An address (16 bytes), bytes, or a text in UTF-8; the field is not null. */
  @Override
  byte[] bytes(FlowField field);
}
