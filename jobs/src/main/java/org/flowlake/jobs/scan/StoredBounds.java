package org.flowlake.jobs.scan;

import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.parquet.AddressColumn;

/**
 * What the statistics of a row group say of the places of its flows.
 *
 * @param first no flow lies before this place
 * @param begun some flow lies here or before
 * @param reached some flow lies here or behind
 * @param last no flow lies behind this place
 */
record StoredBounds(Place first, Place begun, Place reached, Place last) {
  private static final byte[] ABSENT = new byte[AddressColumn.BYTES];

  /** The bounds of one row group. */
  static StoredBounds of(BlockMetaData block) {
    Range dst = Range.of(block, FlowField.DST_ADDR);
    if (dst == null) {
      return new StoredBounds(Place.LOWEST, Place.HIGHEST, Place.LOWEST, Place.HIGHEST);
    }
    Place least = Place.of(dst.least());
    Place most = Place.of(dst.most());
    Range src = least.equals(most) ? Range.of(block, FlowField.SRC_ADDR) : null;
    return src == null
        ? new StoredBounds(least, least.withLastSource(), most, most.withLastSource())
        : new StoredBounds(
            least.withSource(src.least()),
            least.withSource(src.least()),
            most.withSource(src.most()),
            most.withSource(src.most()));
  }

  /**
   * No flow of a row group is first seen before this time, microseconds since 1970-01-01 UTC, where
   * its times are of such a unit; an absent time is 0.
   */
  static long earliest(BlockMetaData block) {
    LongStatistics known = times(block, FlowField.FIRST_SEEN);
    return known == null
        ? Long.MIN_VALUE
        : Math.min(known.getMin(), known.getNumNulls() > 0 ? 0 : Long.MAX_VALUE);
  }

  /** No flow of a row group is last seen after this time, as above. */
  static long latest(BlockMetaData block) {
    LongStatistics known = times(block, FlowField.LAST_SEEN);
    return known == null
        ? Long.MAX_VALUE
        : Math.max(known.getMax(), known.getNumNulls() > 0 ? 0 : Long.MIN_VALUE);
  }

  /** Null where too little is known. */
  private static LongStatistics times(BlockMetaData block, FlowField field) {
    ColumnPath path = ColumnPath.get(field.column());
    for (ColumnChunkMetaData chunk : block.getColumns()) {
      if (chunk.getPath().equals(path)) {
        return chunk.getStatistics() instanceof LongStatistics known
                && known.isNumNullsSet()
                && known.hasNonNullValue()
            ? known
            : null;
      }
    }
    return null;
  }

  /** The smallest and greatest address of a row group; absent ones are as {@code ::}. */
  private record Range(byte[] least, byte[] most) {
    /** Null where it is not known. */
    static Range of(BlockMetaData block, FlowField field) {
      ColumnPath path = ColumnPath.get(field.column());
      for (ColumnChunkMetaData chunk : block.getColumns()) {
        if (chunk.getPath().equals(path)) {
          return of(chunk.getStatistics(), block.getRowCount());
        }
      }
      return null;
    }

    private static Range of(Statistics<?> known, long rows) {
      if (known == null || !known.isNumNullsSet()) {
        return null;
      }
      if (known.getNumNulls() == rows) {
        return new Range(ABSENT, ABSENT);
      }
      return known.hasNonNullValue()
              && known.getMinBytes().length == AddressColumn.BYTES
              && known.getMaxBytes().length == AddressColumn.BYTES
          ? new Range(known.getNumNulls() > 0 ? ABSENT : known.getMinBytes(), known.getMaxBytes())
          : null;
    }
  }
}
