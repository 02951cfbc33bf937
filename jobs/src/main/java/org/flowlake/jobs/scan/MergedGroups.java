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

/**
 * The groups of several sorted streams: takes the lowest address of all streams, groups its rows,
 * hands the groups out, goes on. Memory holds the groups of one address, or of one pair of
 * addresses where both are keys.
 *
 * <p>Ends early, and says so, where a stream is not in order or one address has too many groups.
 */
final class MergedGroups implements Iterator<InternalRow> {
  private static final int MOST_GROUP_BYTES = 64 << 20;

  private final LowestFirst streams;
  private final PackedGroups groups;
  private final UnsafeRow shown;
  private final LongConsumer gaveUp;
  private boolean ended;
  private int next;

  /**
   * Opens all streams.
   *
   * @param layout of the groups
   * @param gaveUp is told once where the groups are not all
   */
  MergedGroups(List<SortedStream> opened, GroupLayout layout, LongConsumer gaveUp) {
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
  }

  @Override
  public boolean hasNext() {
    while (next == groups.size() && !ended) {
      groups.clear();
      next = 0;
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
    return shown;
  }

  /** Takes the flows at the lowest place of all streams. */
  private void gather() {
    SortedStream stream = streams.lowest();
    if (stream == null) {
      ended = true;
      return;
    }
    long dstHigh = stream.dstHigh;
    long dstLow = stream.dstLow;
    long srcHigh = stream.srcHigh;
    long srcLow = stream.srcLow;
    do {
      boolean stays = true;
      do {
        if (!stream.addTo(groups)) {
          giveUp();
        }
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

  private void giveUp() {
    ended = true;
    groups.clear();
    next = 0;
    gaveUp.accept(1);
  }
}
