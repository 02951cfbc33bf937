package org.flowlake.converters.rollup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Files of one rollup and period, to be read in this JVM, without a Spark job.
 *
 * @param table that they are of
 * @param files in no order
 */
public record RollupScan(Table table, List<DataFile> files) {
  public RollupScan {
    files = List.copyOf(files);
  }

  /**
   * The files of a state of the rollups; empty where another program has deleted single rows, which
   * only Iceberg's readers leave out.
   *
   * @param fromDay only periods that begin on this day or later, days since 1970-01-01
   * @param endDay only periods that begin before this day; with {@link Integer#MIN_VALUE} and
   *     {@link Integer#MAX_VALUE} those without time, too
   */
  public static Optional<RollupScan> of(
      Table table,
      RollupSnapshot state,
      Rollup rollup,
      RollupPeriod period,
      int fromDay,
      int endDay) {
    Expression wanted = Expressions.equal(RollupTable.ROLLUP, RollupTable.name(rollup, period));
    if (fromDay > Integer.MIN_VALUE) {
      wanted = Expressions.and(wanted, Expressions.greaterThanOrEqual(RollupTable.DATE, fromDay));
    }
    if (endDay < Integer.MAX_VALUE) {
      wanted = Expressions.and(wanted, Expressions.lessThan(RollupTable.DATE, endDay));
    }
    List<DataFile> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().useSnapshot(state.id()).filter(wanted).planFiles()) {
      for (FileScanTask task : tasks) {
        if (!task.deletes().isEmpty() || task.file().format() != FileFormat.PARQUET) {
          return Optional.empty();
        }
        files.add(task.file());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read which files are in " + table.location(), e);
    }
    return Optional.of(new RollupScan(table, files));
  }

  /** How many rows the files have, as the metadata says. */
  public long rows() {
    return files.stream().mapToLong(DataFile::recordCount).sum();
  }
}
