package org.flowlake.converters.lake;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.flowlake.converters.flow.FlowStatistics;

/**
 * The table {@code sources}: one row per converted raw file, with the proof that nothing was lost.
 */
final class SourceLedger {
  private static final StructType TOTALS =
      new StructType()
          .add("flows", DataTypes.LongType)
          .add("packets", DataTypes.LongType)
          .add("bytes", DataTypes.LongType);

  private static final StructType STATISTICS =
      new StructType()
          .add("all", TOTALS)
          .add("tcp", TOTALS)
          .add("udp", TOTALS)
          .add("icmp", TOTALS)
          .add("other", TOTALS)
          .add("first_seen_millis", DataTypes.LongType)
          .add("last_seen_millis", DataTypes.LongType);

  private static final StructType EXPORTER =
      new StructType()
          .add("sysid", DataTypes.IntegerType)
          .add("version", DataTypes.LongType)
          .add("address", DataTypes.StringType)
          .add("id", DataTypes.LongType)
          .add("sequence_failures", DataTypes.LongType)
          .add("packets", DataTypes.LongType)
          .add("flows", DataTypes.LongType);

  static final StructType SCHEMA =
      new StructType()
          .add("source_id", DataTypes.IntegerType)
          .add("path", DataTypes.StringType)
          .add("bytes", DataTypes.LongType)
          .add("modified", DataTypes.TimestampType)
          .add("sha256", DataTypes.StringType)
          .add("format", DataTypes.StringType)
          .add("layout", DataTypes.IntegerType)
          .add("compression", DataTypes.StringType)
          .add("ident", DataTypes.StringType)
          .add("exporters", DataTypes.createArrayType(EXPORTER))
          .add("sequence_failures", DataTypes.LongType)
          .add("stated", STATISTICS)
          .add("decoded", STATISTICS)
          .add("differences", DataTypes.createArrayType(DataTypes.StringType))
          .add("skipped", DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType))
          .add("batch_id", DataTypes.StringType)
          .add("snapshot_id", DataTypes.LongType)
          .add("converted", DataTypes.TimestampType);

  private final SparkSession spark;
  private final FlowLake lake;

  /** Adds what the ledger of a lake of an older version lacks, also within its structures. */
  static void addColumns(Table table) {
    UpdateSchema update = table.updateSchema().unionByNameWith(SparkSchemaUtil.convert(SCHEMA));
    if (!update.apply().sameSchema(table.schema())) {
      update.commit();
    }
  }

  SourceLedger(SparkSession spark, FlowLake lake) {
    this.spark = spark;
    this.lake = lake;
  }

  /**
   * What the ledger says, read once.
   *
   * @param contents hashes of all files that the lake holds
   * @param batches the batches that the ledger has rows of
   * @param nextId the id for the next new source
   */
  record State(Set<String> contents, Set<String> batches, int nextId) {}

  State read() {
    Set<String> contents = new HashSet<>();
    Set<String> batches = new HashSet<>();
    int lastId = 0;
    for (Row row : lake.sources().select("source_id", "sha256", "batch_id").collectAsList()) {
      lastId = Math.max(lastId, row.getInt(0));
      contents.add(row.getString(1));
      batches.add(row.getString(2));
    }
    return new State(contents, batches, lastId + 1);
  }

  /**
   * Records one batch in one commit.
   *
   * @param firstId the id of the first of these sources; the others follow
   */
  void append(List<InspectedSource> sources, int firstId, String batchId, long snapshotId)
      throws org.apache.spark.sql.catalyst.analysis.NoSuchTableException {
    Timestamp now = new Timestamp(System.currentTimeMillis());
    List<Row> rows = new ArrayList<>();
    for (InspectedSource source : sources) {
      rows.add(row(source, firstId + rows.size(), batchId, snapshotId, now));
    }
    spark.createDataFrame(rows, SCHEMA).coalesce(1).writeTo(lake.sourcesTable()).append();
  }

  private static Row row(
      InspectedSource source, int id, String batchId, long snapshotId, Timestamp now) {
    List<Row> exporters =
        source.exporters().stream()
            .map(
                exporter ->
                    RowFactory.create(
                        exporter.sysid(),
                        exporter.version(),
                        exporter.address(),
                        exporter.id(),
                        exporter.sequenceFailures(),
                        exporter.packets(),
                        exporter.flows()))
            .toList();
    return RowFactory.create(
        id,
        source.file().path(),
        source.file().bytes(),
        new Timestamp(source.file().modifiedMillis()),
        source.sha256(),
        source.format(),
        source.layout(),
        source.compression(),
        source.ident(),
        exporters.toArray(),
        source.stated().sequenceFailures(),
        row(source.stated()),
        row(source.decoded()),
        source.differences().toArray(),
        source.skipped(),
        batchId,
        snapshotId,
        now);
  }

  private static Row row(FlowStatistics statistics) {
    return RowFactory.create(
        row(statistics.all()),
        row(statistics.tcp()),
        row(statistics.udp()),
        row(statistics.icmp()),
        row(statistics.other()),
        statistics.firstSeenMillis(),
        statistics.lastSeenMillis());
  }

  private static Row row(FlowStatistics.Totals totals) {
    return RowFactory.create(totals.flows(), totals.packets(), totals.bytes());
  }
}
