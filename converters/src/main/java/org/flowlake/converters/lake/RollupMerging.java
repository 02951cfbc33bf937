package org.flowlake.converters.lake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.flowlake.converters.rollup.RollupFiles;
import org.flowlake.converters.rollup.RollupMerge;
import org.flowlake.converters.rollup.RollupPeriod;

/**
 * Sums per year of several tasks into one set of rows, before they are committed: each task has
 * nearly the same hosts.
 */
final class RollupMerging {
  private RollupMerging() {}

  /** The same sums in fewer rows; the files that are no longer needed are gone. */
  static RollupFiles of(JavaSparkContext context, Broadcast<Table> rollups, RollupFiles written) {
    List<List<DataFile>> sets =
        new ArrayList<>(RollupMerge.candidates(written.files(), RollupPeriod.YEAR));
    if (sets.isEmpty()) {
      return written;
    }
    sets.sort(Comparator.comparing(RollupMerging::rows).reversed());
    List<DataFile> merged =
        context
            .parallelize(sets, sets.size())
            .map(set -> RollupMerge.merge(rollups.value(), TaskFiles.of(rollups.value()), set))
            .collect();
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
