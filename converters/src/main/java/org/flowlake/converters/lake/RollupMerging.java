package org.flowlake.converters.lake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.flowlake.converters.rollup.RollupDays;
import org.flowlake.converters.rollup.RollupFiles;
import org.flowlake.converters.rollup.RollupMerge;
import org.flowlake.converters.rollup.RollupPeriod;

/** Sets of rows of rollups into fewer ones, on the executors; it commits nothing. */
final class RollupMerging {
  private RollupMerging() {}

  /** One new file in the place of each set, a task each; nothing refers to them yet. */
  static List<DataFile> merge(
      JavaSparkContext context, Broadcast<Table> rollups, List<List<DataFile>> sets) {
    return context
        .parallelize(sets, sets.size())
        .map(set -> RollupMerge.merge(rollups.value(), TaskFiles.of(rollups.value()), set))
        .collect();
  }

  /** The changed years, summed from the rows of their days; nothing refers to them yet. */
  static List<DataFile> years(SparkSession spark, Table rollups, RollupDays days) {
    List<List<DataFile>> sets = days.daysOfChangedYears();
    if (sets.isEmpty()) {
      return List.of();
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<Table> sent = context.broadcast(SerializableTable.copyOf(rollups));
    List<DataFile> years =
        context
            .parallelize(sets, sets.size())
            .map(set -> RollupMerge.ofYear(sent.value(), TaskFiles.of(sent.value()), set))
            .collect();
    sent.destroy();
    return years;
  }

  /**
   * The sums per year of several tasks in one set of rows, as each task has nearly the same hosts;
   * the files that are no longer needed are gone.
   */
  static RollupFiles of(JavaSparkContext context, Broadcast<Table> rollups, RollupFiles written) {
    List<List<DataFile>> sets =
        new ArrayList<>(RollupMerge.candidates(written.files(), RollupPeriod.YEAR));
    if (sets.isEmpty()) {
      return written;
    }
    sets.sort(Comparator.comparing(RollupMerging::rows).reversed());
    List<DataFile> merged = merge(context, rollups, sets);
    List<DataFile> files = new ArrayList<>(written.files());
    sets.forEach(files::removeAll);
    files.addAll(merged);
    sets.forEach(set -> set.forEach(file -> rollups.value().io().deleteFile(file.location())));
    return new RollupFiles(files, written.tooLarge());
  }

  private static long rows(List<DataFile> set) {
    return set.stream().mapToLong(DataFile::recordCount).sum();
  }
}
