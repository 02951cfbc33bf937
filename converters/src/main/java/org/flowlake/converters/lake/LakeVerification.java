package org.flowlake.converters.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowStatistics;
import org.flowlake.converters.flow.FlowStatistics.Totals;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.lake.ConversionRequest.MismatchPolicy;
import org.flowlake.converters.source.FlowFileEntry;

/**
 * The proof that a lake holds what its ledger says: flows, packets and bytes by protocol of every
 * raw file, counted again from the lake's flows, and on request from the raw files themselves; and
 * that its rollups stand for those flows.
 *
 * <p>Counts are those of nfdump's statistics records, both directions together, see {@link
 * FlowStatistics}.
 */
public final class LakeVerification {
  private static final String[] PROTOCOLS = {"tcp", "udp", "icmp", "other"};
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int ICMP = 1;
  private static final int ICMPV6 = 58;
  private static final int FIGURES = 3;

  private final SparkSession spark;
  private final FlowLake lake;

  public LakeVerification(SparkSession spark, FlowLake lake) {
    this.spark = spark;
    this.lake = lake;
  }

  /**
   * What was compared, and what differs.
   *
   * @param sources raw files that the ledger has
   * @param flows flow records that were counted in the lake, nfdump's way
   * @param expired raw files of which days were dropped for their age: their rest was only checked
   *     not to exceed the ledger
   * @param rollupDays days whose sums were compared with the flows; 0 where none are in use
   * @param outlivingDays days among them whose flows were dropped: their sums are all there is
   * @param rawFiles raw files that were read again
   * @param rawGone raw files that are no longer where they were converted from
   * @param differences a sentence each; empty where all is well
   */
  public record Outcome(
      int sources,
      long flows,
      int expired,
      int rollupDays,
      int outlivingDays,
      int rawFiles,
      int rawGone,
      List<String> differences) {}

  /**
   * Compares the lake with its ledger.
   *
   * @param raw also read the raw files again, those that are still there
   */
  public Outcome run(boolean raw) throws IOException {
    // The ledger first: what is converted meanwhile has higher ids, and is left out.
    List<Row> ledger =
        lake.sources().select("source_id", "path", "sha256", "decoded").collectAsList();
    int lastId = ledger.stream().mapToInt(source -> source.getInt(0)).max().orElse(0);
    Map<Integer, FlowStatistics> counted = counted(lastId);
    long keptFromMillis =
        new RemovedDays(spark, lake)
            .newest()
            .map(LakeVerification::endMillis)
            .orElse(Long.MIN_VALUE);
    List<String> differences = new ArrayList<>();
    long flows = counted.values().stream().mapToLong(totals -> totals.all().flows()).sum();
    int expired = 0;
    Map<String, Integer> ids = new HashMap<>();
    for (Row source : ledger) {
      Integer earlier = ids.put(source.getString(1), source.getInt(0));
      if (earlier != null) {
        differences.add(
            source.getString(1)
                + ": the ledger has it twice, as the sources "
                + earlier
                + " and "
                + source.getInt(0));
      }
      FlowStatistics recorded = LedgerStatistics.of(source.getStruct(3), 0);
      FlowStatistics found =
          Optional.ofNullable(counted.remove(source.getInt(0))).orElse(FlowStatistics.NONE);
      boolean partly = recorded.firstSeenMillis() < keptFromMillis;
      expired += partly ? 1 : 0;
      compare(source.getString(1), "the lake", recorded, found, partly, differences);
    }
    counted.forEach(
        (id, totals) ->
            differences.add(
                totals.all().flows() + " flows of a source " + id + " that the ledger has not"));
    RollupVerification.Outcome rollups =
        new RollupVerification(lake, new RemovedDays(spark, lake)).run(differences);
    int[] rawCounts = raw ? compareRaw(ledger, differences) : new int[2];
    return new Outcome(
        ledger.size(),
        flows,
        expired,
        rollups.days(),
        rollups.outliving(),
        rawCounts[0],
        rawCounts[1],
        List.copyOf(differences));
  }

  private static long endMillis(LocalDate day) {
    return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  /** Totals of the lake's flows by source; times are not among them. */
  private Map<Integer, FlowStatistics> counted(int lastId) {
    List<String> present = List.of(lake.flows().columns());
    Column proto = col(FlowField.PROTO.column());
    Column row =
        when(proto.equalTo(TCP), lit(0))
            .when(proto.equalTo(UDP), lit(1))
            .when(proto.isin(ICMP, ICMPV6), lit(2))
            .otherwise(lit(3));
    Map<Integer, Totals[]> totals = new HashMap<>();
    lake.flows()
        // Writers do not count a record without packets, bytes and times.
        .filter(col(FlowField.IN_PACKETS.column()).isNotNull())
        .filter(col(FlowField.SOURCE_ID.column()).leq(lastId))
        .groupBy(col(FlowField.SOURCE_ID.column()), row)
        .agg(
            sum(coalesce(nullif(counter(present, FlowField.FLOWS), lit(0L)), lit(1L))),
            sum(both(present, FlowField.IN_PACKETS, FlowField.OUT_PACKETS)),
            sum(both(present, FlowField.IN_BYTES, FlowField.OUT_BYTES)))
        .collectAsList()
        .forEach(
            group ->
                totals
                        .computeIfAbsent(group.getInt(0), id -> new Totals[PROTOCOLS.length])[
                        group.getInt(1)] =
                    new Totals(group.getLong(2), group.getLong(3), group.getLong(4)));
    Map<Integer, FlowStatistics> bySource = new HashMap<>();
    totals.forEach((id, protocols) -> bySource.put(id, statistics(protocols)));
    return bySource;
  }

  private static FlowStatistics statistics(Totals[] protocols) {
    Totals all = new Totals(0, 0, 0);
    for (int i = 0; i < protocols.length; i++) {
      protocols[i] = protocols[i] == null ? new Totals(0, 0, 0) : protocols[i];
      all = all.plus(protocols[i]);
    }
    return new FlowStatistics(all, protocols[0], protocols[1], protocols[2], protocols[3], 0, 0, 0);
  }

  private static Column both(List<String> present, FlowField forward, FlowField back) {
    return coalesce(counter(present, forward), lit(0L))
        .plus(coalesce(counter(present, back), lit(0L)));
  }

  /** A column that no converted file has carried yet is absent from the table. */
  private static Column counter(List<String> present, FlowField field) {
    return present.contains(field.column()) ? col(field.column()) : lit(null).cast("bigint");
  }

  private static void compare(
      String path,
      String place,
      FlowStatistics recorded,
      FlowStatistics found,
      boolean partly,
      List<String> differences) {
    for (String protocol : PROTOCOLS) {
      long[] said = figures(recorded, protocol);
      long[] is = figures(found, protocol);
      for (int i = 0; i < FIGURES; i++) {
        if (partly ? is[i] > said[i] : is[i] != said[i]) {
          differences.add(
              path
                  + ": "
                  + protocol
                  + " "
                  + new String[] {"flows", "packets", "bytes"}[i]
                  + ": the ledger has "
                  + said[i]
                  + ", "
                  + place
                  + " "
                  + is[i]);
        }
      }
    }
  }

  private static long[] figures(FlowStatistics statistics, String protocol) {
    Totals totals =
        switch (protocol) {
          case "tcp" -> statistics.tcp();
          case "udp" -> statistics.udp();
          case "icmp" -> statistics.icmp();
          default -> statistics.other();
        };
    return new long[] {totals.flows(), totals.packets(), totals.bytes()};
  }

  private static Row newer(Row one, Row other) {
    return one.getInt(0) > other.getInt(0) ? one : other;
  }

  /** Reads raw files again; how many were read, and how many are gone. */
  private int[] compareRaw(List<Row> ledger, List<String> differences) throws IOException {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    List<FlowFileEntry> files = new ArrayList<>();
    Map<String, Row> byPath = new HashMap<>();
    for (Row source : ledger) {
      byPath.merge(source.getString(1), source, LakeVerification::newer);
    }
    int gone = 0;
    for (String name : List.copyOf(byPath.keySet())) {
      Path path = new Path(name);
      try {
        FileStatus status = path.getFileSystem(hadoop).getFileStatus(path);
        files.add(new FlowFileEntry(name, status.getLen(), status.getModificationTime()));
      } catch (FileNotFoundException e) {
        byPath.remove(name);
        gone++;
      }
    }
    List<InspectedSource> inspected =
        files.isEmpty()
            ? List.of()
            : new SourceInspection(
                    spark, DamagePolicy.SKIP, MismatchPolicy.ACCEPT, Optional.empty())
                .inspect(files, new ArrayList<>());
    for (InspectedSource source : inspected) {
      Row recorded = byPath.remove(source.file().path());
      if (!recorded.getString(2).equals(source.sha256())) {
        differences.add(source.file().path() + ": its content has changed since it was converted");
        continue;
      }
      compare(
          source.file().path(),
          "the raw file",
          LedgerStatistics.of(recorded.getStruct(3), 0),
          source.decoded(),
          false,
          differences);
    }
    byPath.keySet().forEach(path -> differences.add(path + ": cannot be read any more"));
    return new int[] {inspected.size(), gone};
  }
}
