package org.flowlake.jobs.result;

import static org.apache.spark.sql.functions.base64;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.lpad;
import static org.apache.spark.sql.functions.regexp_replace;

import java.util.List;
import org.apache.spark.sql.Column;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowFieldGroup;
import org.flowlake.converters.flow.FlowType;
import org.flowlake.jobs.rows.RowLayout;

/** Fields as columns that any program reads: addresses and MACs as text, bytes in base 64. */
final class PlainColumns {
  private static final int MAC_DIGITS = 12;

  /** Columns that {@link #ofFlow} reads beside the field's own. */
  static final List<FlowField> FAMILIES = List.of(FlowField.IP_VERSION, FlowField.TUN_IP_VERSION);

  private PlainColumns() {}

  /** A key of an aggregation, whose family is a column of the group. */
  static Column of(FlowField field, Column value) {
    boolean ofFlow = field == FlowField.SRC_ADDR || field == FlowField.DST_ADDR;
    return ofFlow
        ? call_function("ip_as_string", value, family(RowLayout.name(FlowField.IP_VERSION)))
        : ofFlow(field, value);
  }

  /** A field of a flow; addresses of the flow itself are told by {@code ip_version}. */
  static Column ofFlow(FlowField field, Column value) {
    if (field.group() == FlowFieldGroup.MAC) {
      // Twelve digits in pairs; the last pair is followed by nothing.
      return regexp_replace(lower(lpad(hex(value), MAC_DIGITS, "0")), "(..)(?!$)", "$1:");
    }
    if (field.type() == FlowType.BYTES) {
      return base64(value);
    }
    if (field.type() != FlowType.ADDRESS) {
      return value;
    }
    return switch (field) {
      case SRC_ADDR, DST_ADDR ->
          call_function("ip_as_string", value, col(FlowField.IP_VERSION.column()));
      case TUN_SRC_ADDR, TUN_DST_ADDR ->
          call_function("ip_as_string", value, col(FlowField.TUN_IP_VERSION.column()));
      default -> call_function("ip_as_string", value);
    };
  }

  private static Column family(String column) {
    return col(column).cast("int");
  }
}
