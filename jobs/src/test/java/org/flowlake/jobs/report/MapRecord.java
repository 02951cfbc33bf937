package org.flowlake.jobs.report;

import java.util.EnumMap;
import java.util.Map;
import org.flowlake.converters.flow.FlowField;

/** A flow of values set one by one. */
final class MapRecord implements FlowRecord {
  private final Map<FlowField, Object> values = new EnumMap<>(FlowField.class);

  MapRecord with(FlowField field, Object value) {
    values.put(field, value);
    return this;
  }

  @Override
  public boolean has(FlowField field) {
    return values.containsKey(field);
  }

  @Override
  public long number(FlowField field) {
    return values.get(field) instanceof Number number ? number.longValue() : 0;
  }

  @Override
  public byte[] bytes(FlowField field) {
    return values.get(field) instanceof byte[] bytes ? bytes : null;
  }

  @Override
  public String text(FlowField field) {
    return values.get(field) instanceof String text ? text : null;
  }

  @Override
  public long position() {
    return 1;
  }
}
