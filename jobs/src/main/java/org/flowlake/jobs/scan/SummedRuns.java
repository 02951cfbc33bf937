package org.flowlake.jobs.scan;

import java.util.Arrays;
import org.flowlake.converters.parquet.AddressColumn;
import org.flowlake.jobs.rows.CounterColumns;

/**
 * The runs of a row group, with places and sums, made when it is read. Row groups of all days are
 * read side by side, and their columns together are in no near cache when a run has its turn: so
 * what is needed then lies together, and is no more than that.
 */
final class SummedRuns {
  /** Of shorter runs there is little less to keep than there was to sum. */
  static final int LEAST_FLOWS = 2;

  private static final int PLACE = 1;
  private static final int SUMS = PLACE + 4;

  private final AddressColumn destination;

  /** Null where flows are only taken by destination. */
  private final AddressColumn source;

  private final StoredCounters counters;

  /** For each run its flows, destination, source and sums; these of {@link #summed} alone. */
  private long[] runs = {};

  private int[] summed = {};
  private long[] alike = {};
  private int stride = SUMS;
  private int end;
  private int at;

  /** No runs of these columns. */
  SummedRuns(AddressColumn destination, AddressColumn source, StoredCounters counters) {
    this.destination = destination;
    this.source = source;
    this.counters = counters;
  }

  /** Forgets all runs. */
  void clear() {
    end = 0;
  }

  boolean isEmpty() {
    return end == 0;
  }

  /** Before runs are added: the columns hold another row group. */
  void begin() {
    summed = counters.varying();
    alike = counters.alike();
    stride = SUMS + summed.length;
    end = 0;
    at = -stride;
  }

  /** Adds the flows from one to before another. */
  void add(int from, int to) {
    if (end + stride > runs.length) {
      runs = Arrays.copyOf(runs, Math.max(2 * runs.length, stride << 10));
    }
    runs[end] = (long) from << Integer.SIZE | to;
    runs[end + PLACE] = destination.high(from);
    runs[end + PLACE + 1] = destination.low(from);
    runs[end + PLACE + 2] = source == null ? 0 : source.high(from);
    runs[end + PLACE + 3] = source == null ? 0 : source.low(from);
    for (int i = 0; i < summed.length; i++) {
      runs[end + SUMS + i] = counters.sum(summed[i], from, to);
    }
    end += stride;
  }

  /** Goes to the next run, or the first one; false where there is none. */
  boolean advance() {
    at += stride;
    return at < end;
  }

  /** The first flow of the run. */
  int from() {
    return (int) (runs[at] >>> Integer.SIZE);
  }

  /** The flow after the last one of the run. */
  int to() {
    return (int) runs[at];
  }

  /** A word of the place of the run's flows: destination, then source, two each. */
  long place(int word) {
    return runs[at + PLACE + word];
  }

  /** Writes the counters of the run. */
  void copyTo(long[] sums) {
    long flows = to() - from();
    for (int counter = 0; counter < CounterColumns.FIRST; counter++) {
      sums[counter] = alike[counter] * flows;
    }
    sums[CounterColumns.FIRST] = alike[CounterColumns.FIRST];
    sums[CounterColumns.LAST] = alike[CounterColumns.LAST];
    for (int i = 0; i < summed.length; i++) {
      sums[summed[i]] = runs[at + SUMS + i];
    }
  }
}
