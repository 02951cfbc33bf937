package org.flowlake.jobs.scan;

import java.util.List;
import org.flowlake.converters.parquet.StoredColumn;
import org.flowlake.jobs.groups.PackedGroups;

/**
 * The group of the run that was added last, and the values that the run's row was made from. A run
 * of another file is mostly of the same values: then its counters are all that there is to add.
 */
final class RunGroup {
  private static final int NONE = -1;
  private static final int WORDS = 3;

  private long[] values = {};
  private int group = NONE;

  /** Adds counters to the group of a run of the same values; false where it had others. */
  boolean add(List<? extends StoredColumn> columns, int row, PackedGroups groups, long[] counters) {
    // Groups that were forgotten meanwhile do not come back.
    if (group >= groups.size() || group == NONE || !agrees(columns, row)) {
      return false;
    }
    groups.addCounters(group, counters);
    return true;
  }

  private boolean agrees(List<? extends StoredColumn> columns, int row) {
    for (int i = 0; i < columns.size(); i++) {
      StoredColumn column = columns.get(i);
      if (column.word(row, 1) != values[WORDS * i + 1]
          || column.word(row, 0) != values[WORDS * i]
          || (column.isAbsent(row) ? 1 : 0) != values[WORDS * i + 2]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Notes the run whose row was added.
   *
   * @param before how many groups there were; the row made a new one where there are more now
   */
  void note(List<? extends StoredColumn> columns, int row, PackedGroups groups, int before) {
    group = groups.size() > before ? before : NONE;
    if (values.length == 0) {
      values = new long[WORDS * columns.size()];
    }
    for (int i = 0; i < columns.size(); i++) {
      StoredColumn column = columns.get(i);
      values[WORDS * i] = column.word(row, 0);
      values[WORDS * i + 1] = column.word(row, 1);
      values[WORDS * i + 2] = column.isAbsent(row) ? 1 : 0;
    }
  }
}
