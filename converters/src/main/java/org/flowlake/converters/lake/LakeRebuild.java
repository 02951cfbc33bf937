package org.flowlake.converters.lake;

import static org.apache.spark.sql.functions.col;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowFieldGroup;
import org.flowlake.converters.flow.FlowStatistics;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionRequest.MismatchPolicy;
import org.flowlake.converters.rollup.RollupTable;
import org.flowlake.converters.source.AnonymizedFormat;
import org.flowlake.converters.source.FlowFileEntry;
import org.flowlake.converters.source.FlowFormat;
import org.flowlake.converters.source.NfcapdFormat;
import org.flowlake.converters.source.SourceFile;
import org.flowlake.udfs.anonymize.Anonymization;

/**
 * A day's flows anew from the raw files that they came from, in the place of those that the lake
 * holds: for a day whose data files were lost or changed, or that is to have the columns of a newer
 * version. It is one commit of the flows, and one of the rollups, which stand for the new flows if
 * they stood for those of the other days; the ledger and other days stay as they are.
 *
 * <p>Every raw file that the ledger has for the day must be there, with the content that it had.
 */
public final class LakeRebuild {
  private final SparkSession spark;
  private final String location;
  private final Runnable waiting;

  /**
   * A rebuild of a day of this lake.
   *
   * @param location of the lake, see {@link FlowLake}
   * @param waiting run once if another writer is at work on the lake
   */
  public LakeRebuild(SparkSession spark, String location, Runnable waiting) {
    this.spark = spark;
    this.location = location;
    this.waiting = waiting;
  }

  /**
   * What to rebuild.
   *
   * @param day of first seen, UTC
   * @param damage as the raw files were converted
   * @param anonymization as the lake's addresses are anonymised; empty where they are not
   * @param dryRun only look whether it can be done, and say what would be
   */
  public record Request(
      LocalDate day, DamagePolicy damage, Optional<Anonymization> anonymization, boolean dryRun) {}

  /**
   * What was done, or would be.
   *
   * @param rawFiles raw files that may have flows of the day, which were read
   * @param flowsBefore flows of the day before; those after are not known in a dry run, 0 then
   * @param filesBefore data files that were replaced
   */
  public record Rebuilt(
      int rawFiles, long flowsBefore, long flowsAfter, int filesBefore, int filesAfter) {}

  /**
   * Runs it to the end.
   *
   * @throws FileNotFoundException if there is no lake
   * @throws RefusedSourcesException if raw files of the day are gone, or are not what they were
   *     when they were converted; nothing is changed then
   * @throws LakeStorageException if the lake's place is full or may not be written
   */
  public Rebuilt run(Request request) throws IOException {
    return LakeStorageException.explaining(location, () -> rebuild(request));
  }

  private Rebuilt rebuild(Request request) throws IOException {
    FlowLake lake = FlowLake.openToChange(spark, location);
    try (LakeLock.Release held = LakeLock.take(spark, location, waiting)) {
      AnonymizedLake.agree(lake, request.anonymization());
      if (!request.dryRun()) {
        BatchRecovery.repair(lake, new SourceLedger(lake));
      }
      Map<String, Row> recorded = sourcesOf(lake, request.day());
      List<InspectedSource> inspected = inspect(recorded, request);
      List<DataFile> before =
          LakeDays.files(lake.flowsIceberg()).getOrDefault(request.day(), List.of());
      List<DataFile> after =
          request.dryRun() ? List.of() : replace(lake, recorded, inspected, before, request);
      return new Rebuilt(recorded.size(), flows(before), flows(after), before.size(), after.size());
    }
  }

  private static long flows(List<DataFile> files) {
    return files.stream().mapToLong(DataFile::recordCount).sum();
  }

  /** The ledger's rows of raw files that may have flows of the day, by path. */
  private static Map<String, Row> sourcesOf(FlowLake lake, LocalDate day) {
    long from = startMillis(day);
    long to = startMillis(day.plusDays(1));
    // A file's flows that were first seen on the day lie between its first and its last moment.
    Set<Integer> present =
        new HashSet<>(
            lake.flows()
                .filter(
                    col(FlowField.FIRST_SEEN.column())
                        .geq(new java.sql.Timestamp(from))
                        .and(col(FlowField.FIRST_SEEN.column()).lt(new java.sql.Timestamp(to))))
                .select(FlowField.SOURCE_ID.column())
                .distinct()
                .as(Encoders.INT())
                .collectAsList());
    Map<String, Row> sources = new HashMap<>();
    for (Row row :
        lake.sources().select("source_id", "path", "sha256", "decoded").collectAsList()) {
      FlowStatistics decoded = LedgerStatistics.of(row.getStruct(3), 0);
      boolean mayHave =
          decoded.all().flows() > 0
              && decoded.firstSeenMillis() < to
              && decoded.lastSeenMillis() >= from;
      if (mayHave || present.contains(row.getInt(0))) {
        sources.put(row.getString(1), row);
      }
    }
    return sources;
  }

  private static long startMillis(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  /** All raw files of the day, which are as the ledger knows them. */
  private List<InspectedSource> inspect(Map<String, Row> recorded, Request request)
      throws IOException {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    List<FlowFileEntry> files = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (String name : recorded.keySet().stream().sorted().toList()) {
      Path path = new Path(name);
      try {
        FileStatus status = path.getFileSystem(hadoop).getFileStatus(path);
        files.add(new FlowFileEntry(name, status.getLen(), status.getModificationTime()));
      } catch (FileNotFoundException e) {
        refused.add(name + ": is no longer there");
      }
    }
    List<InspectedSource> inspected =
        files.isEmpty()
            ? List.of()
            : new SourceInspection(
                    spark, request.damage(), MismatchPolicy.ACCEPT, request.anonymization())
                .inspect(files, new ArrayList<>());
    for (InspectedSource source : inspected) {
      Row row = recorded.get(source.file().path());
      if (!source.sha256().equals(row.getString(2))) {
        refused.add(source.file().path() + ": its content has changed since it was converted");
      } else if (!sameTotals(source.decoded(), LedgerStatistics.of(row.getStruct(3), 0))) {
        refused.add(source.file().path() + ": its flows add up to other totals than the ledger's");
      }
    }
    if (!refused.isEmpty()) {
      throw new RefusedSourcesException(
          refused,
          "Day " + request.day() + " stays as it is. Put the raw files back, as they were.");
    }
    return inspected;
  }

  private static boolean sameTotals(FlowStatistics one, FlowStatistics other) {
    return one.all().equals(other.all())
        && one.tcp().equals(other.tcp())
        && one.udp().equals(other.udp())
        && one.icmp().equals(other.icmp());
  }

  private List<DataFile> replace(
      FlowLake lake,
      Map<String, Row> recorded,
      List<InspectedSource> inspected,
      List<DataFile> before,
      Request request)
      throws IOException {
    Set<FlowFieldGroup> groups = EnumSet.of(FlowFieldGroup.CORE);
    List<SourceFile> files = new ArrayList<>();
    for (InspectedSource source : inspected) {
      groups.addAll(source.groups());
      int id = recorded.get(source.file().path()).getInt(0);
      files.add(source.toConvert(id));
    }
    LakeLayout.addColumns(lake.flowsIceberg(), FlowField.ofGroups(groups));
    Table table = lake.flowsIceberg();
    FlowFormat format = AnonymizedFormat.of(new NfcapdFormat(), request.anonymization());
    // The rollups of the day are summed once the new flows are known: not by the writer.
    LakeWriter writer = new LakeWriter(spark, table, table, Set.of(), request.damage(), format);
    List<DataFile> after =
        files.isEmpty() ? List.of() : writer.writeDay(files, request.day()).flows();
    if (!before.isEmpty() || !after.isEmpty()) {
      OverwriteFiles overwrite = table.newOverwrite();
      int day = Math.toIntExact(request.day().toEpochDay());
      Optional<RollupRevision> rollups =
          RollupRevision.begin(spark, lake, changed -> changed == day);
      if (rollups.isPresent()) {
        overwrite.set(RollupTable.BATCH, rollups.get().commit(after));
      }
      before.forEach(overwrite::deleteFile);
      after.forEach(overwrite::addFile);
      overwrite.commit();
    }
    return after;
  }
}
