package org.flowlake.jobs.derive;

import org.flowlake.converters.flow.FlowField;

/** The fields of one flow, as a {@link Derivation} reads them. */
public interface FlowFields {
  /** Whether the flow carries the field. */
  boolean has(FlowField field);

  /** A number, or microseconds of a time; the flow carries the field. */
  long number(FlowField field);

  /** 16 bytes of an address, or bytes of any length; the flow carries the field. */
  byte[] bytes(FlowField field);
}
