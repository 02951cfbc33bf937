package org.flowlake.jobs.rollup;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.time.LocalDate;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.flowlake.converters.rollup.RollupTable;

/**
 * Which rows of the rollups per day, or of those per year, lie in a time window. A row belongs to
 * the period that its flows begin in. Days are numbers since 1970-01-01.
 *
 * @param fromDay periods that begin on this day or later; {@link Integer#MIN_VALUE} for all rows,
 *     also those without time
 * @param endDay flows that end before this day; {@link Integer#MAX_VALUE} for all
 * @param ends whether flows have to end before {@code endDay}, and not only begin before it
 * @param excludedMillis flows that begin exactly then are outside; empty for none
 * @param gapFrom the first day of a gap whose flows are counted elsewhere
 * @param gapEnd the first day after the gap; flows that end before it are in it
 */
record PeriodRows(
    int fromDay, int endDay, boolean ends, OptionalLong excludedMillis, int gapFrom, int gapEnd) {
  /** Of a gap that is none. */
  private static final int NO_GAP = Integer.MAX_VALUE;

  private static final long MILLIS_PER_DAY = 86_400_000L;
  private static final long MICROS_PER_MILLI = 1000L;

  /** In the place of a time that a row does not have. */
  static final long NO_TIME = Long.MIN_VALUE;

  static PeriodRows all() {
    return new PeriodRows(
        Integer.MIN_VALUE, Integer.MAX_VALUE, false, OptionalLong.empty(), NO_GAP, NO_GAP);
  }

  static PeriodRows of(int fromDay, int endDay, boolean ends, OptionalLong excludedMillis) {
    return new PeriodRows(fromDay, endDay, ends, excludedMillis, NO_GAP, NO_GAP);
  }

  PeriodRows without(int from, int end) {
    return new PeriodRows(fromDay, endDay, ends, excludedMillis, from, end);
  }

  private boolean isAll() {
    return fromDay == Integer.MIN_VALUE;
  }

  /** The test on rows as they are stored. */
  Column condition() {
    if (isAll()) {
      return lit(true);
    }
    Column rows = col(RollupTable.DATE).geq(date(fromDay));
    if (endDay < Integer.MAX_VALUE) {
      rows =
          rows.and(
              ends
                  ? col(RollupTable.LAST_MILLIS).lt(endDay * MILLIS_PER_DAY)
                  : col(RollupTable.DATE).lt(date(endDay)));
    }
    if (excludedMillis.isPresent()) {
      rows =
          rows.and(
              not(
                  col(RollupTable.FIRST_MILLIS)
                      .equalTo(excludedMillis.getAsLong())
                      .and(col(RollupTable.FIRST_MICROS).isNull())));
    }
    return gapFrom == NO_GAP ? rows : rows.and(outsideGap());
  }

  private Column outsideGap() {
    Column before = col(RollupTable.DATE).lt(date(gapFrom));
    if (gapEnd == Integer.MAX_VALUE) {
      return before;
    }
    return before.or(
        ends
            ? col(RollupTable.LAST_MILLIS).geq(gapEnd * MILLIS_PER_DAY)
            : col(RollupTable.DATE).geq(date(gapEnd)));
  }

  /**
   * The same test on one row.
   *
   * @param date first day of the row's period; null for flows without time
   * @param firstMicros earliest first seen, {@value #NO_TIME} for none
   * @param lastMicros latest last seen, {@value #NO_TIME} for none
   */
  boolean have(Integer date, long firstMicros, long lastMicros) {
    if (isAll()) {
      return true;
    }
    return date != null
        && date >= fromDay
        && (endDay == Integer.MAX_VALUE || isBefore(endDay, date, lastMicros))
        && (excludedMillis.isEmpty()
            || firstMicros != NO_TIME
                && firstMicros != excludedMillis.getAsLong() * MICROS_PER_MILLI)
        && (gapFrom == NO_GAP || date < gapFrom || isAfterGap(date, lastMicros));
  }

  private boolean isBefore(int day, int date, long lastMicros) {
    return ends
        ? lastMicros != NO_TIME && lastMicros < day * MILLIS_PER_DAY * MICROS_PER_MILLI
        : date < day;
  }

  private boolean isAfterGap(int date, long lastMicros) {
    if (gapEnd == Integer.MAX_VALUE) {
      return false;
    }
    return ends
        ? lastMicros != NO_TIME && lastMicros >= gapEnd * MILLIS_PER_DAY * MICROS_PER_MILLI
        : date >= gapEnd;
  }

  private static Column date(int day) {
    return lit(LocalDate.ofEpochDay(day));
  }
}
