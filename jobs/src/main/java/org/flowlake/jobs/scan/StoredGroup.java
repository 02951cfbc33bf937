package org.flowlake.jobs.scan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.flowlake.converters.flow.FlowField;

/**
 * A row group of a file and where its flows lie, if the file is in order: whoever reads it has to
 * look.
 *
 * @param index in the file
 * @param cost of its flows, beside that of others: a flow is 1, see {@link #DESTINATION_BYTE}
 * @param first no flow lies before this place
 * @param last no flow lies behind this one
 * @param earliest no flow is first seen before this time, microseconds since 1970-01-01 UTC
 * @param latest no flow is last seen after this time, as above
 * @param passes whether statistics tell that all flows pass the filter
 */
record StoredGroup(
    int index, long cost, Place first, Place last, long earliest, long latest, boolean passes)
    implements Serializable {
  /**
   * Flows of another destination than the one before cost more than those that are added to its
   * group. The column of sorted destinations tells how many they are: the others take next to no
   * bytes. The number is the one tried that made two tasks of a month's top destinations even.
   */
  private static final long DESTINATION_BYTE = 2;

  /**
   * The row groups of a file. Statistics tell sources only where all flows have one destination;
   * but a row group begins where the one before it ends.
   */
  static List<StoredGroup> of(List<BlockMetaData> blocks) {
    List<StoredBounds> told = blocks.stream().map(StoredBounds::of).toList();
    List<StoredGroup> groups = new ArrayList<>();
    boolean isInOrder = true;
    for (int i = 0; i < told.size(); i++) {
      Place first = told.get(i).first();
      Place last = told.get(i).last();
      if (i > 0) {
        first = max(first, told.get(i - 1).reached());
      }
      if (i + 1 < told.size()) {
        last = min(last, told.get(i + 1).begun());
      }
      isInOrder &= first.compareTo(last) <= 0;
      groups.add(group(i, blocks.get(i), first, last));
    }
    for (int i = 0; !isInOrder && i < told.size(); i++) {
      groups.set(i, group(i, blocks.get(i), told.get(i).first(), told.get(i).last()));
    }
    return groups;
  }

  private static StoredGroup group(int index, BlockMetaData block, Place first, Place last) {
    return new StoredGroup(
        index,
        cost(block),
        first,
        last,
        StoredBounds.earliest(block),
        StoredBounds.latest(block),
        false);
  }

  private static long cost(BlockMetaData block) {
    ColumnPath path = ColumnPath.get(FlowField.DST_ADDR.column());
    return block.getRowCount()
        + block.getColumns().stream()
            .filter(chunk -> chunk.getPath().equals(path))
            .mapToLong(chunk -> chunk.getTotalSize() * DESTINATION_BYTE)
            .sum();
  }

  private static Place max(Place left, Place right) {
    return left.compareTo(right) < 0 ? right : left;
  }

  private static Place min(Place left, Place right) {
    return left.compareTo(right) > 0 ? right : left;
  }

  /** Whether a flow at this place is where the row group should have it. */
  boolean holds(Place place) {
    return first.compareTo(place) <= 0 && last.compareTo(place) >= 0;
  }

  /** The same row group, all of whose flows pass the filter. */
  StoredGroup passing() {
    return new StoredGroup(index, cost, first, last, earliest, latest, true);
  }

  /** The same row group, of whose flows only the destination is looked at. */
  StoredGroup ofDestinations() {
    return new StoredGroup(
        index, cost, first.ofDestination(), last.withLastSource(), earliest, latest, passes);
  }
}
