package org.flowlake.jobs.result;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.flowlake.jobs.derive.GeoFiles;
import org.flowlake.jobs.question.CounterSide;
import org.flowlake.jobs.question.FlowCounters;
import org.flowlake.jobs.report.StatValue;
import org.flowlake.jobs.rows.AnswerTable;
import org.flowlake.jobs.rows.ExtraColumn;
import org.flowlake.jobs.stat.ElementKind;
import org.flowlake.jobs.stat.StatAnswer;
import org.flowlake.jobs.stat.StatEntry;
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

  /**
   * The entries of all tables of an answer, however many they are; closed with the answer.
   *
   * @param answer of which no table has been read
   */
  public static AnswerTable of(StatAnswer answer, SparkSession spark) {
    List<ExtraColumn> extras = extras(answer);
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
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    JavaRDD<Row> rows = context.emptyRDD();
    for (StatTable table : answer.tables()) {
      rows =
          rows.union(table.distributed(context).map(EntryCells.of(table, extras, answer.totals())));
    }
    return new AnswerTable(spark.createDataFrame(rows, schema), answer::close);
  }

  /** Those of all tables: only the bin is a time, and every table has it or none. */
  private static List<ExtraColumn> extras(StatAnswer answer) {
    Set<ExtraColumn> extras = new LinkedHashSet<>();
    answer.tables().forEach(table -> extras.addAll(table.extras()));
    return List.copyOf(extras);
  }

  private static boolean leads(ExtraColumn extra) {
    return extra.kind() == ExtraColumn.Kind.TIME;
  }

  /**
   * Makes the row of an entry.
   *
   * @param leading where the columns before the others lie among the entry's extras
   * @param trailing the same of those behind them; -1 for one that this table lacks
   */
  private record EntryCells(
      String statistic,
      String order,
      ElementKind kind,
      ProtocolSplit split,
      CounterSide side,
      FlowCounters totals,
      GeoFiles geo,
      List<Integer> leading,
      List<Integer> trailing)
      implements Function<StatEntry, Row> {
    static EntryCells of(StatTable table, List<ExtraColumn> extras, FlowCounters totals) {
      return new EntryCells(
          table.statistic().element().word(),
          table.order().name(),
          table.statistic().element().kind(),
          table.statistic().split(),
          table.order().side(),
          totals,
          GeoFiles.ofEnvironment(),
          places(table, extras.stream().filter(StatResultTable::leads).toList()),
          places(table, extras.stream().filter(extra -> !leads(extra)).toList()));
    }

    private static List<Integer> places(StatTable table, List<ExtraColumn> extras) {
      return List.copyOf(extras.stream().map(table.extras()::indexOf).toList());
    }

    @Override
    public Row call(StatEntry entry) {
      List<Object> cells = new ArrayList<>();
      for (int place : leading) {
        cells.add(new Timestamp(Math.floorDiv(entry.extras().get(place), MICROS_PER_MILLI)));
      }
      cells.addAll(cells(entry));
      for (int place : trailing) {
        cells.add(place < 0 ? null : entry.extras().get(place));
      }
      return RowFactory.create(cells.toArray());
    }

    private List<Object> cells(StatEntry entry) {
      FlowCounters counters = entry.counters();
      long packets = counters.packets(side);
      long bytes = counters.bytes(side);
      long duration = counters.durationMillis();
      return Arrays.asList(
          statistic,
          order,
          StatValue.plain(kind, entry, geo),
          split == ProtocolSplit.APART ? entry.proto() : null,
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
  }

  private static double percent(long part, long whole) {
    return whole == 0 ? 0 : Math.round(1000.0 * part / whole) / 10.0;
  }
}
