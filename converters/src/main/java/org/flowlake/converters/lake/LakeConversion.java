package org.flowlake.converters.lake;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowFieldGroup;
import org.flowlake.converters.source.FlowFileEntry;
import org.flowlake.converters.source.FlowFileListing;
import org.flowlake.converters.source.SourceFile;

/**
 * Raw files into the lake: inspect every file in one pass, refuse or leave out what is not as it
 * should be, then write all new flows in one commit and the ledger's rows in a second.
 *
 * <p>A file is known by the hash of its content, so converting it again, under whatever name, adds
 * nothing. A run that died between its two commits is undone by the next. On a local disk a run
 * waits while another one writes, see {@link LakeLock}.
 */
public final class LakeConversion {
  private final SparkSession spark;
  private final ConversionRequest request;
  private final Runnable waiting;

  public LakeConversion(SparkSession spark, ConversionRequest request) {
    this(spark, request, () -> {});
  }

  /**
   * A conversion that says when it has to wait.
   *
   * @param waiting run once if another writer is at work on the lake
   */
  public LakeConversion(SparkSession spark, ConversionRequest request, Runnable waiting) {
    this.spark = spark;
    this.request = request;
    this.waiting = waiting;
  }

  /**
   * Runs it to the end.
   *
   * @throws RefusedSourcesException if files are damaged, foreign, or differ from their own
   *     statistics record and the request does not accept that; nothing is written then
   */
  public ConversionSummary run() throws IOException {
    long start = System.nanoTime();
    List<FlowFileEntry> files =
        FlowFileListing.list(request.inputs(), spark.sparkContext().hadoopConfiguration());
    List<String> notes = new ArrayList<>();
    List<InspectedSource> inspected = new SourceInspection(spark, request).inspect(files, notes);
    List<InspectedSource> fresh;
    SortedMap<String, ConversionSummary.Day> days;
    try (LakeLock.Release held =
        LakeLock.take(request.lake(), spark.sparkContext().hadoopConfiguration(), waiting)) {
      FlowLake lake = FlowLake.openOrCreate(spark, request.lake());
      SourceLedger ledger = new SourceLedger(spark, lake);
      SourceLedger.State recorded = ledger.read();
      UnfinishedBatch.takeBack(lake, recorded.batches());
      fresh = withoutKnown(inspected, recorded.contents());
      days = fresh.isEmpty() ? new TreeMap<>() : write(lake, ledger, recorded.nextId(), fresh);
    }

    Map<String, Long> skipped = new TreeMap<>();
    fresh.forEach(
        source ->
            source.skipped().forEach((reason, count) -> skipped.merge(reason, count, Long::sum)));
    return new ConversionSummary(
        fresh.size(),
        inspected.size() - fresh.size(),
        fresh.stream().mapToLong(InspectedSource::flows).sum(),
        fresh.stream().mapToLong(source -> source.file().bytes()).sum(),
        days,
        skipped,
        notes,
        (System.nanoTime() - start) / 1e9);
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

  private SortedMap<String, ConversionSummary.Day> write(
      FlowLake lake, SourceLedger ledger, int firstId, List<InspectedSource> sources)
      throws IOException {
    Set<FlowFieldGroup> groups = EnumSet.of(FlowFieldGroup.CORE);
    sources.forEach(source -> groups.addAll(source.groups()));
    LakeLayout.addColumns(lake.flowsIceberg(), FlowField.ofGroups(groups));

    List<SourceFile> files = new ArrayList<>();
    for (InspectedSource source : sources) {
      files.add(new SourceFile(firstId + files.size(), source.flows(), source.file()));
    }
    Table table = lake.flowsIceberg();
    List<DataFile> written = new LakeWriter(spark, table, request.damage()).write(files);

    String batchId = UUID.randomUUID().toString();
    AppendFiles append = table.newAppend().set(UnfinishedBatch.BATCH_ID, batchId);
    written.forEach(append::appendFile);
    append.commit();
    try {
      ledger.append(sources, firstId, batchId, snapshotOf(table, batchId).snapshotId());
    } catch (NoSuchTableException e) {
      throw new IOException(lake.location() + ": the lake vanished during the conversion", e);
    }
    return addedDays(written);
  }

  private static Snapshot snapshotOf(Table table, String batchId) throws IOException {
    for (Snapshot snapshot : table.snapshots()) {
      if (batchId.equals(snapshot.summary().get(UnfinishedBatch.BATCH_ID))) {
        return snapshot;
      }
    }
    throw new IOException(
        table.location()
            + ": the commit of batch "
            + batchId
            + " is gone; another writer without a lock may have overwritten it");
  }

  private static SortedMap<String, ConversionSummary.Day> addedDays(List<DataFile> files) {
    SortedMap<String, ConversionSummary.Day> days = new TreeMap<>();
    for (DataFile file : files) {
      days.merge(
          day(file),
          new ConversionSummary.Day(file.recordCount(), 1, file.fileSizeInBytes()),
          ConversionSummary.Day::plus);
    }
    return days;
  }

  private static String day(DataFile file) {
    Integer epochDay = file.partition().get(0, Integer.class);
    if (epochDay == null) {
      return "none";
    }
    return LocalDate.ofEpochDay(epochDay).toString();
  }
}
