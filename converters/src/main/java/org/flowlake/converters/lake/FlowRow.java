package org.flowlake.converters.lake;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowColumn;

/** Flows of a batch as rows with the values that Spark takes from programs. */
final class FlowRow {
  private FlowRow() {}

  static List<Row> all(FlowBatch flows) {
    List<Row> rows = new ArrayList<>(flows.size());
    for (int row = 0; row < flows.size(); row++) {
      Object[] values = new Object[flows.fields().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = value(flows.column(i), row);
      }
      rows.add(RowFactory.create(values));
    }
    return rows;
  }

  private static Object value(FlowColumn column, int row) {
    if (column.isNull(row)) {
      return null;
    }
    return switch (column.field().type()) {
      case INT -> column.intAt(row);
      case LONG -> column.longAt(row);
      case TIMESTAMP -> Instant.EPOCH.plus(column.longAt(row), ChronoUnit.MICROS);
      case ADDRESS, BYTES -> column.bytesAt(row);
      case TEXT -> new String(column.bytesAt(row), StandardCharsets.UTF_8);
    };
  }
}
