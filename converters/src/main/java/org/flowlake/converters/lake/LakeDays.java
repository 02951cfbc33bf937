package org.flowlake.converters.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.flowlake.converters.flow.FlowField;

/** The days of a lake, UTC, and the data files in which their flows lie. */
final class LakeDays {
  private LakeDays() {}

  /** Data files of the newest snapshot by day; flows without time belong to no day. */
  static SortedMap<LocalDate, List<DataFile>> files(Table flows) {
    SortedMap<LocalDate, List<DataFile>> days = new TreeMap<>();
    try (CloseableIterable<FileScanTask> tasks = flows.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        Integer epochDay = task.file().partition().get(0, Integer.class);
        if (epochDay != null) {
          days.computeIfAbsent(LocalDate.ofEpochDay(epochDay), day -> new ArrayList<>())
              .add(task.file());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read which files are in " + flows.location(), e);
    }
    return days;
  }

  /** The flows first seen on this day. */
  static Expression flowsOf(LocalDate day) {
    return Expressions.and(
        Expressions.greaterThanOrEqual(FlowField.FIRST_SEEN.column(), startOf(day)),
        flowsBefore(day.plusDays(1)));
  }

  /** The flows first seen before this day. */
  static Expression flowsBefore(LocalDate day) {
    return Expressions.lessThan(FlowField.FIRST_SEEN.column(), startOf(day));
  }

  private static String startOf(LocalDate day) {
    return day.atStartOfDay()
        .atOffset(ZoneOffset.UTC)
        .toInstant()
        .toString()
        .replace("Z", "+00:00");
  }
}
