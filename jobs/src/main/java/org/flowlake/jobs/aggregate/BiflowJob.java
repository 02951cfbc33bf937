package org.flowlake.jobs.aggregate;

import static org.apache.spark.sql.functions.bit_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.rows.CounterColumns;
import org.flowlake.jobs.rows.CounterPresence;
import org.flowlake.jobs.rows.FlowColumns;
import org.flowlake.jobs.rows.FlowGrouping;
import org.flowlake.jobs.rows.RowLayout;
import org.flowlake.udfs.flow.IpProtocol;

/**
 * Joins both directions of TCP and UDP conversations ({@code -b}); flows of other protocols only
 * join flows of the same direction.
 *
 * <p>Flows are grouped by the five-tuple with the smaller end first. The group is printed in the
 * direction of its first flow, the one first seen; of two seen at the same moment it is the one
 * from the higher source port, as initiators use ephemeral ports. Flows in that direction count as
 * in, those against it as out. TCP flags are those of that direction.
 */
final class BiflowJob implements FlowGrouping {
  private static final List<FlowField> FIVE_TUPLE =
      List.of(
          FlowField.IP_VERSION,
          FlowField.SRC_ADDR,
          FlowField.DST_ADDR,
          FlowField.SRC_PORT,
          FlowField.DST_PORT,
          FlowField.PROTO);

  /** Fields that change places when a flow is turned, beyond its counters. */
  private static final Map<FlowField, FlowField> OPPOSITES =
      new EnumMap<>(
          Map.of(
              FlowField.SRC_ADDR, FlowField.DST_ADDR,
              FlowField.DST_ADDR, FlowField.SRC_ADDR,
              FlowField.SRC_PORT, FlowField.DST_PORT,
              FlowField.DST_PORT, FlowField.SRC_PORT,
              FlowField.SRC_AS, FlowField.DST_AS,
              FlowField.DST_AS, FlowField.SRC_AS,
              FlowField.INPUT_IF, FlowField.OUTPUT_IF,
              FlowField.OUTPUT_IF, FlowField.INPUT_IF,
              FlowField.SRC_MASK, FlowField.DST_MASK,
              FlowField.DST_MASK, FlowField.SRC_MASK));

  private static final int[] PORT_CLASSES = {1024, 32_768, 49_152};

  /** Whether the flow runs against the order of its key. */
  private static final String REVERSED = "_reversed";

  /** Orders the flows of a group; its lowest bit is {@link #REVERSED}. */
  private static final String RANK = "_rank";

  /** Whether the record carries flow count or out counters of its own. */
  private static final String COUNTED = "_counted";

  private static final String OPPOSITE_FLAGS = "_opposite_tcp_flags";

  private final Biflow direction;
  private final RowLayout layout;

  /**
   * Biflows whose output needs these fields.
   *
   * @param printed fields that the output shows, beyond the counters
   * @param counters how it shows counters that a biflow does not carry
   */
  BiflowJob(Biflow direction, List<FlowField> printed, CounterPresence counters) {
    this.direction = direction;
    Set<FlowField> fields = EnumSet.copyOf(FIVE_TUPLE);
    for (FlowField field : printed) {
      fields.add(field);
      if (OPPOSITES.containsKey(field)) {
        fields.add(OPPOSITES.get(field));
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
    Column source = columns.of(FlowField.SRC_ADDR);
    Column destination = columns.of(FlowField.DST_ADDR);
    Column sourcePort = zeroIfAbsent(columns.number(FlowField.SRC_PORT));
    Column destinationPort = zeroIfAbsent(columns.number(FlowField.DST_PORT));
    Column later = source.equalTo(destination).and(sourcePort.gt(destinationPort));
    Column reversed =
        coalesce(
            hasTwoWays(columns.number(FlowField.PROTO)).and(source.gt(destination).or(later)),
            lit(false));
    Column servesFirst = sourcePort.lt(destinationPort);
    Column rank =
        first(columns)
            .multiply(4L)
            .plus(when(servesFirst, lit(2L)).otherwise(lit(0L)))
            .plus(when(reversed, lit(1L)).otherwise(lit(0L)));
    Column counted =
        columns
            .of(FlowField.FLOWS)
            .isNotNull()
            .or(columns.of(FlowField.OUT_PACKETS).isNotNull())
            .or(columns.of(FlowField.OUT_BYTES).isNotNull());
    List<Column> inputs = new ArrayList<>(CounterColumns.ofFlows(schema));
    inputs.add(reversed.as(REVERSED));
    inputs.add(rank.as(RANK));
    inputs.add(when(counted, lit(1L)).otherwise(lit(0L)).as(COUNTED));
    for (FlowField field : layout.fields()) {
      Column value = RowLayout.printable(columns, field);
      if (FIVE_TUPLE.contains(field) && OPPOSITES.containsKey(field)) {
        Column opposite = RowLayout.printable(columns, OPPOSITES.get(field));
        value = when(reversed, opposite).otherwise(value);
      }
      inputs.add(value.as(RowLayout.name(field)));
    }
    return inputs;
  }

  private static Column first(FlowColumns columns) {
    return zeroIfAbsent(RowLayout.printable(columns, FlowField.FIRST_SEEN));
  }

  @Override
  public List<String> keys() {
    return FIVE_TUPLE.stream().map(RowLayout::name).toList();
  }

  @Override
  public List<Column> results() {
    List<Column> results = new ArrayList<>(CounterColumns.ofGroups());
    turned(results, CounterColumns.IN_PACKETS, CounterColumns.OUT_PACKETS);
    turned(results, CounterColumns.IN_BYTES, CounterColumns.OUT_BYTES);
    results.add(min(RANK).as(RANK));
    results.add(max(COUNTED).as(COUNTED));
    for (FlowField field : layout.fields()) {
      String name = RowLayout.name(field);
      if (field == FlowField.TCP_FLAGS) {
        results.add(bit_or(when(col(REVERSED), lit(0L)).otherwise(col(name))).as(name));
        results.add(bit_or(when(col(REVERSED), col(name)).otherwise(lit(0L))).as(OPPOSITE_FLAGS));
      } else if (RowLayout.isOptionalCounter(field)) {
        results.add(max(name).as(name));
      } else if (!FIVE_TUPLE.contains(field)) {
        results.add(FirstFlow.value(field, name, RANK).as(name));
      }
    }
    return results;
  }

  /** Sums in the direction of the key. */
  private static void turned(List<Column> results, int in, int out) {
    String inName = CounterColumns.names().get(in);
    String outName = CounterColumns.names().get(out);
    results.set(in, sum(when(col(REVERSED), col(outName)).otherwise(col(inName))).as(inName));
    results.set(out, sum(when(col(REVERSED), col(inName)).otherwise(col(outName))).as(outName));
  }

  @Override
  public List<Column> rows() {
    Column against = col(RANK).bitwiseAND(lit(1L)).equalTo(1L);
    Column guess = direction == Biflow.GUESSED ? startsAtService(against) : lit(false);
    // nfdump 1.7.8 leaves the counters of a single record without counters of its own where they
    // are when it turns the record.
    Column counters =
        against.notEqual(
            guess.and(col(COUNTED).equalTo(1L).or(counter(CounterColumns.FLOWS).gt(1L))));
    List<Column> rows = new ArrayList<>();
    for (int i = 0; i < CounterColumns.COUNT; i++) {
      String name = CounterColumns.names().get(i);
      rows.add(
          switch (i) {
            case CounterColumns.IN_PACKETS ->
                either(counters, counter(CounterColumns.OUT_PACKETS), col(name)).as(name);
            case CounterColumns.IN_BYTES ->
                either(counters, counter(CounterColumns.OUT_BYTES), col(name)).as(name);
            case CounterColumns.OUT_PACKETS ->
                either(counters, counter(CounterColumns.IN_PACKETS), col(name)).as(name);
            case CounterColumns.OUT_BYTES ->
                either(counters, counter(CounterColumns.IN_BYTES), col(name)).as(name);
            default -> col(name);
          });
    }
    for (FlowField field : layout.fields()) {
      rows.add(
          RowLayout.isOptionalCounter(field)
              ? carriedCounter(field, rows)
              : field(field, against, guess));
    }
    return rows;
  }

  /** The sum as printed, or null for a single flow that does not carry the counter. */
  private static Column carriedCounter(FlowField field, List<Column> rows) {
    int index =
        switch (field) {
          case FLOWS -> CounterColumns.FLOWS;
          case OUT_PACKETS -> CounterColumns.OUT_PACKETS;
          default -> CounterColumns.OUT_BYTES;
        };
    String name = RowLayout.name(field);
    Column carried = col(name).isNotNull().or(counter(CounterColumns.FLOWS).gt(1L));
    return when(carried, rows.get(index)).as(name);
  }

  private static Column field(FlowField field, Column against, Column guess) {
    String name = RowLayout.name(field);
    if (field == FlowField.TCP_FLAGS) {
      return either(against, col(OPPOSITE_FLAGS), col(name)).as(name);
    } else if (!OPPOSITES.containsKey(field)) {
      return col(name);
    }
    // The five-tuple is that of the key, all other fields are those of the first flow.
    Column turned = FIVE_TUPLE.contains(field) ? against.notEqual(guess) : guess;
    return either(turned, col(RowLayout.name(OPPOSITES.get(field))), col(name)).as(name);
  }

  /** nfdump's guess that the first flow runs from the server to the client. */
  private static Column startsAtService(Column against) {
    Column keySource = zeroIfAbsent(col(RowLayout.name(FlowField.SRC_PORT)));
    Column keyDestination = zeroIfAbsent(col(RowLayout.name(FlowField.DST_PORT)));
    Column source = either(against, keyDestination, keySource);
    Column destination = either(against, keySource, keyDestination);
    Column service = lit(false);
    for (int bound : PORT_CLASSES) {
      service = service.or(source.lt(bound).and(destination.geq(bound)));
    }
    return coalesce(hasTwoWays(col(RowLayout.name(FlowField.PROTO))).and(service), lit(false));
  }

  private static Column hasTwoWays(Column proto) {
    return proto.equalTo(IpProtocol.TCP).or(proto.equalTo(IpProtocol.UDP));
  }

  private static Column counter(int index) {
    return col(CounterColumns.names().get(index));
  }

  private static Column either(Column condition, Column then, Column otherwise) {
    return when(condition, then).otherwise(otherwise);
  }

  private static Column zeroIfAbsent(Column number) {
    return coalesce(number.cast(DataTypes.LongType), lit(0L));
  }
}
