package org.flowlake.jobs.list;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAmount;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flowlake.jobs.question.QuestionException;

/**
 * Times as people and schedulers write them, read in one zone at one moment.
 *
 * <pre>
 * point   now | today | yesterday | tomorrow | -7d (s m h d w) | 2012 | 2012-04 | 2012-04-03
 *         | 2012-04-03T16:30[:05[.250]] | the same with Z or +02:00 | 2012/04/03.16:30:05
 * period  point/point | point/P1D | PT6H/point | a year, month or day alone: all of it
 * </pre>
 *
 * <p>Days are those of the zone, of 23 or 25 hours where clocks change. A local time that a change
 * leaves out is moved on by it; of one that occurs twice the earlier is meant.
 */
public final class TimeExpression {
  private static final Pattern AGO = Pattern.compile("-(\\d{1,9})([smhdw])");
  private static final Pattern NFDUMP =
      Pattern.compile(
          "(\\d{4})/(\\d{2})/(\\d{2})(?:\\.(\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{3})?)?))?");
  private static final int DAYS_PER_WEEK = 7;
  private static final String KNOWN =
      "expected now, today, yesterday, tomorrow, -7d (s, m, h, d, w), a date such as 2012-04-03,"
          + " 2012-04 or 2012, or a time such as 2012-04-03T16:30 or 2012-04-03T16:30:00Z";

  private final ZonedDateTime now;

  /** Reads times in this zone, as of this moment. */
  public TimeExpression(ZoneId zone, Instant now) {
    this.now = now.atZone(zone);
  }

  /**
   * A point in time; a year, month or day stands for its start.
   *
   * @throws QuestionException if the text is none
   */
  public Instant point(String text) {
    return start(text.strip()).toInstant();
  }

  /**
   * A period: flows whose first packet lies in it, its start included, its end not.
   *
   * @throws QuestionException if the text is none, or the end is not after the start
   */
  public TimeWindow period(String text) {
    String period = text.strip();
    int slash = period.indexOf('/');
    if (slash < 0 || NFDUMP.matcher(period).matches()) {
      TemporalAmount length = length(period);
      if (length == null) {
        throw new QuestionException(
            "'" + text + "' is a point in time; a period is a day, month or year, or START/END");
      }
      ZonedDateTime start = start(period);
      return between(text, start.toInstant(), start.plus(length).toInstant());
    }
    String left = period.substring(0, slash);
    String right = period.substring(slash + 1);
    if (isAmount(left)) {
      ZonedDateTime end = start(right);
      return between(text, end.minus(amount(left)).toInstant(), end.toInstant());
    }
    ZonedDateTime start = start(left);
    ZonedDateTime end = isAmount(right) ? start.plus(amount(right)) : start(right);
    return between(text, start.toInstant(), end.toInstant());
  }

  /**
   * The period between two points.
   *
   * @param text what was written, for messages
   * @throws QuestionException if the end is not after the start
   */
  public static TimeWindow between(String text, Instant start, Instant end) {
    if (!start.isBefore(end)) {
      throw new QuestionException(
          "Period '"
              + text
              + "' is empty: its end is not part of it, and is not after its start; a whole day is"
              + " written as --period 2012-04-03");
    }
    return TimeWindow.ofFirstSeen(start.toEpochMilli(), end.toEpochMilli());
  }

  private ZonedDateTime start(String text) {
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      long count = Long.parseLong(ago.group(1));
      return switch (ago.group(2)) {
        case "s" -> now.minusSeconds(count);
        case "m" -> now.minusMinutes(count);
        case "h" -> now.minusHours(count);
        case "d" -> now.minusDays(count);
        default -> now.minusDays(count * DAYS_PER_WEEK);
      };
    }
    ZoneId zone = now.getZone();
    LocalDate today = now.toLocalDate();
    switch (text) {
      case "now":
        return now;
      case "today":
        return today.atStartOfDay(zone);
      case "yesterday":
        return today.minusDays(1).atStartOfDay(zone);
      case "tomorrow":
        return today.plusDays(1).atStartOfDay(zone);
      default:
        return written(text, zone);
    }
  }

  private static ZonedDateTime written(String text, ZoneId zone) {
    String iso = text;
    Matcher nfdump = NFDUMP.matcher(text);
    if (nfdump.matches()) {
      String date = nfdump.group(1) + '-' + nfdump.group(2) + '-' + nfdump.group(3);
      iso = nfdump.group(4) == null ? date : date + 'T' + nfdump.group(4);
    }
    try {
      return switch (iso.length()) {
        case 4 -> Year.parse(iso).atDay(1).atStartOfDay(zone);
        case 7 -> YearMonth.parse(iso).atDay(1).atStartOfDay(zone);
        case 10 -> LocalDate.parse(iso).atStartOfDay(zone);
        default -> time(iso, zone);
      };
    } catch (DateTimeException e) {
      throw new QuestionException("Time '" + text + "' is not understood: " + KNOWN);
    }
  }

  private static ZonedDateTime time(String iso, ZoneId zone) {
    int afterDate = iso.indexOf('T');
    boolean offset =
        iso.endsWith("Z") || iso.indexOf('+', afterDate) > 0 || iso.indexOf('-', afterDate) > 0;
    return offset ? ZonedDateTime.parse(iso) : LocalDateTime.parse(iso).atZone(zone);
  }

  /** How long the unit is that the text names; null for a point. */
  private static TemporalAmount length(String text) {
    return switch (text) {
      case "today", "yesterday", "tomorrow" -> Period.ofDays(1);
      default ->
          switch (text.startsWith("-") ? 0 : text.length()) {
            case 4 -> Period.ofYears(1);
            case 7 -> Period.ofMonths(1);
            case 10 -> Period.ofDays(1);
            default -> null;
          };
    };
  }

  private static boolean isAmount(String text) {
    return text.startsWith("P");
  }

  private static TemporalAmount amount(String text) {
    try {
      return text.contains("T") ? Duration.parse(text) : Period.parse(text);
    } catch (DateTimeParseException e) {
      throw new QuestionException(
          "'" + text + "' is no length of time; expected ISO 8601 such as P1D, P1M or PT6H");
    }
  }
}
