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

  private final List<SortedStream> streams = new ArrayList<>();
  private final List<SortedStream> ofAddress = new ArrayList<>();
  private final boolean byPair;
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
   * @param byPair whether the source address is a key too
   * @param layout of the groups
   * @param earliest how many groups, those first seen first, are all that is asked for; the others
   *     may then be handed out as one group that is first seen after these
   * @param gaveUp is told once where the groups are not all
   */
  MergedGroups(
      List<SortedStream> opened,
      boolean byPair,
      GroupLayout layout,
      int earliest,
      LongConsumer gaveUp) {
    this.byPair = byPair;
    this.earliest = new EarliestFirst(earliest);
    this.groups = new PackedGroups(layout, MOST_GROUP_BYTES);
    this.shown = groups.newRow();
    this.gaveUp = gaveUp;
    for (SortedStream stream : opened) {
      if (stream.advance()) {
        streams.add(stream);
      } else if (!stream.isInOrder()) {
        giveUp();
      }
    }
    long earliestOfRest = Long.MAX_VALUE;
    for (int i = streams.size() - 1; i >= 0; i--) {
      earliestOfRest = Math.min(earliestOfRest, streams.get(i).earliest());
      streams.get(i).earliestOfRest = earliestOfRest;
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

  private void gather() {
    if (ofAddress.isEmpty()) {
      takeLowestAddress();
    }
    if (ofAddress.isEmpty()) {
      ended = true;
      if (!others.isEmpty() && !others.moveTo(groups)) {
        giveUp();
      }
    } else if (byPair) {
      gatherPair();
    } else {
      for (int i = 0; i < ofAddress.size() && !ended; i++) {
        SortedStream stream = ofAddress.get(i);
        long high = stream.dstHigh;
        long low = stream.dstLow;
        do {
          add(stream);
        } while (!ended && advance(stream) && stream.dstHigh == high && stream.dstLow == low);
      }
      ofAddress.clear();
    }
  }

  private void takeLowestAddress() {
    if (streams.isEmpty()) {
      return;
    }
    long high = streams.get(0).dstHigh;
    long low = streams.get(0).dstLow;
    for (int i = 1; i < streams.size(); i++) {
      SortedStream stream = streams.get(i);
      if (SortedStream.compare(stream.dstHigh, stream.dstLow, high, low) < 0) {
        high = stream.dstHigh;
        low = stream.dstLow;
      }
    }
    for (int i = 0; i < streams.size(); i++) {
      SortedStream stream = streams.get(i);
      if (stream.dstLow == low && stream.dstHigh == high) {
        ofAddress.add(stream);
      }
    }
  }

  /** Of the streams at the lowest destination, takes the rows of the lowest source. */
  private void gatherPair() {
    SortedStream lowest = ofAddress.get(0);
    for (int i = 1; i < ofAddress.size(); i++) {
      SortedStream stream = ofAddress.get(i);
      if (SortedStream.compare(stream.srcHigh, stream.srcLow, lowest.srcHigh, lowest.srcLow) < 0) {
        lowest = stream;
      }
    }
    long dstHigh = lowest.dstHigh;
    long dstLow = lowest.dstLow;
    long srcHigh = lowest.srcHigh;
    long srcLow = lowest.srcLow;
    int left = 0;
    for (int i = 0; i < ofAddress.size() && !ended; i++) {
      SortedStream stream = ofAddress.get(i);
      boolean stays = true;
      while (stays && stream.srcHigh == srcHigh && stream.srcLow == srcLow) {
        add(stream);
        stays = !ended && advance(stream) && stream.dstHigh == dstHigh && stream.dstLow == dstLow;
      }
      if (stays) {
        ofAddress.set(left++, stream);
      }
    }
    ofAddress.subList(left, ofAddress.size()).clear();
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

  private boolean advance(SortedStream stream) {
    if (stream.advance()) {
      return true;
    }
    streams.remove(stream);
    if (!stream.isInOrder()) {
      giveUp();
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
