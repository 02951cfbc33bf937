package org.flowlake.jobs.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BasePredicate;
import org.apache.spark.sql.catalyst.expressions.Predicate$;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection$;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.columns.RowGroupReader;
import org.flowlake.jobs.columns.StoredColumn;
import org.flowlake.jobs.columns.StoredRow;

/**
 * The runs of flows of one file that pass a filter, in file order, see {@link RunPlan}: a row each,
 * overwritten by the next.
 */
final class FlowRuns implements Iterator<InternalRow> {
  private final RowGroupReader file;
  private final int[] groups;
  private final AddressRange range;
  private final Code code;
  private final StoredColumn destination;
  private final List<StoredColumn> tested = new ArrayList<>();
  private final List<StoredColumn> others = new ArrayList<>();
  private final List<StoredColumn> keys = new ArrayList<>();
  private final StoredCounters counters;
  private final StoredRow stored;
  private final UnsafeRow run;

  /** Whether a flow is of another run than the one before it. */
  private boolean[] changed = {};

  private boolean[] passes = {};
  private int nextGroup;
  private int next;
  private int rows;

  /** The generated code of a plan, for the files of one task. */
  static final class Code {
    private final RunPlan plan;
    private final BasePredicate filter;
    private final UnsafeProjection made;

    Code(RunPlan plan) {
      this.plan = plan;
      this.filter =
          plan.filter() == null ? null : Predicate$.MODULE$.create(plan.filter(), plan.columns());
      if (filter != null) {
        filter.initialize(0);
      }
      this.made = UnsafeProjection$.MODULE$.create(plan.made(), plan.columns());
      made.initialize(0);
    }
  }

  /**
   * Stands before the first run.
   *
   * @param groups the row groups to read, ascending
   * @param range of destination addresses; other flows do not pass
   */
  FlowRuns(RowGroupReader file, int[] groups, AddressRange range, Code code) {
    this.file = file;
    this.groups = groups;
    this.range = range;
    this.code = code;
    Map<String, StoredColumn> columns = new LinkedHashMap<>();
    code.plan.tested().forEach(column -> columns.put(column.name(), RunPlan.stored(column)));
    tested.addAll(columns.values());
    code.plan.shown().forEach(column -> columns.put(column.name(), RunPlan.stored(column)));
    keys.addAll(columns.values());
    destination = columns.get(FlowField.DST_ADDR.column());
    counters = new StoredCounters(columns);
    others.addAll(columns.values());
    others.removeAll(tested);
    stored = new StoredRow(keys);
    run = UnsafeRow.createFromByteArray(0, code.plan.made().size());
  }

  @Override
  public boolean hasNext() {
    while (true) {
      while (next < rows && !passes[next]) {
        next++;
      }
      if (next < rows) {
        return true;
      }
      if (nextGroup == groups.length) {
        return false;
      }
      try {
        load(groups[nextGroup++]);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int from = next++;
    while (next < rows && !changed[next]) {
      next++;
    }
    run.copyFrom(code.made.apply(stored.at(from)));
    counters.write(from, next, run);
    return run;
  }

  private void load(int group) throws IOException {
    next = 0;
    rows = file.rows(group);
    if (changed.length < rows) {
      changed = new boolean[rows];
      passes = new boolean[rows];
    }
    Arrays.fill(changed, 0, rows, false);
    file.read(group, tested);
    destination.markChanges(changed);
    boolean some = testRange();
    if (some && code.filter != null) {
      tested.forEach(column -> column.markChanges(changed));
      some = testFilter();
    }
    if (!some) {
      rows = 0;
      return;
    }
    file.read(group, others);
    keys.forEach(column -> column.markChanges(changed));
  }

  /** Whether some flows are in the range. */
  private boolean testRange() {
    if (range.isAll()) {
      Arrays.fill(passes, 0, rows, true);
      return rows > 0;
    }
    int place = tested.indexOf(destination);
    boolean some = false;
    boolean holds = false;
    for (int row = 0; row < rows; row++) {
      if (row == 0 || changed[row]) {
        stored.at(row);
        holds = range.holds(stored.isNullAt(place) ? null : stored.getBinary(place));
        some |= holds;
      }
      passes[row] = holds;
    }
    return some;
  }

  /** Whether some flows of the range pass the filter. */
  private boolean testFilter() {
    boolean some = false;
    boolean passed = false;
    for (int row = 0; row < rows; row++) {
      if (row == 0 || changed[row]) {
        passed = passes[row] && code.filter.eval(stored.at(row));
        some |= passed;
      }
      passes[row] = passed;
    }
    return some;
  }
}
