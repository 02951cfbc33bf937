package org.flowlake.jobs.aggregate;

import static org.apache.spark.sql.functions.bit_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowType;
import org.flowlake.jobs.report.AddressMask;
import org.flowlake.jobs.rows.CounterColumns;
import org.flowlake.jobs.rows.CounterPresence;
import org.flowlake.jobs.rows.FlowColumns;
import org.flowlake.jobs.rows.RowLayout;

/**
 * Groups flows by the keys of an aggregation: sums of the counters, first and last seen of the
 * group, union of the TCP flags. Any other field that an output asks for is that of the flow first
 * seen.
 */
public final class AggregationJob {
  private static final int ADDRESS_BYTES = 16;
  private static final UDF3<byte[], Integer, Integer, byte[]> MASK =
      (address, version, bits) ->
          address == null || version == null || bits == null
              ? null
              : AddressMask.apply(address, version, bits);

  private final Aggregation aggregation;
  private final RowLayout layout;

  /**
   * An aggregation whose output needs these fields.
   *
   * @param printed fields that the output shows, beyond the counters
   * @param counters how it shows counters that a group does not carry
   */
  public AggregationJob(
      Aggregation aggregation, List<FlowField> printed, CounterPresence counters) {
    this.aggregation = aggregation;
    Set<FlowField> fields = EnumSet.noneOf(FlowField.class);
    fields.addAll(printed);
    for (Aggregation.Key key : aggregation.keys()) {
      fields.add(key.key().field());
      if (isFlowAddress(key.key().field())) {
        fields.add(FlowField.IP_VERSION);
      }
    }
    this.layout = new RowLayout(fields, counters);
  }

  /** Where each field lies in the rows of {@link #groups}. */
  public RowLayout layout() {
    return layout;
  }

  /** The columns that decide between groups of equal rank. */
  public List<String> tieColumns() {
    return layout.fields().stream().map(RowLayout::name).toList();
  }

  /** One row per group: the counters, then the fields of the layout. */
  public Dataset<Row> groups(Dataset<Row> flows) {
    FlowColumns columns = new FlowColumns(flows.schema());
    Map<FlowField, Column> keys = keys(columns);
    List<Column> inputs = new ArrayList<>(CounterColumns.ofFlows(flows.schema()));
    List<Column> groupBy = new ArrayList<>();
    List<Column> results = new ArrayList<>(CounterColumns.ofGroups());
    List<Column> order = new ArrayList<>();
    CounterColumns.names().forEach(name -> order.add(col(name)));
    for (FlowField field : layout.fields()) {
      String name = RowLayout.name(field);
      order.add(col(name));
      Column key = keys.get(field);
      inputs.add((key == null ? RowLayout.printable(columns, field) : key).as(name));
      if (key != null) {
        groupBy.add(col(name));
      } else if (!columns.has(field)) {
        results.add(RowLayout.printable(columns, field).as(name));
      } else if (field == FlowField.TCP_FLAGS) {
        results.add(bit_or(col(name)).as(name));
      } else if (RowLayout.isOptionalCounter(field)) {
        results.add(carriedCounter(field, name).as(name));
      } else {
        Column first = col(CounterColumns.names().get(CounterColumns.FIRST));
        results.add(min_by(col(name), first).as(name));
      }
    }
    return flows
        .select(inputs.toArray(Column[]::new))
        .groupBy(groupBy.toArray(Column[]::new))
        .agg(results.get(0), results.subList(1, results.size()).toArray(Column[]::new))
        .select(order.toArray(Column[]::new));
  }

  /** The sum, or null for a single flow that does not carry the counter. */
  private static Column carriedCounter(FlowField field, String name) {
    Column flows = sum(CounterColumns.names().get(CounterColumns.FLOWS));
    Column outPackets = sum(CounterColumns.names().get(CounterColumns.OUT_PACKETS));
    Column value =
        switch (field) {
          case FLOWS -> flows;
          case OUT_PACKETS -> outPackets;
          default -> sum(CounterColumns.names().get(CounterColumns.OUT_BYTES));
        };
    return when(max(name).isNotNull().or(flows.gt(1)).or(outPackets.gt(0)), value);
  }

  private Map<FlowField, Column> keys(FlowColumns columns) {
    Map<FlowField, Column> keys = new EnumMap<>(FlowField.class);
    for (Aggregation.Key key : aggregation.keys()) {
      FlowField field = key.key().field();
      keys.put(field, key(columns, key));
      if (isFlowAddress(field)) {
        keys.put(FlowField.IP_VERSION, columns.number(FlowField.IP_VERSION));
      }
    }
    return keys;
  }

  private static Column key(FlowColumns columns, Aggregation.Key asked) {
    FlowField field = asked.key().field();
    if (field.type() != FlowType.ADDRESS) {
      return coalesce(RowLayout.printable(columns, field), lit(0L));
    }
    Column address = columns.of(field);
    Column version = columns.of(FlowField.IP_VERSION);
    return switch (asked.key().form()) {
      case WHOLE -> address;
      case IPV4 -> oneFamily(address, version, 4, asked.prefixLength());
      case IPV6 -> oneFamily(address, version, 6, asked.prefixLength());
      case ROUTE -> {
        Column bits =
            columns.of(field == FlowField.SRC_ADDR ? FlowField.SRC_MASK : FlowField.DST_MASK);
        yield masked(address, version, coalesce(bits, lit(0)));
      }
    };
  }

  /** Flows of the other family are one group of the address 0, printed in their own form. */
  private static Column oneFamily(Column address, Column version, int family, OptionalInt bits) {
    Column zero = family == 4 ? lit(new byte[ADDRESS_BYTES]) : masked(address, version, lit(0));
    Column own = bits.isPresent() ? masked(address, lit(family), lit(bits.getAsInt())) : address;
    return when(version.equalTo(family), own).when(version.isNotNull(), zero);
  }

  private static Column masked(Column address, Column version, Column bits) {
    return udf(MASK, DataTypes.BinaryType).apply(address, version, bits);
  }

  private static boolean isFlowAddress(FlowField field) {
    return field == FlowField.SRC_ADDR || field == FlowField.DST_ADDR;
  }
}
