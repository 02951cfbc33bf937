package org.flowlake.jobs.result;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.FlowQuery;
import org.flowlake.jobs.aggregate.Aggregation;
import org.flowlake.jobs.derive.GeoColumns;
import org.flowlake.jobs.extra.Binning;
import org.flowlake.jobs.extra.GroupExtras;
import org.flowlake.jobs.question.RankOrder;
import org.flowlake.jobs.rows.AnswerTable;
import org.flowlake.jobs.rows.CounterColumns;
import org.flowlake.jobs.rows.CounterPresence;
import org.flowlake.jobs.rows.ExtraColumn;
import org.flowlake.jobs.rows.FlowGrouping;
import org.flowlake.jobs.rows.RowLayout;
import org.flowlake.udfs.anonymize.Anonymization;

/**
 * Groups of flows as a table: {@code first_seen, last_seen, duration_millis}, the keys under the
 * names of the lake's columns, {@code flows, in_packets, in_bytes, out_packets, out_bytes,
 * packets_per_second, bits_per_second, bytes_per_packet}. Rates are those of the in counters over
 * the group's duration, 0 where there is none. The bin of groups comes first, other figures last.
 */
public final class GroupTable {
  private static final int MICROS_PER_MILLI = 1000;
  private static final int BITS_PER_BYTE_AND_SECOND = 8000;

  private GroupTable() {}

  /**
   * The groups; to be closed once they are written.
   *
   * @param entries how many at the most, of every bin where there are bins; 0 for all
   * @param anonymization how addresses are anonymised, after flows were summed by them; empty: not
   *     at all
   */
  public static AnswerTable of(
      FlowQuery query,
      Aggregation aggregation,
      GroupExtras extras,
      Optional<RankOrder> order,
      int entries,
      Optional<Anonymization> anonymization) {
    FlowGrouping job = extras.on(aggregation.grouping(List.of(), CounterPresence.ALWAYS));
    Dataset<Row> groups = extras.isNone() ? query.groups(job) : job.groups(query.flows());
    groups = extras.arranged(groups, order, job.tieColumns(), entries);
    if (anonymization.isPresent()) {
      groups = AnonymizedColumns.of(groups, RowLayout::name, anonymization.get());
    }
    return AnswerTable.of(groups.select(columns(aggregation, extras).toArray(Column[]::new)));
  }

  private static List<Column> columns(Aggregation aggregation, GroupExtras extras) {
    Column first = counter(CounterColumns.FIRST);
    Column last = counter(CounterColumns.LAST);
    Column millis = millis(last).minus(millis(first));
    Column duration = when(first.equalTo(0).or(last.equalTo(0)), lit(0L)).otherwise(millis);
    Column packets = counter(CounterColumns.IN_PACKETS);
    Column bytes = counter(CounterColumns.IN_BYTES);
    List<Column> columns = new ArrayList<>();
    extras.binning().ifPresent(bins -> columns.add(extra(Binning.COLUMN)));
    columns.add(timestamp_micros(first).as("first_seen"));
    columns.add(timestamp_micros(last).as("last_seen"));
    columns.add(duration.as("duration_millis"));
    for (Aggregation.Key key : aggregation.keys()) {
      FlowField field = key.key().field();
      columns.add(
          key.key().isCountry()
              ? col(GeoColumns.country(field))
              : PlainColumns.of(field, col(RowLayout.name(field))).as(field.column()));
    }
    columns.add(counter(CounterColumns.FLOWS).as("flows"));
    columns.add(packets.as("in_packets"));
    columns.add(bytes.as("in_bytes"));
    columns.add(counter(CounterColumns.OUT_PACKETS).as("out_packets"));
    columns.add(counter(CounterColumns.OUT_BYTES).as("out_bytes"));
    columns.add(rate(packets, MICROS_PER_MILLI, duration).as("packets_per_second"));
    columns.add(rate(bytes, BITS_PER_BYTE_AND_SECOND, duration).as("bits_per_second"));
    columns.add(rate(bytes, 1, packets).as("bytes_per_packet"));
    extras.measures().forEach(measure -> columns.add(extra(measure.column())));
    return columns;
  }

  private static Column extra(ExtraColumn column) {
    Column value = col(column.rowName());
    return switch (column.kind()) {
      case TIME -> timestamp_micros(value).as(column.name());
      case NUMBER -> value.as(column.name());
      case MILLIS -> value.as(column.name() + "_millis");
    };
  }

  private static Column counter(int index) {
    return col(CounterColumns.names().get(index));
  }

  private static Column millis(Column micros) {
    return call_function("div", micros, lit((long) MICROS_PER_MILLI));
  }

  private static Column rate(Column count, long factor, Column divisor) {
    return when(divisor.equalTo(0), lit(0L))
        .otherwise(call_function("div", count.multiply(factor), divisor));
  }
}
