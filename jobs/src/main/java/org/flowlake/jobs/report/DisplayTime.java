package org.flowlake.jobs.report;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Times as text in one zone. Remembers the minutes of about a day, since lists come in runs of
 * close times, or in the order of a lake, by address within each day. One object per printer, not
 * for several threads.
 */
public final class DisplayTime {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final String ABSENT = "0000-00-00 00:00:00.000";
  private static final int SECONDS_PER_MINUTE = 60;

  /** More than a day has; a power of two. */
  private static final int REMEMBERED_MINUTES = 2048;

  private final ZoneId zone;
  private final long[] minutes = new long[REMEMBERED_MINUTES];
  private final String[] texts = new String[REMEMBERED_MINUTES];

  public DisplayTime(ZoneId zone) {
    this.zone = zone;
  }

  /** {@code yyyy-MM-dd HH:mm:ss.SSS}; zeros for the time 0, which stands for an absent one. */
  public String millis(long millis) {
    return millis == 0 ? ABSENT : withMillis(millis);
  }

  /** {@code yyyy-MM-dd HH:mm:ss.SSS}, also for the time 0. */
  public String withMillis(long millis) {
    int fraction = (int) Math.floorMod(millis, 1000L);
    return new StringBuilder(23)
        .append(seconds(millis))
        .append('.')
        .append(digit(fraction / 100))
        .append(digit(fraction / 10))
        .append(digit(fraction))
        .toString();
  }

  /** {@code yyyy-MM-dd HH:mm:ss}. */
  public String seconds(long millis) {
    long second = Math.floorDiv(millis, 1000L);
    int inMinute = (int) Math.floorMod(second, (long) SECONDS_PER_MINUTE);
    String minute = minute(Math.floorDiv(second, (long) SECONDS_PER_MINUTE));
    return minute.isEmpty()
        ? SECONDS.format(Instant.ofEpochSecond(second).atZone(zone))
        : minute + digit(inMinute / 10) + digit(inMinute);
  }

  /**
   * {@code yyyy-MM-dd HH:mm:} of a minute since 1970 in UTC; empty where the zone's clock does not
   * show one minute all through it, as with the offsets of some zones long ago.
   */
  private String minute(long minute) {
    int slot = (int) minute & REMEMBERED_MINUTES - 1;
    if (texts[slot] == null || minutes[slot] != minute) {
      Instant first = Instant.ofEpochSecond(minute * SECONDS_PER_MINUTE);
      ZoneOffset offset = zone.getRules().getOffset(first);
      boolean steady =
          offset.getTotalSeconds() % SECONDS_PER_MINUTE == 0
              && offset.equals(
                  zone.getRules().getOffset(first.plusSeconds(SECONDS_PER_MINUTE - 1)));
      String text = SECONDS.format(LocalDateTime.ofInstant(first, offset));
      minutes[slot] = minute;
      texts[slot] = steady ? text.substring(0, text.length() - 2) : "";
    }
    return texts[slot];
  }

  private static char digit(int value) {
    return (char) ('0' + value % 10);
  }

  /** {@code yyyy-MM-ddTHH:mm:ss.SSS}, also for the time 0; without a zone, as in nfdump's JSON. */
  public String iso(long millis) {
    return withMillis(millis).replace(' ', 'T');
  }

  /** {@code yyyy-MM-ddTHH:mm:ss}. */
  String isoSeconds(long millis) {
    return seconds(millis).replace(' ', 'T');
  }
}
