package org.flowlake.converters.lake;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.flowlake.converters.source.FlowFileEntry;

/**
 * The table {@code sources}: one row per converted raw file, with the proof that nothing was lost.
 */
final class SourceLedger {
  static final String SOURCE_ID = "source_id";

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

  private static final StructType SAMPLER =
      new StructType()
          .add("sysid", DataTypes.IntegerType)
          .add("id", DataTypes.LongType)
          .add("algorithm", DataTypes.IntegerType)
          .add("packet_interval", DataTypes.LongType)
          .add("space_interval", DataTypes.LongType);

  private static final StructType NAME =
      new StructType()
          .add("kind", DataTypes.StringType)
          .add("id", DataTypes.StringType)
          .add("name", DataTypes.StringType);

  static final StructType SCHEMA =
      new StructType()
          .add(SOURCE_ID, DataTypes.IntegerType)
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
          .add("converted", DataTypes.TimestampType)
          .add("samplers", DataTypes.createArrayType(SAMPLER))
          .add("names", DataTypes.createArrayType(NAME));

  private static final String LAST_ID = "flowlake.last-source-id";

  private final FlowLake lake;

  SourceLedger(FlowLake lake) {
    this.lake = lake;
  }

  /** Adds what the ledger of a lake of an older version lacks, also within its structures. */
  static void addColumns(Table table) {
    UpdateSchema update = table.updateSchema().unionByNameWith(SparkSchemaUtil.convert(SCHEMA));
    if (!update.apply().sameSchema(table.schema())) {
      update.commit();
    }
  }

  /** What tells a converted file without opening it. */
  record Known(int sourceId, long bytes, long modifiedMillis, String sha256) {
    boolean looksLike(FlowFileEntry file) {
      return bytes == file.bytes() && modifiedMillis == file.modifiedMillis();
    }
  }

  /**
   * What the ledger says, read once.
   *
   * @param byPath the newest row of each path
   * @param contents hashes of all files that the lake holds
   * @param nextId the id for the next new source; no source has ever had it
   */
  record State(Map<String, Known> byPath, Set<String> contents, int nextId) {
    static final State EMPTY = new State(Map.of(), Set.of(), 1);
  }

  State read() {
    Map<String, Known> byPath = new HashMap<>();
    Set<String> contents = new HashSet<>();
    int lastId = Integer.parseInt(lake.sourcesIceberg().properties().getOrDefault(LAST_ID, "0"));
    for (Row row :
        lake.sources()
            .select("source_id", "path", "bytes", "modified", "sha256")
            .orderBy("source_id")
            .collectAsList()) {
      lastId = Math.max(lastId, row.getInt(0));
      contents.add(row.getString(4));
      byPath.put(
          row.getString(1),
          new Known(
              row.getInt(0), row.getLong(2), row.getTimestamp(3).getTime(), row.getString(4)));
    }
    return new State(byPath, contents, lastId + 1);
  }

  /** The batch that a run has announced and not brought to its end. */
  Optional<PendingBatch> pending() {
    return PendingBatch.of(lake.sourcesIceberg());
  }

  /** Writes the rows of a batch, not to be counted before it is {@link #record}ed; one commit. */
  void announce(PendingBatch batch, List<InspectedSource> sources) throws IOException {
    Table table = lake.sourcesIceberg();
    LedgerRow row = new LedgerRow(table.schema());
    Instant now = Instant.now();
    List<Record> rows = new ArrayList<>();
    for (InspectedSource source : sources) {
      rows.add(row.of(source, batch.firstId() + rows.size(), batch.id(), now));
    }
    Transaction commit = table.newTransaction();
    if (!rows.isEmpty()) {
      commit.newAppend().appendFile(LedgerFiles.write(table, rows)).commit();
    }
    UpdateProperties properties = commit.updateProperties();
    batch.announceIn(properties);
    properties.set(LAST_ID, Integer.toString(batch.firstId() + rows.size() - 1)).commit();
    commit.commitTransaction();
  }

  /** Makes the rows of a batch count, and drops those that it replaced; one commit. */
  void record(PendingBatch batch) throws IOException {
    settle(
        batch.replaced().isEmpty()
            ? Expressions.alwaysFalse()
            : Expressions.in(SOURCE_ID, batch.replaced()),
        row -> batch.replaced().contains((Integer) row.getField(SOURCE_ID)));
  }

  /** Takes the rows of a batch back; one commit. */
  void withdraw(PendingBatch batch) throws IOException {
    settle(
        Expressions.greaterThanOrEqual(SOURCE_ID, batch.firstId()),
        row -> batch.id().equals(row.getField("batch_id")));
  }

  private void settle(Expression filesWith, Predicate<Record> dropped) throws IOException {
    Table table = lake.sourcesIceberg();
    Transaction commit = table.newTransaction();
    List<DataFile> before = new ArrayList<>();
    List<DataFile> after = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().filter(filesWith).planFiles()) {
      for (FileScanTask task : tasks) {
        List<Record> rows = LedgerFiles.read(table, task.file());
        List<Record> kept = rows.stream().filter(dropped.negate()).toList();
        if (kept.size() < rows.size()) {
          before.add(task.file().copy());
          if (!kept.isEmpty()) {
            after.add(LedgerFiles.write(table, kept));
          }
        }
      }
    }
    if (!before.isEmpty()) {
      OverwriteFiles files = commit.newOverwrite();
      before.forEach(files::deleteFile);
      after.forEach(files::addFile);
      files.commit();
    }
    UpdateProperties properties = commit.updateProperties();
    PendingBatch.clear(properties);
    properties.commit();
    commit.commitTransaction();
  }
}
