package org.flowlake.jobs.rows;

/**
 * A column of groups that is no field of a flow, such as the bin that a group lies in; always a
 * long, or null.
 *
 * @param name in CSV, JSON and tables
 * @param head in lines
 * @param kind how it is written
 */
public record ExtraColumn(String name, String head, Kind kind) {
  /** What the number means. */
  public enum Kind {
    /** Microseconds since 1970-01-01 UTC. */
    TIME,
    /** A count. */
    NUMBER,
    /** Milliseconds of a duration. */
    MILLIS
  }

  /** The name among the columns of a job, different from those of counters and fields. */
  public String rowName() {
    return rowName(name);
  }

  /** The same for a column of this name. */
  public static String rowName(String name) {
    return "_extra_" + name;
  }
}
