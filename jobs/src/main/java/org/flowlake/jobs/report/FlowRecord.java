package org.flowlake.jobs.report;

import java.util.OptionalLong;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.derive.FlowFields;

/** What a printer can ask of one flow, or of one group of flows shown as a flow. */
public interface FlowRecord extends FlowFields {
  /** A number, or microseconds of a time; 0 where absent. */
  @Override
  long number(FlowField field);

  /** 16 bytes of an address, or bytes of any length; null where absent. */
  @Override
  byte[] bytes(FlowField field);

  /** Text; null where absent. */
  String text(FlowField field);

  /** The value of a column beyond the fields, by its place among these; empty where absent. */
  default OptionalLong extra(int index) {
    return OptionalLong.empty();
  }

  /** Its place in the list, from 1. */
  long position();

  /** 4 or 6; 0 where the flow has no address. */
  default int ipVersion() {
    return (int) number(FlowField.IP_VERSION);
  }

  /** Milliseconds of a time; 0 where absent. */
  default long millis(FlowField time) {
    return number(time) / 1000;
  }

  /** From first to last seen, milliseconds; 0 where either is absent or they are out of order. */
  default long durationMillis() {
    long first = millis(FlowField.FIRST_SEEN);
    long last = millis(FlowField.LAST_SEEN);
    return first == 0 || last == 0 || last < first ? 0 : last - first;
  }
}
