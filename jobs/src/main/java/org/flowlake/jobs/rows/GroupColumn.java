package org.flowlake.jobs.rows;

import java.io.Serializable;

/**
 * A column after the counters of rows that are merged where their keys are equal: counters are
 * summed, first and last seen widened, and this says what becomes of the column.
 *
 * @param name of the column
 * @param merge what becomes of two values
 * @param width bytes of a value
 */
public record GroupColumn(String name, Merge merge, Width width) implements Serializable {
  /** What two rows of a group make of a column. */
  public enum Merge {
    /** Equal in all rows of a group; null is a value like others. */
    KEY,
    /** A key that is the same in all rows there are: it tells no groups apart. */
    SAME,
    /**
     * That of the row first seen; of rows seen at the same microsecond the lowest value, null below
     * all.
     */
    FIRST,
    /** The union of the bits; null where all are null. */
    BITS,
    /** The greatest; null where all are null. */
    GREATEST
  }

  /** How large a value is: rows of one size are merged in place. */
  public enum Width {
    /** A 32 or 64 bit number. */
    NUMBER,
    /** An address of 16 bytes; not for bits and greatest. */
    ADDRESS,
    /** Null in every row. */
    ABSENT
  }

  /** A key that is a number. */
  public static GroupColumn numberKey(String name) {
    return new GroupColumn(name, Merge.KEY, Width.NUMBER);
  }

  /** A key that is an address. */
  public static GroupColumn addressKey(String name) {
    return new GroupColumn(name, Merge.KEY, Width.ADDRESS);
  }
}
