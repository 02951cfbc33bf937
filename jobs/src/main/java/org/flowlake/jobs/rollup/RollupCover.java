package org.flowlake.jobs.rollup;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.rollup.RollupPeriod;
import org.flowlake.jobs.list.TimeWindow;

/**
 * A time window in parts that share no flow: whole years and whole days, which rollups hold, and
 * what is left at its ends, which only the flows tell.
 *
 * @param years which rows per year count; empty for none
 * @param days which rows per day count; empty for none
 * @param flows which flows count beside them; empty for none
 */
record RollupCover(Optional<PeriodRows> years, Optional<PeriodRows> days, Optional<Column> flows) {
  private static final long MILLIS_PER_DAY = 86_400_000L;

  /** Empty if the window has no whole day, so that rollups cannot help. */
  static Optional<RollupCover> of(Optional<TimeWindow> window) {
    return window.isEmpty()
        ? Optional.of(
            new RollupCover(Optional.of(PeriodRows.all()), Optional.empty(), Optional.empty()))
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
              hasYears ? Optional.of(inside(firstYear, endYear)) : Optional.empty(),
              hasDays ? Optional.of(days(hasYears)) : Optional.empty(),
              flows()));
    }

    private PeriodRows days(boolean hasYears) {
      PeriodRows days = inside(firstDay, endDay);
      return hasYears ? days.without(firstYear, endYear) : days;
    }

    /** A flow that begins at the very start of a window is outside; it has rows of its own. */
    private PeriodRows inside(int first, int end) {
      return PeriodRows.of(
          first,
          end,
          wholeFlows,
          wholeFlows && !startsWithinDay
              ? OptionalLong.of(window.firstMillis())
              : OptionalLong.empty());
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

    private static Column time(int day) {
      return lit(Instant.ofEpochMilli(day * MILLIS_PER_DAY));
    }

    private static int day(long millis) {
      return Math.toIntExact(Math.floorDiv(millis, MILLIS_PER_DAY));
    }
  }
}
