package org.flowlake.jobs.result;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.flowlake.jobs.question.CounterSide;
import org.flowlake.jobs.question.FlowCounters;
import org.flowlake.jobs.report.StatValue;
import org.flowlake.jobs.rows.ExtraColumn;
import org.flowlake.jobs.stat.StatAnswer;
import org.flowlake.jobs.stat.StatEntry;
import org.flowlake.jobs.stat.StatRows;
import org.flowlake.jobs.stat.StatTable;
import org.flowlake.jobs.stat.TopNStatistic.ProtocolSplit;
import org.flowlake.udfs.flow.FlowRates;

/**
 * Statistics as a table, one row per entry, best first; several statistics and orders follow one
 * another and are told apart by {@code statistic} and {@code ranked_by}. The bin of entries comes
 * first, distinct counts last. Counters are those of the order: in, out, or both added. Percentages
 * are of all flows that match.
 */
public final class StatResultTable {
  private static final StructType SCHEMA =
      new StructType()
          .add("statistic", DataTypes.StringType)
          .add("ranked_by", DataTypes.StringType)
          .add("value", DataTypes.StringType)
          .add("proto", DataTypes.IntegerType)
          .add("flows", DataTypes.LongType)
          .add("flows_percent", DataTypes.DoubleType)
          .add("packets", DataTypes.LongType)
          .add("packets_percent", DataTypes.DoubleType)
          .add("bytes", DataTypes.LongType)
          .add("bytes_percent", DataTypes.DoubleType)
          .add("packets_per_second", DataTypes.LongType)
          .add("bits_per_second", DataTypes.LongType)
          .add("bytes_per_packet", DataTypes.LongType)
          .add("first_seen", DataTypes.TimestampType)
          .add("last_seen", DataTypes.TimestampType)
          .add("duration_millis", DataTypes.LongType);

  private static final long MICROS_PER_MILLI = 1000;

  private StatResultTable() {}

  /** The entries of all tables of an answer with a limit, collected to the driver. */
  public static Dataset<Row> of(StatAnswer answer, SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    Set<ExtraColumn> extras = extras(answer);
    for (StatTable table : answer.tables()) {
      try (StatRows entries = table.entries()) {
        while (entries.hasNext()) {
          StatEntry entry = entries.next();
          List<Object> cells = new ArrayList<>(cells(table, entry, answer.totals()));
          for (ExtraColumn extra : extras) {
            int index = table.extras().indexOf(extra);
            Long value = index < 0 ? null : entry.extras().get(index);
            if (leads(extra)) {
              cells.add(0, new Timestamp(Math.floorDiv(value, MICROS_PER_MILLI)));
            } else {
              cells.add(value);
            }
          }
          rows.add(RowFactory.create(cells.toArray()));
        }
      }
    }
    StructType schema = new StructType();
    for (ExtraColumn extra : extras) {
      schema = leads(extra) ? schema.add(extra.name(), DataTypes.TimestampType) : schema;
    }
    for (StructField field : SCHEMA.fields()) {
      schema = schema.add(field);
    }
    for (ExtraColumn extra : extras) {
      schema = leads(extra) ? schema : schema.add(extra.name(), DataTypes.LongType);
    }
    return spark.createDataFrame(rows, schema).coalesce(1);
  }

  /** Those of all tables: only the bin is a time, and every table has it or none. */
  private static Set<ExtraColumn> extras(StatAnswer answer) {
    Set<ExtraColumn> extras = new LinkedHashSet<>();
    answer.tables().forEach(table -> extras.addAll(table.extras()));
    return extras;
  }

  private static boolean leads(ExtraColumn extra) {
    return extra.kind() == ExtraColumn.Kind.TIME;
  }

  private static List<Object> cells(StatTable table, StatEntry entry, FlowCounters totals) {
    FlowCounters counters = entry.counters();
    CounterSide side = table.order().side();
    long packets = counters.packets(side);
    long bytes = counters.bytes(side);
    long duration = counters.durationMillis();
    return Arrays.asList(
        table.statistic().element().word(),
        table.order().name(),
        StatValue.plain(table.statistic().element().kind(), entry),
        table.statistic().split() == ProtocolSplit.APART ? entry.proto() : null,
        counters.flows(),
        percent(counters.flows(), totals.flows()),
        packets,
        percent(packets, totals.packets(CounterSide.BOTH)),
        bytes,
        percent(bytes, totals.bytes(CounterSide.BOTH)),
        FlowRates.packetsPerSecondOfSeconds(packets, duration),
        FlowRates.bitsPerSecondOfSeconds(bytes, duration),
        FlowRates.bytesPerPacket(bytes, packets),
        new Timestamp(counters.firstMillis()),
        new Timestamp(counters.lastMillis()),
        duration);
  }

  private static double percent(long part, long whole) {
    return whole == 0 ? 0 : Math.round(1000.0 * part / whole) / 10.0;
  }
}
