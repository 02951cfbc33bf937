package org.flowlake.converters.rollup;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_micros;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;

/**
 * How rollups lie in the lake: one table for all of them, partitioned by rollup and by the first
 * day of the period, so that a batch adds to all in one commit.
 *
 * <p>Rows are additive: a batch adds rows of its own, and readers sum. Flows that begin exactly at
 * the start of a period have rows of their own, and so have flows that end in different periods: a
 * time window is strict at both ends, and its whole periods can then be told by {@code first_seen}
 * and {@code last_seen} of the rows.
 */
public final class RollupTable {
  public static final String NAME = "rollups";

  /** Rollup and period, such as {@code dst_host_day}. */
  public static final String ROLLUP = "rollup";

  /** First day of the period; null for flows without time. */
  public static final String DATE = "date";

  /** How many flow records a row stands for. */
  public static final String RECORDS = "records";

  /**
   * In a snapshot's summary: of flows, the batch that left them behind; of rollups, the name of the
   * flows that they stand for, see {@link RollupSnapshot#flowsName}.
   */
  public static final String BATCH = "flowlake.batch-id";

  /** In a snapshot's summary: the rollups that are complete, by name, with commas. */
  static final String COMPLETE = "flowlake.rollups";

  /**
   * Earliest first seen, in milliseconds since 1970-01-01 UTC, and beside it what is left in
   * microseconds, null for nothing. Times make half of the bytes, and exporters know milliseconds:
   * kept as microseconds they would take a third more.
   */
  public static final String FIRST_MILLIS = "first_millis";

  public static final String FIRST_MICROS = "first_micros";

  /** Latest last seen, in the same form. */
  public static final String LAST_MILLIS = "last_millis";

  public static final String LAST_MICROS = "last_micros";

  /** The flow fields that a row holds beside its keys and times; all but the flags are sums. */
  public static final List<FlowField> VALUES =
      List.of(
          FlowField.TCP_FLAGS,
          FlowField.FLOWS,
          FlowField.IN_PACKETS,
          FlowField.IN_BYTES,
          FlowField.OUT_PACKETS,
          FlowField.OUT_BYTES);

  static final long MICROS_PER_MILLI = 1000;

  /** One host's rows lie in one or two row groups, and a reader skips the others. */
  private static final long ROW_GROUP_BYTES = 3L << 20;

  /** Columns whose values differ from row to row: a dictionary would be built in vain. */
  private static final List<String> DIFFERENT =
      List.of(
          FIRST_MILLIS,
          LAST_MILLIS,
          FlowField.IN_BYTES.column(),
          FlowField.OUT_BYTES.column(),
          FlowField.SRC_ADDR.column(),
          FlowField.DST_ADDR.column());

  private RollupTable() {}

  /** All columns: of the table, and of the flows that rollups have keys or sums of. */
  public static Schema schema() {
    StructType schema =
        new StructType()
            .add(ROLLUP, DataTypes.StringType)
            .add(DATE, DataTypes.DateType)
            .add(RECORDS, DataTypes.LongType)
            .add(FIRST_MILLIS, DataTypes.LongType)
            .add(FIRST_MICROS, DataTypes.IntegerType)
            .add(LAST_MILLIS, DataTypes.LongType)
            .add(LAST_MICROS, DataTypes.IntegerType);
    Set<FlowField> fields = EnumSet.copyOf(VALUES);
    for (Rollup rollup : Rollup.values()) {
      fields.addAll(rollup.keys());
    }
    return SparkSchemaUtil.convert(merged(schema, FlowSchema.of(List.copyOf(fields))));
  }

  private static StructType merged(StructType first, StructType second) {
    StructType all = first;
    for (var field : second.fields()) {
      all = all.add(field);
    }
    return all;
  }

  /** The columns that the files of a rollup have; the partition's are in its path. */
  static Schema schemaOf(Schema all, Rollup rollup) {
    Set<String> names = new HashSet<>();
    names.addAll(List.of(RECORDS, FIRST_MILLIS, FIRST_MICROS, LAST_MILLIS, LAST_MICROS));
    VALUES.forEach(field -> names.add(field.column()));
    rollup.keys().forEach(field -> names.add(field.column()));
    return all.select(names);
  }

  /**
   * The rows of some rollups in the shape of flows, with {@link #RECORDS} beside: times, and the
   * number of flows, which is stored only where it differs from that of the records.
   */
  public static Dataset<Row> asFlows(Dataset<Row> stored) {
    return stored
        .withColumn(FlowField.FLOWS.column(), coalesce(col(FlowField.FLOWS.column()), col(RECORDS)))
        .withColumn(FlowField.FIRST_SEEN.column(), time(FIRST_MILLIS, FIRST_MICROS))
        .withColumn(FlowField.LAST_SEEN.column(), time(LAST_MILLIS, LAST_MICROS))
        .drop(FIRST_MILLIS, FIRST_MICROS, LAST_MILLIS, LAST_MICROS);
  }

  private static Column time(String millis, String micros) {
    return timestamp_micros(
        col(millis).multiply(MICROS_PER_MILLI).plus(coalesce(col(micros), lit(0))));
  }

  /** By rollup and first day of the period. */
  public static PartitionSpec partitions(Schema schema) {
    return PartitionSpec.builderFor(schema).identity(ROLLUP).identity(DATE).build();
  }

  /** The settings of the table in Iceberg. */
  public static Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>();
    properties.put(TableProperties.FORMAT_VERSION, "2");
    properties.put(TableProperties.PARQUET_COMPRESSION, "zstd");
    properties.put(TableProperties.PARQUET_COMPRESSION_LEVEL, "1");
    properties.put(TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, Long.toString(ROW_GROUP_BYTES));
    properties.put(TableProperties.PARQUET_PAGE_VERSION, "v2");
    properties.put(TableProperties.PARQUET_DICT_SIZE_BYTES, Long.toString(64L << 10));
    properties.put(
        TableProperties.WRITE_DISTRIBUTION_MODE, TableProperties.WRITE_DISTRIBUTION_MODE_NONE);
    for (String column : DIFFERENT) {
      properties.put(TableProperties.PARQUET_DICT_ENCODING_ENABLED_COLUMN_PREFIX + column, "false");
    }
    properties.put(TableProperties.DEFAULT_WRITE_METRICS_MODE, "full");
    return properties;
  }

  /** The value of {@link #ROLLUP}. */
  public static String name(Rollup rollup, RollupPeriod period) {
    return rollup.word() + "_" + period.word();
  }

  static Rollup rollup(DataFile file) {
    String name = file.partition().get(0, String.class);
    return Rollup.valueOf(name.substring(0, name.lastIndexOf('_')).toUpperCase(Locale.ROOT));
  }

  static RollupPeriod period(DataFile file) {
    String name = file.partition().get(0, String.class);
    return RollupPeriod.valueOf(name.substring(name.lastIndexOf('_') + 1).toUpperCase(Locale.ROOT));
  }

  /** First day of the period that the file is of, days since 1970-01-01; null for no time. */
  static Integer date(DataFile file) {
    return file.partition().get(1, Integer.class);
  }

  static String text(Set<Rollup> rollups) {
    return rollups.stream().map(Rollup::word).collect(Collectors.joining(","));
  }

  static Set<Rollup> parse(String text) {
    Set<Rollup> rollups = EnumSet.noneOf(Rollup.class);
    List<String> words = Arrays.asList(text.split(","));
    for (Rollup rollup : Rollup.values()) {
      if (words.contains(rollup.word())) {
        rollups.add(rollup);
      }
    }
    return rollups;
  }
}
