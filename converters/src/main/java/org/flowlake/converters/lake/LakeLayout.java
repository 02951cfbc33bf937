package org.flowlake.converters.lake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;
import org.flowlake.converters.flow.FlowType;
import org.flowlake.converters.rollup.RollupTable;

/**
 * How flows lie in the lake: table names, partitions, file properties. The only place that knows;
 * the order of flows within a file is {@link org.flowlake.converters.flow.LakeOrder}.
 */
final class LakeLayout {
  static final String FLOWS = "flows";
  static final String SOURCES = "sources";
  static final String REMOVED = "removed";
  static final List<String> TABLES = List.of(FLOWS, SOURCES, RollupTable.NAME, REMOVED);

  /**
   * Of every table: a file of metadata per commit is kept for a few commits only. Snapshots do not
   * rest on them, and an archive of five-minute files makes hundreds a day.
   */
  static final Map<String, String> METADATA_PROPERTIES =
      Map.of(
          TableProperties.FORMAT_VERSION,
          "2",
          TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED,
          "true",
          TableProperties.METADATA_PREVIOUS_VERSIONS_MAX,
          "10");

  /** Partition field: data lies under {@code flows/data/date=YYYY-MM-DD/}, days in UTC. */
  static final String PARTITION = "date";

  /** Files near this size where a day has that much. */
  static final long TARGET_FILE_BYTES = 256L << 20;

  /**
   * Iceberg's vectorised reader skips row groups only, not pages: small groups let a question about
   * one host skip nearly all of a sorted file. Measured, see docs/decisions.
   */
  static final long ROW_GROUP_BYTES = 4L << 20;

  /** Ports and hot hosts fit a small dictionary; what does not has differences. */
  private static final long DICTIONARY_BYTES = 64L << 10;

  private static final String DICTIONARY_OF =
      TableProperties.PARQUET_DICT_ENCODING_ENABLED_COLUMN_PREFIX;

  /** Level 3 is 0.5 % smaller and takes more time to write; compaction may spend it. */
  private static final int ZSTD_LEVEL = 1;

  private static final String METRICS_OF = TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX;

  private LakeLayout() {}

  static Schema schema(List<FlowField> fields) {
    return SparkSchemaUtil.convert(FlowSchema.of(fields));
  }

  /** The flow fields among the table's columns, in their order. */
  static List<FlowField> fields(Table table) {
    List<FlowField> fields = new ArrayList<>();
    table
        .schema()
        .columns()
        .forEach(column -> FlowSchema.field(column.name()).ifPresent(fields::add));
    return fields;
  }

  static PartitionSpec partitions(Schema schema) {
    return PartitionSpec.builderFor(schema).day(FlowField.FIRST_SEEN.column(), PARTITION).build();
  }

  static Map<String, String> properties(List<FlowField> fields) {
    Map<String, String> properties = new HashMap<>();
    properties.put(TableProperties.FORMAT_VERSION, "2");
    properties.put(TableProperties.PARQUET_COMPRESSION, "zstd");
    properties.put(TableProperties.PARQUET_COMPRESSION_LEVEL, Integer.toString(ZSTD_LEVEL));
    properties.put(TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, Long.toString(ROW_GROUP_BYTES));
    properties.put(TableProperties.WRITE_TARGET_FILE_SIZE_BYTES, Long.toString(TARGET_FILE_BYTES));
    // Delta encodings for what has no dictionary: 5 % smaller, and faster to write.
    properties.put(TableProperties.PARQUET_PAGE_VERSION, "v2");
    properties.put(TableProperties.PARQUET_DICT_SIZE_BYTES, Long.toString(DICTIONARY_BYTES));
    // For other writers: Spark must neither shuffle nor sort what it is given.
    properties.put(
        TableProperties.WRITE_DISTRIBUTION_MODE, TableProperties.WRITE_DISTRIBUTION_MODE_NONE);
    properties.put(TableProperties.DEFAULT_WRITE_METRICS_MODE, "counts");
    fields.forEach(field -> properties.putAll(properties(field)));
    return properties;
  }

  /** Adds the columns of these fields that the table does not have yet, in one commit. */
  static void addColumns(Table table, List<FlowField> fields) {
    List<FlowField> missing = new ArrayList<>();
    for (FlowField field : fields) {
      if (table.schema().findField(field.column()) == null) {
        missing.add(field);
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    Schema added = schema(missing);
    Transaction commit = table.newTransaction();
    UpdateSchema columns = commit.updateSchema();
    missing.forEach(
        field ->
            columns.addColumn(field.column(), added.findType(field.column()), field.description()));
    columns.commit();
    UpdateProperties properties = commit.updateProperties();
    missing.forEach(field -> properties(field).forEach(properties::set));
    properties.commit();
    commit.commitTransaction();
  }

  /** What is set for one column. Times are nearly all different: a dictionary is built in vain. */
  private static Map<String, String> properties(FlowField field) {
    Map<String, String> properties = new HashMap<>();
    properties.put(METRICS_OF + field.column(), metricsMode(field));
    if (field.type() == FlowType.TIMESTAMP) {
      properties.put(DICTIONARY_OF + field.column(), "false");
    }
    return properties;
  }

  /** Bounds by name: Iceberg would infer them for the first hundred columns only. */
  private static String metricsMode(FlowField field) {
    return field.type() == FlowType.TEXT || field.type() == FlowType.BYTES ? "counts" : "full";
  }
}
