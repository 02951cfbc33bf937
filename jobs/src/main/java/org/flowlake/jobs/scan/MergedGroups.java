package org.flowlake.jobs.scan;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.LongConsumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.flowlake.jobs.groups.GroupLayout;
import org.flowlake.jobs.groups.PackedGroups;
import org.flowlake.jobs.rows.CounterColumns;

/**
 * The groups of several sorted streams: takes the lowest address of all streams, groups its rows,
 * hands the groups out, goes on. Memory holds the groups of one address, or of one pair of
 * addresses where both are keys.
 *
 * <p>Ends early, and says so, where a stream is not in order or one address has too many groups.
 */
final class MergedGroups implements Iterator<InternalRow> {
  private static final int MOST_GROUP_BYTES = 64 << 20;

  /** Of the groups gathered when only flows were left that are too late. */
  private enum Known {
    NOT_LOOKED_AT,
    /** Some may be shown. */
    EARLY,
    /** None will be shown. */
    LATE
  }

  private final LowestFirst streams;
  private final PackedGroups groups;
  private final UnsafeRow shown;
  private final LongConsumer gaveUp;
  private final EarliestFirst earliest;
  private final OtherFlows others = new OtherFlows();
  private Known known = Known.NOT_LOOKED_AT;
  private boolean ended;
  private int next;

  /**
   * Opens all streams.
   *
   * @param layout of the groups
   * @param earliest how many groups, those first seen first, are all that is asked for; the others
   *     may then be handed out as one group that is first seen after these
   * @param gaveUp is told once where the groups are not all
   */
  MergedGroups(List<SortedStream> opened, GroupLayout layout, int earliest, LongConsumer gaveUp) {
    this.earliest = new EarliestFirst(earliest);
    this.groups = new PackedGroups(layout, MOST_GROUP_BYTES);
    this.shown = groups.newRow();
    this.gaveUp = gaveUp;
    List<SortedStream> standing = new ArrayList<>();
    for (SortedStream stream : opened) {
      if (stream.advance()) {
        standing.add(stream);
      } else if (!stream.isInOrder()) {
        giveUp();
      }
    }
    streams = new LowestFirst(standing);
    long earliestOfRest = Long.MAX_VALUE;
    for (int i = standing.size() - 1; i >= 0; i--) {
      earliestOfRest = Math.min(earliestOfRest, standing.get(i).earliest());
      standing.get(i).earliestOfRest = earliestOfRest;
    }
  }

  @Override
  public boolean hasNext() {
    while (next == groups.size() && !ended) {
      groups.clear();
      next = 0;
      known = Known.NOT_LOOKED_AT;
      gather();
    }
    return next < groups.size();
  }

  /** One row object shows all groups in turn. */
  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    groups.read(next, shown);
    next++;
    earliest.add(shown.getLong(CounterColumns.FIRST));
    return shown;
  }

  /** Takes the flows at the lowest place of all streams. */
  private void gather() {
    SortedStream stream = streams.lowest();
    if (stream == null) {
      ended = true;
      if (!others.isEmpty() && !others.moveTo(groups)) {
        giveUp();
      }
      return;
    }
    long dstHigh = stream.dstHigh;
    long dstLow = stream.dstLow;
    long srcHigh = stream.srcHigh;
    long srcLow = stream.srcLow;
    do {
      boolean stays = true;
      do {
        add(stream);
        stays = !ended && stream.advance();
      } while (stays && stream.isAt(dstHigh, dstLow, srcHigh, srcLow));
      if (stays) {
        streams.lowestWentOn();
      } else if (!stream.isInOrder()) {
        giveUp();
      } else {
        streams.lowestEnded();
      }
      stream = streams.lowest();
    } while (!ended && stream != null && stream.isAt(dstHigh, dstLow, srcHigh, srcLow));
  }

  /**
   * Where this stream and those behind it have only flows that are too late, groups are not shown
   * if they are not early enough already.
   */
  private void add(SortedStream stream) {
    if (earliest.isTooLate(stream.earliestOfRest)) {
      if (known == Known.NOT_LOOKED_AT) {
        known = hasEarlyGroup() ? Known.EARLY : Known.LATE;
      }
      if (known == Known.EARLY) {
        stream.addToKnown(groups, others);
      } else {
        stream.addTo(others);
      }
    } else if (!stream.addTo(groups)) {
      giveUp();
    }
  }

  private boolean hasEarlyGroup() {
    for (int i = 0; i < groups.size(); i++) {
      groups.read(i, shown);
      if (!earliest.isTooLate(shown.getLong(CounterColumns.FIRST))) {
        return true;
      }
    }
    return false;
  }

  private void giveUp() {
    ended = true;
    groups.clear();
    next = 0;
    gaveUp.accept(1);
  }
}
