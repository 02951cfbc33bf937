package org.flowlake.converters.lake;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowFieldGroup;
import org.flowlake.converters.io.UnreadableFileException;
import org.flowlake.converters.lake.ConversionListener.Step;
import org.flowlake.converters.rollup.Rollup;
import org.flowlake.converters.rollup.RollupCommit;
import org.flowlake.converters.rollup.RollupTable;
import org.flowlake.converters.source.FlowFileEntry;
import org.flowlake.converters.source.FlowFileListing;
import org.flowlake.converters.source.SourceFile;

/**
 * Raw files into the lake, batch by batch: inspect every file of a batch in one pass, refuse or
 * leave out what is not as it should be, then announce the batch in the ledger, commit its flows,
 * and record it in the ledger. A run that died in between is brought to its end by the next, see
 * {@link BatchRecovery}.
 *
 * <p>A file is known by the hash of its content, so converting it again, under whatever name, adds
 * nothing. One that changed under its name is replaced, in one commit. On a local disk a run waits
 * while another one writes, see {@link LakeLock}.
 */
public final class LakeConversion {
  private final SparkSession spark;
  private final ConversionRequest request;
  private final ConversionListener listener;
  private final ConversionTally tally = new ConversionTally();

  /** Hashes of all files that this run has inspected. */
  private final Set<String> present = new HashSet<>();

  public LakeConversion(SparkSession spark, ConversionRequest request) {
    this(spark, request, ConversionListener.NONE);
  }

  /** A conversion that says what it does. To be run once. */
  public LakeConversion(
      SparkSession spark, ConversionRequest request, ConversionListener listener) {
    this.spark = spark;
    this.request = request;
    this.listener = listener;
  }

  /**
   * Runs it to the end.
   *
   * @throws UnreadableSourcesException if files cannot be read; nothing of their batch is written
   * @throws LakeStorageException if the lake's place is full or may not be written
   * @throws RefusedSourcesException if files are damaged, foreign, or differ from their own
   *     statistics record and the request does not accept that; nothing of their batch is written
   *     then, batches before it are in the lake
   */
  public ConversionSummary run() throws IOException {
    return LakeStorageException.explaining(request.lake(), this::convertAll);
  }

  private ConversionSummary convertAll() throws IOException {
    List<FlowFileEntry> listed =
        FlowFileListing.list(request.inputs(), spark.sparkContext().hadoopConfiguration());
    NewFiles files =
        NewFiles.of(listed, repaired().byPath(), request.scope(), System.currentTimeMillis());
    tally.addKnown(files.known());
    tally.addLeft(files.left());
    long filesDone = 0;
    long bytesDone = 0;
    for (List<FlowFileEntry> batch : files.batches()) {
      if (filesDone > 0 && listener.stopRequested()) {
        break;
      }
      convert(batch);
      filesDone += batch.size();
      bytesDone += NewFiles.bytes(batch);
      listener.batchDone(
          new ConversionListener.Progress(
              filesDone, files.files(), bytesDone, files.bytes(), tally.seconds()));
    }
    tally.addLeft(files.files() - filesDone);
    return tally.summary();
  }

  /** The ledger after what a dead run left was put right; empty where there is no lake yet. */
  private SourceLedger.State repaired() throws IOException {
    if (!FlowLake.exists(spark, request.lake())) {
      return SourceLedger.State.EMPTY;
    }
    try (LakeLock.Release held = lock()) {
      FlowLake lake = FlowLake.openOrCreate(spark, request.lake());
      SourceLedger ledger = new SourceLedger(lake);
      BatchRecovery.repair(lake, ledger);
      return ledger.read();
    }
  }

  private void convert(List<FlowFileEntry> files) throws IOException {
    List<InspectedSource> inspected =
        new SourceInspection(spark, request.damage(), request.mismatch(), request.anonymization())
            .inspect(files, tally.notes());
    inspected.forEach(source -> present.add(source.sha256()));
    try (LakeLock.Release held = lock()) {
      FlowLake lake = FlowLake.openOrCreate(spark, request.lake());
      AnonymizedLake.agree(lake, request.anonymization());
      SourceLedger ledger = new SourceLedger(lake);
      BatchRecovery.repair(lake, ledger);
      SourceLedger.State recorded = ledger.read();
      List<InspectedSource> fresh = withoutKnown(inspected, recorded.contents());
      Set<Integer> replaced = replaced(inspected, recorded);
      tally.addKnown(inspected.size() - fresh.size());
      if (!fresh.isEmpty() || !replaced.isEmpty()) {
        long flows = fresh.stream().mapToLong(InspectedSource::flows).sum();
        PendingBatch batch =
            new PendingBatch(UUID.randomUUID().toString(), recorded.nextId(), flows, replaced);
        tally.addBatch(fresh, replaced.size(), write(lake, ledger, batch, fresh));
      }
    }
  }

  private LakeLock.Release lock() throws IOException {
    return LakeLock.take(spark, request.lake(), listener::waiting);
  }

  /** New contents only, in order of time, so that a task's flows are of few days. */
  private static List<InspectedSource> withoutKnown(
      List<InspectedSource> inspected, Set<String> known) {
    Set<String> seen = new HashSet<>(known);
    List<InspectedSource> fresh = new ArrayList<>();
    for (InspectedSource source : inspected) {
      if (seen.add(source.sha256())) {
        fresh.add(source);
      }
    }
    fresh.sort(Comparator.comparingLong(source -> source.decoded().firstSeenMillis()));
    return fresh;
  }

  /**
   * The sources whose path now has another content. Where the content of before lives on under
   * another name, the file was renamed and its flows stay.
   */
  private Set<Integer> replaced(List<InspectedSource> inspected, SourceLedger.State recorded) {
    Set<Integer> replaced = new TreeSet<>();
    for (InspectedSource source : inspected) {
      SourceLedger.Known before = recorded.byPath().get(source.file().path());
      if (before != null && !present.contains(before.sha256())) {
        replaced.add(before.sourceId());
      }
    }
    return replaced;
  }

  /** Writes and commits a batch; the data files of its new flows. */
  private List<DataFile> write(
      FlowLake lake, SourceLedger ledger, PendingBatch batch, List<InspectedSource> sources)
      throws IOException {
    Set<FlowFieldGroup> groups = EnumSet.of(FlowFieldGroup.CORE);
    sources.forEach(source -> groups.addAll(source.groups()));
    LakeLayout.addColumns(lake.flowsIceberg(), FlowField.ofGroups(groups));

    List<SourceFile> files = new ArrayList<>();
    for (InspectedSource source : sources) {
      files.add(source.toConvert(batch.firstId() + files.size()));
    }
    Table table = lake.flowsIceberg();
    // Sums cannot be taken out of sums: flows that are replaced leave the rollups behind.
    RollupCommit rollups =
        batch.replaced().isEmpty()
            ? RollupCommit.begin(lake.rollupsIceberg(), table)
            : RollupCommit.none(lake.rollupsIceberg());
    LakeWriter writer =
        new LakeWriter(
            spark,
            table,
            lake.rollupsIceberg(),
            rollups.kept(),
            request.damage(),
            request.format());
    WrittenFiles written = files.isEmpty() ? WrittenFiles.NONE : written(writer, files);
    List<DataFile> outdated = filesWith(lake, table, batch.replaced());
    List<DataFile> copies = writer.copyWithout(outdated, batch.replaced());

    // Before the flows: sums of flows that never come are not used, and taken back by the next run.
    noteRollups(rollups, rollups.commit(written.rollups(), batch.flows(), batch.id()));
    ledger.announce(batch, sources);
    listener.reached(Step.ANNOUNCED);
    if (outdated.isEmpty()) {
      AppendFiles append = table.newAppend().set(RollupTable.BATCH, batch.id());
      written.flows().forEach(append::appendFile);
      append.commit();
    } else {
      OverwriteFiles overwrite = table.newOverwrite().set(RollupTable.BATCH, batch.id());
      outdated.forEach(overwrite::deleteFile);
      copies.forEach(overwrite::addFile);
      written.flows().forEach(overwrite::addFile);
      overwrite.commit();
    }
    listener.reached(Step.FLOWS_COMMITTED);
    ledger.record(batch);
    listener.reached(Step.RECORDED);
    return written.flows();
  }

  private void noteRollups(RollupCommit rollups, Set<Rollup> dropped) {
    if (rollups.kept().isEmpty()) {
      tally
          .notes()
          .add(
              "the rollups do not stand for the flows of this lake any more and are not used;"
                  + " flowlake rollup --rebuild --lake "
                  + request.lake()
                  + " makes them anew");
    }
    for (Rollup rollup : dropped) {
      tally
          .notes()
          .add(
              "no rollup "
                  + rollup.word()
                  + ": it would have more than a fifth as many rows as there are flows");
    }
  }

  private static WrittenFiles written(LakeWriter writer, List<SourceFile> files)
      throws IOException {
    try {
      return writer.write(files);
    } catch (Exception e) { // Spark throws checked ones that it does not declare
      // It was there when it was inspected: the task that read it again says what happened.
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof UnreadableFileException) {
          throw new UnreadableSourcesException(List.of(cause.getMessage()));
        }
      }
      throw e;
    }
  }

  /** The data files that hold flows of these sources; each holds flows of others too. */
  private static List<DataFile> filesWith(FlowLake lake, Table table, Set<Integer> sourceIds)
      throws IOException {
    List<DataFile> files = new ArrayList<>();
    if (sourceIds.isEmpty()) {
      return files;
    }
    Set<String> names =
        new HashSet<>(
            lake.flows()
                .filter(col("source_id").isInCollection(sourceIds))
                .select("_file")
                .distinct()
                .as(Encoders.STRING())
                .collectAsList());
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().filter(Expressions.in("source_id", sourceIds)).planFiles()) {
      for (FileScanTask task : tasks) {
        if (names.contains(task.file().location())) {
          files.add(task.file().copy());
        }
      }
    }
    return files;
  }
}
