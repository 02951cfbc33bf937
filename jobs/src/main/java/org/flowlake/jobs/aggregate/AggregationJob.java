package org.flowlake.jobs.aggregate;

import static org.apache.spark.sql.functions.bit_or;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowType;
import org.flowlake.jobs.derive.GeoColumns;
import org.flowlake.jobs.groups.GroupLayout;
import org.flowlake.jobs.rows.CounterColumns;
import org.flowlake.jobs.rows.CounterPresence;
import org.flowlake.jobs.rows.FlowColumns;
import org.flowlake.jobs.rows.FlowGrouping;
import org.flowlake.jobs.rows.GroupColumn;
import org.flowlake.jobs.rows.RowLayout;

/**
 * Groups flows by the keys of an aggregation: sums of the counters, first and last seen of the
 * group, union of the TCP flags. Any other field that an output asks for is that of the flow first
 * seen. Countries are keys without a place among the fields: their columns come last.
 */
final class AggregationJob implements FlowGrouping {
  private static final int ADDRESS_BYTES = 16;

  private final RowLayout layout;
  private final Map<FlowField, Aggregation.Key> keys = new EnumMap<>(FlowField.class);

  /** Addresses whose country is a key. */
  private final Set<FlowField> countries = EnumSet.noneOf(FlowField.class);

  /**
   * An aggregation whose output needs these fields.
   *
   * @param printed fields that the output shows, beyond the counters
   * @param counters how it shows counters that a group does not carry
   */
  AggregationJob(Aggregation aggregation, List<FlowField> printed, CounterPresence counters) {
    Set<FlowField> fields = EnumSet.noneOf(FlowField.class);
    fields.addAll(printed);
    for (Aggregation.Key key : aggregation.keys()) {
      FlowField field = key.key().field();
      if (key.key().form() == AggregationKey.Form.COUNTRY) {
        countries.add(field);
      } else {
        keys.put(field, key);
      }
      fields.add(field);
      if (isFlowAddress(field)) {
        fields.add(FlowField.IP_VERSION);
      }
    }
    this.layout = new RowLayout(fields, counters);
  }

  @Override
  public RowLayout layout() {
    return layout;
  }

  @Override
  public List<Column> inputs(StructType schema) {
    FlowColumns columns = new FlowColumns(schema);
    List<Column> inputs = new ArrayList<>(CounterColumns.ofFlows(schema));
    for (FlowField field : layout.fields()) {
      Aggregation.Key key = keys.get(field);
      Column value = key == null ? RowLayout.printable(columns, field) : key(columns, key);
      inputs.add(value.as(RowLayout.name(field)));
    }
    countries.forEach(address -> inputs.add(columns.named(GeoColumns.country(address))));
    return inputs;
  }

  @Override
  public List<String> keys() {
    return Stream.concat(
            layout.fields().stream().filter(this::isKey).map(RowLayout::name),
            countries.stream().map(GeoColumns::country))
        .toList();
  }

  @Override
  public List<Column> results() {
    List<Column> results = new ArrayList<>(CounterColumns.ofGroups());
    for (FlowField field : layout.fields()) {
      if (!isKey(field)) {
        results.add(result(field, RowLayout.name(field)).as(RowLayout.name(field)));
      }
    }
    return results;
  }

  private static Column result(FlowField field, String name) {
    if (field == FlowField.TCP_FLAGS) {
      return bit_or(col(name));
    } else if (RowLayout.isOptionalCounter(field)) {
      return carriedCounter(field, max(name), CounterColumns.ofGroups());
    }
    return FirstFlow.value(field, name, CounterColumns.names().get(CounterColumns.FIRST));
  }

  /**
   * The sum, or null for a single flow that does not carry the counter.
   *
   * @param greatest recorded value of the group
   * @param counters of the group
   */
  private static Column carriedCounter(FlowField field, Column greatest, List<Column> counters) {
    Column flows = counters.get(CounterColumns.FLOWS);
    Column outPackets = counters.get(CounterColumns.OUT_PACKETS);
    Column value =
        switch (field) {
          case FLOWS -> flows;
          case OUT_PACKETS -> outPackets;
          default -> counters.get(CounterColumns.OUT_BYTES);
        };
    return when(greatest.isNotNull().or(flows.gt(1)).or(outPackets.gt(0)), value);
  }

  @Override
  public List<Column> rows() {
    List<Column> rows = new ArrayList<>();
    CounterColumns.names().forEach(name -> rows.add(col(name)));
    layout.fields().forEach(field -> rows.add(col(RowLayout.name(field))));
    countries.forEach(address -> rows.add(col(GeoColumns.country(address))));
    return rows;
  }

  @Override
  public Optional<List<GroupColumn>> merged(StructType flows) {
    if (!countries.isEmpty()) {
      return Optional.empty();
    }
    FlowColumns columns = new FlowColumns(flows);
    List<GroupColumn> merged = new ArrayList<>();
    for (FlowField field : layout.fields()) {
      Optional<GroupColumn.Width> width = width(field, columns);
      if (width.isEmpty()) {
        return Optional.empty();
      }
      merged.add(new GroupColumn(RowLayout.name(field), merge(field), width.get()));
    }
    return Optional.of(merged).filter(GroupLayout::fits);
  }

  private GroupColumn.Merge merge(FlowField field) {
    if (isKey(field)) {
      return GroupColumn.Merge.KEY;
    } else if (field == FlowField.TCP_FLAGS) {
      return GroupColumn.Merge.BITS;
    }
    return RowLayout.isOptionalCounter(field)
        ? GroupColumn.Merge.GREATEST
        : GroupColumn.Merge.FIRST;
  }

  /** Empty for values of any length. */
  private Optional<GroupColumn.Width> width(FlowField field, FlowColumns columns) {
    if (!isKey(field) && !columns.has(field)) {
      return Optional.of(GroupColumn.Width.ABSENT);
    }
    return switch (field.type()) {
      case INT, LONG, TIMESTAMP -> Optional.of(GroupColumn.Width.NUMBER);
      case ADDRESS -> Optional.of(GroupColumn.Width.ADDRESS);
      case TEXT, BYTES -> Optional.empty();
    };
  }

  @Override
  public Dataset<Row> finished(Dataset<Row> merged) {
    if (layout.fields().stream().noneMatch(RowLayout::isOptionalCounter)) {
      return merged;
    }
    List<Column> finished = new ArrayList<>();
    CounterColumns.names().forEach(name -> finished.add(col(name)));
    for (FlowField field : layout.fields()) {
      String name = RowLayout.name(field);
      Column value =
          RowLayout.isOptionalCounter(field)
              ? carriedCounter(
                  field, col(name), CounterColumns.names().stream().map(n -> col(n)).toList())
              : col(name);
      finished.add(value.as(name));
    }
    return merged.select(finished.toArray(Column[]::new));
  }

  @Override
  public Optional<String> dstKey() {
    return wholeAddress(FlowField.DST_ADDR);
  }

  @Override
  public Optional<String> srcKey() {
    return wholeAddress(FlowField.SRC_ADDR);
  }

  private Optional<String> wholeAddress(FlowField field) {
    return Optional.ofNullable(keys.get(field))
        .filter(key -> key.key().form() == AggregationKey.Form.WHOLE)
        .map(key -> RowLayout.name(field));
  }

  private boolean isKey(FlowField field) {
    return keys.containsKey(field)
        || field == FlowField.IP_VERSION
            && keys.keySet().stream().anyMatch(AggregationJob::isFlowAddress);
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
      case COUNTRY -> throw new IllegalStateException("A country is a key of its own");
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
    return call_function("ip_mask", address, bits, version);
  }

  private static boolean isFlowAddress(FlowField field) {
    return field == FlowField.SRC_ADDR || field == FlowField.DST_ADDR;
  }
}
