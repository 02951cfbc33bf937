package org.flowlake.jobs.rollup;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.rollup.RollupPeriod;
import org.flowlake.converters.rollup.RollupTable;
import org.flowlake.jobs.list.TimeWindow;

/**
 * A time window in parts that share no flow: whole years and whole days, which rollups hold, and
 * what is left at its ends, which only the flows tell.
 *
 * @param years which rows per year count, as stored; empty for none
 * @param days which rows per day count, as stored; empty for none
 * @param flows which flows count beside them; empty for none
 */
record RollupCover(Optional<Column> years, Optional<Column> days, Optional<Column> flows) {
  private static final long MILLIS_PER_DAY = 86_400_000L;

  /** Empty if the window has no whole day, so that rollups cannot help. */
  static Optional<RollupCover> of(Optional<TimeWindow> window) {
    return window.isEmpty()
        ? Optional.of(new RollupCover(Optional.of(lit(true)), Optional.empty(), Optional.empty()))
        : new Parts(window.get()).cover();
  }

  /**
   * Days are numbers since 1970-01-01. A flow belongs to the rows per day if it begins on {@code
   * firstDay} or later and ends (a period's: begins) before {@code endDay}; rows per year likewise.
   */
  private static final class Parts {
    private final TimeWindow window;
    private final boolean wholeFlows;
    private final boolean open;
    private final boolean startsWithinDay;
    private final boolean endsWithinDay;
    private final int firstDay;
    private final int endDay;
    private final int firstYear;
    private final int endYear;

    Parts(TimeWindow window) {
      this.window = window;
      this.wholeFlows = window.membership() == TimeWindow.Membership.WHOLE_FLOW;
      this.open = window.lastMillis() == Long.MAX_VALUE;
      this.startsWithinDay = Math.floorMod(window.firstMillis(), MILLIS_PER_DAY) != 0;
      this.endsWithinDay = !open && Math.floorMod(window.lastMillis(), MILLIS_PER_DAY) != 0;
      this.firstDay = day(window.firstMillis()) + (startsWithinDay ? 1 : 0);
      this.endDay = open ? Integer.MAX_VALUE : day(window.lastMillis());
      int year = RollupPeriod.YEAR.start(firstDay);
      this.firstYear = year == firstDay ? year : RollupPeriod.YEAR.end(year);
      this.endYear = open ? Integer.MAX_VALUE : RollupPeriod.YEAR.start(endDay);
    }

    Optional<RollupCover> cover() {
      if (firstDay >= endDay) {
        return Optional.empty();
      }
      boolean hasYears = firstYear < endYear;
      boolean hasDays = !hasYears || firstDay < firstYear || endYear < endDay;
      return Optional.of(
          new RollupCover(
              hasYears
                  ? Optional.of(notAtStart(from(firstYear).and(before(endYear))))
                  : Optional.empty(),
              hasDays ? Optional.of(days(hasYears)) : Optional.empty(),
              flows()));
    }

    private Column days(boolean hasYears) {
      Column days = notAtStart(from(firstDay).and(before(endDay)));
      if (!hasYears) {
        return days;
      }
      Column outside = col(RollupTable.DATE).lt(date(firstYear));
      return days.and(open ? outside : outside.or(notBefore(endYear)));
    }

    private Optional<Column> flows() {
      Column head = col(FlowField.FIRST_SEEN.column()).lt(time(firstDay));
      if (!endsWithinDay) {
        return startsWithinDay ? Optional.of(window.condition().and(head)) : Optional.empty();
      }
      FlowField end = wholeFlows ? FlowField.LAST_SEEN : FlowField.FIRST_SEEN;
      Column tail = col(end.column()).geq(time(endDay));
      return Optional.of(window.condition().and(startsWithinDay ? head.or(tail) : tail));
    }

    private static Column from(int day) {
      return col(RollupTable.DATE).geq(date(day));
    }

    private Column before(int day) {
      if (day == Integer.MAX_VALUE) {
        return lit(true);
      }
      return wholeFlows
          ? col(RollupTable.LAST_MILLIS).lt(day * MILLIS_PER_DAY)
          : col(RollupTable.DATE).lt(date(day));
    }

    private Column notBefore(int day) {
      return wholeFlows
          ? col(RollupTable.LAST_MILLIS).geq(day * MILLIS_PER_DAY)
          : col(RollupTable.DATE).geq(date(day));
    }

    /** A flow that begins at the very start of a window is outside; it has rows of its own. */
    private Column notAtStart(Column rows) {
      return wholeFlows && !startsWithinDay
          ? rows.and(
              not(
                  col(RollupTable.FIRST_MILLIS)
                      .equalTo(window.firstMillis())
                      .and(col(RollupTable.FIRST_MICROS).isNull())))
          : rows;
    }

    private static Column date(int day) {
      return lit(LocalDate.ofEpochDay(day));
    }

    private static Column time(int day) {
      return lit(Instant.ofEpochMilli(day * MILLIS_PER_DAY));
    }

    private static int day(long millis) {
      return Math.toIntExact(Math.floorDiv(millis, MILLIS_PER_DAY));
    }
  }
}
