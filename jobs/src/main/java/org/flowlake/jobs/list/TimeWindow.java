package org.flowlake.jobs.list;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.TimeSpan;

/**
 * A time window, and which flows belong to it.
 *
 * @param firstMillis its start, milliseconds since 1970-01-01 UTC
 * @param lastMillis its end; {@link Long#MAX_VALUE} for none
 */
public record TimeWindow(long firstMillis, long lastMillis, Membership membership) {
  /** Which flows belong to a window. */
  public enum Membership {
    /**
     * Those that lie inside, strictly at both ends, as with {@code -t} of nfdump 1.7.8. A flow that
     * lasts from one window into the next is in neither.
     */
    WHOLE_FLOW,
    /**
     * Those whose first packet is not before the start and before the end: every flow is in exactly
     * one of several windows that follow one another.
     */
    FIRST_SEEN
  }

  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{4})(?:[/-](\\d{1,2})(?:[/-](\\d{1,2})"
              + "(?:[.T](\\d{1,2})(?::(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{3}))?)?)?)?)?)?");

  /** nfdump takes no longer text, and none that is shorter than a year. */
  private static final int SHORTEST = 4;

  /** A window of {@code -t}. */
  public TimeWindow(long firstMillis, long lastMillis) {
    this(firstMillis, lastMillis, Membership.WHOLE_FLOW);
  }

  /** A period of reports. */
  public static TimeWindow ofFirstSeen(long firstMillis, long lastMillis) {
    return new TimeWindow(firstMillis, lastMillis, Membership.FIRST_SEEN);
  }

  /**
   * Parses {@code start[-end]}, each {@code YYYY[/MM[/DD[.hh[:mm[:ss[.mmm]]]]]]} in local time;
   * what is missing is the start of its period, at the end too. The end may be written as ISO 8601.
   *
   * @param zone the zone of the text
   * @throws QuestionException for any other text, or an end before the start
   */
  public static TimeWindow parse(String text, ZoneId zone) {
    if (text.length() < SHORTEST) {
      throw new QuestionException("Time string format error '" + text + "'");
    }
    int dash = text.indexOf('-');
    if (dash < 0) {
      return new TimeWindow(millis(text, text, zone), Long.MAX_VALUE);
    }
    return new TimeWindow(
        millis(text.substring(0, dash), text, zone), millis(text.substring(dash + 1), text, zone));
  }

  /** The test on one flow. */
  public Column condition() {
    if (membership == Membership.FIRST_SEEN) {
      Column first = col(FlowField.FIRST_SEEN.column());
      Column notBefore = first.geq(time(firstMillis));
      return lastMillis == Long.MAX_VALUE ? notBefore : notBefore.and(first.lt(time(lastMillis)));
    }
    Column inside = col(FlowField.FIRST_SEEN.column()).gt(time(firstMillis));
    return lastMillis == Long.MAX_VALUE
        ? inside
        : inside.and(col(FlowField.LAST_SEEN.column()).lt(time(lastMillis)));
  }

  /** Whether files of this span can hold flows inside. */
  public boolean overlaps(TimeSpan span) {
    return span.lastMillis() >= firstMillis && span.firstMillis() <= lastMillis;
  }

  /** The part of a span that lies inside. */
  public TimeSpan clip(TimeSpan span) {
    return new TimeSpan(
        Math.max(span.firstMillis(), firstMillis), Math.min(span.lastMillis(), lastMillis));
  }

  private static Column time(long millis) {
    return lit(Instant.ofEpochMilli(millis));
  }

  private static long millis(String part, String whole, ZoneId zone) {
    Matcher matcher = TIME.matcher(part);
    if (!matcher.matches()) {
      throw new QuestionException(
          "Time string format error '"
              + whole
              + "'; expected YYYY/MM/DD.hh:mm:ss[-YYYY/MM/DD.hh:mm:ss]");
    }
    try {
      return LocalDateTime.of(
                  number(matcher, 1, 0),
                  number(matcher, 2, 1),
                  number(matcher, 3, 1),
                  number(matcher, 4, 0),
                  number(matcher, 5, 0),
                  number(matcher, 6, 0))
              .atZone(zone)
              .toInstant()
              .toEpochMilli()
          + number(matcher, 7, 0);
    } catch (DateTimeException e) {
      throw new QuestionException("Time '" + part + "': " + e.getMessage());
    }
  }

  private static int number(Matcher matcher, int group, int ifMissing) {
    String digits = matcher.group(group);
    return digits == null ? ifMissing : Integer.parseInt(digits);
  }
}
