package org.flowlake.jobs.rows;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_micros;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StructType;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;
import org.flowlake.converters.flow.FlowType;

/**
 * Where each field lies in the rows that a job hands to a printer: the counters first, then the
 * fields that the output asks for; every number and time is a long.
 */
public final class RowLayout {
  private static final Set<FlowField> OPTIONAL_COUNTERS =
      EnumSet.of(FlowField.FLOWS, FlowField.OUT_PACKETS, FlowField.OUT_BYTES);

  private final Map<FlowField, Integer> ordinals = new EnumMap<>(FlowField.class);
  private final List<FlowField> fields = new ArrayList<>();
  private final List<ExtraColumn> extras = new ArrayList<>();
  private int firstExtra = CounterColumns.COUNT;

  /** A layout for these fields. Those that the counters hold take no column of their own. */
  public RowLayout(Collection<FlowField> wanted) {
    this(wanted, CounterPresence.ALWAYS);
  }

  /**
   * A layout for these fields.
   *
   * @param counters as recorded: counters that a record may lack take a column of their own
   */
  public RowLayout(Collection<FlowField> wanted, CounterPresence counters) {
    ordinals.put(FlowField.FLOWS, CounterColumns.FLOWS);
    ordinals.put(FlowField.IN_PACKETS, CounterColumns.IN_PACKETS);
    ordinals.put(FlowField.IN_BYTES, CounterColumns.IN_BYTES);
    ordinals.put(FlowField.OUT_PACKETS, CounterColumns.OUT_PACKETS);
    ordinals.put(FlowField.OUT_BYTES, CounterColumns.OUT_BYTES);
    ordinals.put(FlowField.FIRST_SEEN, CounterColumns.FIRST);
    ordinals.put(FlowField.LAST_SEEN, CounterColumns.LAST);
    if (counters == CounterPresence.AS_RECORDED) {
      OPTIONAL_COUNTERS.forEach(ordinals::remove);
    }
    for (FlowField field : wanted) {
      if (!ordinals.containsKey(field)) {
        ordinals.put(field, CounterColumns.COUNT + fields.size());
        fields.add(field);
      }
    }
    firstExtra = CounterColumns.COUNT + fields.size();
  }

  /** The fields that follow the counters, in column order. */
  public List<FlowField> fields() {
    return List.copyOf(fields);
  }

  /** The field's column, counted from 0; -1 where the rows do not have it. */
  public int ordinal(FlowField field) {
    return ordinals.getOrDefault(field, -1);
  }

  /** The same layout where so many other columns stand between the counters and the fields. */
  public RowLayout after(int columns) {
    RowLayout shifted = new RowLayout(List.of());
    shifted.ordinals.clear();
    shifted.ordinals.putAll(ordinals);
    shifted.fields.addAll(fields);
    fields.forEach(field -> shifted.ordinals.merge(field, columns, Integer::sum));
    shifted.extras.addAll(extras);
    shifted.firstExtra = firstExtra + columns;
    return shifted;
  }

  /** The same layout with more columns at the end. */
  public RowLayout withExtras(List<ExtraColumn> more) {
    RowLayout wider = after(0);
    wider.extras.addAll(more);
    return wider;
  }

  /** The columns after the fields. */
  public List<ExtraColumn> extras() {
    return List.copyOf(extras);
  }

  /** The column of one of the {@link #extras}, counted from 0. */
  public int extraOrdinal(int index) {
    return firstExtra + index;
  }

  /** The name of a field's own column, different from those of the counters. */
  public static String name(FlowField field) {
    return isOptionalCounter(field) ? "_recorded_" + field.column() : "_" + field.column();
  }

  /** Whether the field is a counter that only some records carry. */
  public static boolean isOptionalCounter(FlowField field) {
    return OPTIONAL_COUNTERS.contains(field);
  }

  /** A field as the flow table has it, over rows of this layout. */
  public Column flowColumn(FlowField field) {
    int ordinal = ordinal(field);
    Column value =
        col(ordinal < CounterColumns.COUNT ? CounterColumns.names().get(ordinal) : name(field));
    return field.type() == FlowType.TIMESTAMP
        ? timestamp_micros(value)
        : value.cast(FlowSchema.dataType(field.type()));
  }

  /** The columns of each flow: counters and fields. */
  public List<Column> ofFlows(StructType schema) {
    FlowColumns columns = new FlowColumns(schema);
    List<Column> all = new ArrayList<>(CounterColumns.ofFlows(schema));
    for (FlowField field : fields) {
      all.add(printable(columns, field).as(name(field)));
    }
    return all;
  }

  /** The field as the printers read it: times and numbers as long. */
  public static Column printable(FlowColumns columns, FlowField field) {
    return field.type() == FlowType.TIMESTAMP
        ? unix_micros(columns.of(field))
        : columns.number(field);
  }
}
