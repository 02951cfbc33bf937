package org.flowlake.jobs;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;
import org.flowlake.converters.flow.FlowType;

/**
 * Flows for people who write SQL: the same columns, addresses as text.
 *
 * <p>For reading, not for searching: a comparison with an address's text is not pushed into the
 * scan. Put {@code ip_cidr_contains} on the table itself, or a {@link FlowQuery} filter, before it.
 */
public final class FlowView {
  /** The name of the view. */
  public static final String NAME = "flows";

  private FlowView() {}

  /**
   * Makes the session's temporary view {@value #NAME} of these flows, in place of an earlier one.
   */
  public static void register(Dataset<Row> flows) {
    of(flows).createOrReplaceTempView(NAME);
  }

  /**
   * The flows with addresses as text; null stays null, columns of other tables stay as they are.
   */
  public static Dataset<Row> of(Dataset<Row> flows) {
    List<String> present = Arrays.asList(flows.columns());
    List<Column> columns = new ArrayList<>();
    for (String name : present) {
      boolean address =
          FlowSchema.field(name).filter(field -> field.type() == FlowType.ADDRESS).isPresent();
      columns.add(address ? text(name, present) : col(name));
    }
    return flows.select(columns.toArray(Column[]::new));
  }

  /** An IPv4-mapped IPv6 address is told from IPv4 by the version column that goes with it. */
  private static Column text(String name, List<String> present) {
    FlowField version =
        switch (FlowSchema.field(name).orElseThrow()) {
          case SRC_ADDR, DST_ADDR -> FlowField.IP_VERSION;
          case TUN_SRC_ADDR, TUN_DST_ADDR -> FlowField.TUN_IP_VERSION;
          default -> null;
        };
    return (version != null && present.contains(version.column())
            ? call_function("ip_as_string", col(name), col(version.column()))
            : call_function("ip_as_string", col(name)))
        .as(name);
  }
}
