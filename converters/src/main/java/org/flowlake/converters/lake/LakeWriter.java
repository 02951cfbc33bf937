package org.flowlake.converters.lake;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.rollup.Rollup;
import org.flowlake.converters.source.FlowFormat;
import org.flowlake.converters.source.FlowTaskPlanner;
import org.flowlake.converters.source.SourceFile;

/** Writes raw files as data files of the lake, on the executors; it commits nothing. */
final class LakeWriter {
  private final SparkSession spark;
  private final Table table;
  private final Table rollupTable;
  private final Set<Rollup> rollups;
  private final DamagePolicy damage;
  private final FlowFormat format;

  /** A writer of flows, and of these rollups of them. */
  LakeWriter(
      SparkSession spark,
      Table table,
      Table rollupTable,
      Set<Rollup> rollups,
      DamagePolicy damage,
      FlowFormat format) {
    this.spark = spark;
    this.table = table;
    this.rollupTable = rollupTable;
    this.rollups = rollups;
    this.damage = damage;
    this.format = format;
  }

  /** Copies of these data files without the flows of these sources; none where no flow is left. */
  List<DataFile> copyWithout(List<DataFile> files, Set<Integer> sourceIds) {
    if (files.isEmpty()) {
      return List.of();
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<Table> sent = context.broadcast(SerializableTable.copyOf(table));
    Set<Integer> without = new HashSet<>(sourceIds);
    List<DataFile> copies = new ArrayList<>();
    context
        .parallelize(files, files.size())
        .flatMap(file -> DataFileCopy.without(sent.value(), file, without).stream().iterator())
        .collect()
        .forEach(copies::add);
    sent.destroy();
    return copies;
  }

  /** The new data files of all flows of these files. */
  WrittenFiles write(List<SourceFile> sources) {
    return write(sources, null);
  }

  /** The new data files of the flows of these files that were first seen on this day. */
  WrittenFiles writeDay(List<SourceFile> sources, LocalDate day) {
    return write(sources, day);
  }

  private WrittenFiles write(List<SourceFile> sources, LocalDate onlyDay) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<FlowField> fields = LakeLayout.fields(table);
    List<List<SourceFile>> tasks =
        FlowTaskPlanner.byFlows(
            sources,
            SortMemory.flowsPerTask(spark, fields),
            spark.sparkContext().defaultParallelism());
    Broadcast<Table> sent = context.broadcast(SerializableTable.copyOf(table));
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    DamagePolicy policy = damage;
    FlowFormat opened = format;
    Broadcast<Table> sentRollups = context.broadcast(SerializableTable.copyOf(rollupTable));
    Set<Rollup> kept = EnumSet.noneOf(Rollup.class);
    kept.addAll(rollups);
    WrittenFiles files =
        context
            .parallelize(tasks, tasks.size())
            .map(
                task ->
                    new LakeWriteTask(
                            sent.value(),
                            sentRollups.value(),
                            kept,
                            fields,
                            opened,
                            policy,
                            hadoop.value(),
                            onlyDay)
                        .write(task))
            .collect()
            .stream()
            .reduce(WrittenFiles.NONE, WrittenFiles::plus);
    sent.destroy();
    WrittenFiles merged =
        new WrittenFiles(files.flows(), RollupMerging.of(context, sentRollups, files.rollups()));
    sentRollups.destroy();
    return merged;
  }
}
