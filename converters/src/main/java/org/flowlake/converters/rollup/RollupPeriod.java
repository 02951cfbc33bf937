package org.flowlake.converters.rollup;

import java.time.LocalDate;
import java.util.Locale;

/** How much time a row of a rollup stands for; calendar periods in UTC. */
public enum RollupPeriod {
  DAY,
  YEAR;

  /**
   * The first day of the period that a day lies in.
   *
   * @param epochDay days since 1970-01-01, as the result
   */
  public int start(int epochDay) {
    if (this == DAY) {
      return epochDay;
    }
    return (int) LocalDate.ofEpochDay(epochDay).withDayOfYear(1).toEpochDay();
  }

  /** The first day after the period that begins on this day. */
  public int end(int epochDay) {
    return this == DAY
        ? epochDay + 1
        : (int) LocalDate.ofEpochDay(epochDay).plusYears(1).toEpochDay();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
