package org.flowlake.jobs.extra;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.flowlake.jobs.question.QuestionException;

/**
 * Bins of time in one zone. Bins shorter than a day begin anew at every midnight of the zone, so
 * that the last one of a day is cut where its length does not divide the day: a day has 23 or 25
 * bins of {@code 1h} where clocks change. Bins of days reach from midnight to midnight, counted
 * from 1970-01-01; weeks begin on Monday. A bin holds its start and not its end.
 *
 * <p>Public because Spark's generated code calls it.
 */
public final class TimeBin implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final Pattern LENGTH = Pattern.compile("([1-9]\\d{0,8})([smhdw])");
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long SECONDS_PER_DAY = 86_400;
  private static final int DAYS_PER_WEEK = 7;
  private static final int MOST_BINS_OF_A_FLOW = 1_000_000;

  private final String text;
  private final ZoneId zone;

  /** Within a day; 0 for bins of whole days. */
  private final long micros;

  /** 0 for bins within a day. */
  private final long days;

  private final DayOfWeek firstDay;

  /** The last day asked for; flows come in runs of close times. Replaced as a whole by any task. */
  private transient volatile Span known;

  /** From the start, which is part of it, to the end, which is not; microseconds. */
  private record Span(long start, long end) {
    boolean holds(long time) {
      return time >= start && time < end;
    }
  }

  private TimeBin(String text, ZoneId zone, long micros, long days, DayOfWeek firstDay) {
    this.text = text;
    this.zone = zone;
    this.micros = micros;
    this.days = days;
    this.firstDay = firstDay;
  }

  /**
   * Parses a length: a number and {@code s}, {@code m}, {@code h}, {@code d} or {@code w}.
   *
   * @throws QuestionException for any other text
   */
  public static TimeBin parse(String text, ZoneId zone) {
    Matcher matcher = LENGTH.matcher(text);
    if (!matcher.matches()) {
      throw unknown(text);
    }
    long count = Long.parseLong(matcher.group(1));
    long seconds =
        switch (matcher.group(2)) {
          case "s" -> count;
          case "m" -> count * 60;
          case "h" -> count * 3600;
          default -> 0;
        };
    if (matcher.group(2).equals("w")) {
      return new TimeBin(text, zone, 0, count * DAYS_PER_WEEK, DayOfWeek.MONDAY);
    } else if (seconds == 0 || seconds % SECONDS_PER_DAY == 0) {
      long days = seconds == 0 ? count : seconds / SECONDS_PER_DAY;
      return new TimeBin(text, zone, 0, days, DayOfWeek.THURSDAY);
    } else if (seconds > SECONDS_PER_DAY) {
      throw unknown(text);
    }
    return new TimeBin(text, zone, seconds * MICROS_PER_SECOND, 0, null);
  }

  private static QuestionException unknown(String text) {
    return new QuestionException(
        "Bin '"
            + text
            + "' is not understood: expected 30s, 5m, 1h, 1d or 1w (up to a day, or"
            + " whole days)");
  }

  /** The start of the bin that holds a time; both in microseconds since 1970-01-01 UTC. */
  public long start(long time) {
    return bin(time).start();
  }

  /** The end of the bin that holds a time, which is the start of the next one; microseconds. */
  public long end(long time) {
    return bin(time).end();
  }

  /**
   * The starts of all bins in which a flow lies.
   *
   * @param first its first seen, microseconds
   * @param last its last seen, not before the first
   */
  public ArrayData starts(long first, long last) {
    long[] starts = new long[16];
    int count = 0;
    Span bin = bin(first);
    while (true) {
      if (count == starts.length) {
        starts = java.util.Arrays.copyOf(starts, 2 * count);
      }
      starts[count++] = bin.start();
      // A flow that ends where a bin begins has no time in it.
      if (bin.end() >= last) {
        return UnsafeArrayData.fromPrimitiveArray(java.util.Arrays.copyOf(starts, count));
      } else if (count == MOST_BINS_OF_A_FLOW) {
        throw new QuestionException(
            "A flow from "
                + instant(first)
                + " to "
                + instant(last)
                + " lies in more than "
                + MOST_BINS_OF_A_FLOW
                + " bins of "
                + text
                + ": take longer bins, or --bin-by start");
      }
      bin = bin(bin.end());
    }
  }

  private Span bin(long time) {
    Span day = known;
    if (day == null || !day.holds(time)) {
      day = days(time);
      known = day;
    }
    if (days > 0) {
      return day;
    }
    long start = day.start() + (time - day.start()) / micros * micros;
    return new Span(start, Math.min(start + micros, day.end()));
  }

  /** The day of the zone that holds a time, or the run of days that are one bin. */
  private Span days(long time) {
    long run = Math.max(1, days);
    long day = LocalDate.ofInstant(instant(time), zone).toEpochDay();
    if (days > 0) {
      long shift = DayOfWeek.THURSDAY.getValue() - firstDay.getValue();
      day = Math.floorDiv(day + shift, run) * run - shift;
    }
    return new Span(midnight(day), midnight(day + run));
  }

  private long midnight(long day) {
    return ChronoUnit.MICROS.between(
        Instant.EPOCH, LocalDate.ofEpochDay(day).atStartOfDay(zone).toInstant());
  }

  private static Instant instant(long time) {
    return Instant.EPOCH.plus(time, ChronoUnit.MICROS);
  }

  /** As it was written; plans print it. */
  @Override
  public String toString() {
    return text + " " + zone;
  }
}
