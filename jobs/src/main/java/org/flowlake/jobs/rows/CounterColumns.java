package org.flowlake.jobs.rows;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.question.CounterSide;
import org.flowlake.jobs.question.FlowCounters;
import org.flowlake.jobs.question.Measure;
import org.flowlake.jobs.question.RankOrder;

/**
 * {@link FlowCounters} as columns: eight longs that lead every row between Spark and the printers,
 * so that totals are summed from the very rows that make the answer.
 */
public final class CounterColumns {
  public static final int RECORDS = 0;
  public static final int FLOWS = 1;
  public static final int IN_PACKETS = 2;
  public static final int IN_BYTES = 3;
  public static final int OUT_PACKETS = 4;
  public static final int OUT_BYTES = 5;

  /** Microseconds since 1970-01-01 UTC. */
  public static final int FIRST = 6;

  /** Microseconds since 1970-01-01 UTC. */
  public static final int LAST = 7;

  /** How many columns there are; the next one of a row has this index. */
  public static final int COUNT = 8;

  private static final long MICROS_PER_MILLI = 1000;
  private static final String[] NAMES = {
    "_records",
    "_flows",
    "_in_packets",
    "_in_bytes",
    "_out_packets",
    "_out_bytes",
    "_first_micros",
    "_last_micros"
  };

  private CounterColumns() {}

  /**
   * The counters of each flow. Times that are absent count as 0, as in nfdump. A row that stands
   * for several flows, or for a part of one, says for how many in the columns of {@link #RECORDS}
   * and {@link #FLOWS}.
   */
  public static List<Column> ofFlows(StructType schema) {
    FlowColumns columns = new FlowColumns(schema);
    return List.of(
        columns.isNamed(NAMES[RECORDS]) ? col(NAMES[RECORDS]) : lit(1L).as(NAMES[RECORDS]),
        columns.isNamed(NAMES[FLOWS]) ? col(NAMES[FLOWS]) : flows(columns).as(NAMES[FLOWS]),
        zeroIfAbsent(columns.number(FlowField.IN_PACKETS)).as(NAMES[IN_PACKETS]),
        zeroIfAbsent(columns.number(FlowField.IN_BYTES)).as(NAMES[IN_BYTES]),
        zeroIfAbsent(columns.number(FlowField.OUT_PACKETS)).as(NAMES[OUT_PACKETS]),
        zeroIfAbsent(columns.number(FlowField.OUT_BYTES)).as(NAMES[OUT_BYTES]),
        zeroIfAbsent(unix_micros(columns.of(FlowField.FIRST_SEEN))).as(NAMES[FIRST]),
        zeroIfAbsent(unix_micros(columns.of(FlowField.LAST_SEEN))).as(NAMES[LAST]));
  }

  /** Flows that a record stands for. */
  public static Column flows(FlowColumns columns) {
    return coalesce(nullif(columns.number(FlowField.FLOWS), lit(0L)), lit(1L));
  }

  /** From first to last seen of each flow, milliseconds; 0 where either is absent. */
  public static Column durationMillis(FlowColumns columns) {
    Column first = unix_micros(columns.of(FlowField.FIRST_SEEN));
    Column last = unix_micros(columns.of(FlowField.LAST_SEEN));
    return zeroIfAbsent(millis(last).minus(millis(first)));
  }

  /** The counters of each group, over columns made by {@link #ofFlows}. */
  public static List<Column> ofGroups() {
    return List.of(
        summed(RECORDS),
        summed(FLOWS),
        summed(IN_PACKETS),
        summed(IN_BYTES),
        summed(OUT_PACKETS),
        summed(OUT_BYTES),
        min(NAMES[FIRST]).as(NAMES[FIRST]),
        max(NAMES[LAST]).as(NAMES[LAST]));
  }

  /** What rows with counters are ranked by, the same as {@link Measure#of}. */
  public static Column measure(RankOrder order) {
    Column millis = millis(LAST).minus(millis(FIRST));
    Column duration = when(millis(LAST).equalTo(0), lit(0L)).otherwise(millis);
    Column packets = sided(order.side(), IN_PACKETS, OUT_PACKETS);
    Column bytes = sided(order.side(), IN_BYTES, OUT_BYTES);
    return switch (order.measure()) {
      case FLOWS -> col(NAMES[FLOWS]);
      case PACKETS -> packets;
      case BYTES -> bytes;
      case PACKETS_PER_SECOND -> quotient(packets.multiply(1000L), duration);
      case BITS_PER_SECOND -> quotient(bytes.multiply(8000L), duration);
      case BYTES_PER_PACKET -> quotient(bytes, packets);
      case FIRST_SEEN -> millis(FIRST);
      case LAST_SEEN -> millis(LAST);
      case DURATION -> millis;
      case EXTRA -> col(ExtraColumn.rowName(order.name()));
    };
  }

  private static Column sided(CounterSide side, int in, int out) {
    return switch (side) {
      case IN -> col(NAMES[in]);
      case OUT -> col(NAMES[out]);
      case BOTH -> col(NAMES[in]).plus(col(NAMES[out]));
    };
  }

  private static Column millis(int time) {
    return millis(col(NAMES[time]));
  }

  private static Column millis(Column micros) {
    return call_function("div", micros, lit(MICROS_PER_MILLI));
  }

  private static Column quotient(Column dividend, Column divisor) {
    return when(divisor.equalTo(0), lit(0L)).otherwise(call_function("div", dividend, divisor));
  }

  /** Column names in the order of the indices. */
  public static List<String> names() {
    return List.of(NAMES);
  }

  /** Reads the counters at the head of a row. */
  public static FlowCounters read(InternalRow row) {
    return new FlowCounters(
        row.getLong(RECORDS),
        row.getLong(FLOWS),
        row.getLong(IN_PACKETS),
        row.getLong(IN_BYTES),
        row.getLong(OUT_PACKETS),
        row.getLong(OUT_BYTES),
        row.getLong(FIRST) / MICROS_PER_MILLI,
        row.getLong(LAST) / MICROS_PER_MILLI);
  }

  private static Column summed(int index) {
    return sum(NAMES[index]).as(NAMES[index]);
  }

  private static Column zeroIfAbsent(Column column) {
    return coalesce(column, lit(0L));
  }
}
