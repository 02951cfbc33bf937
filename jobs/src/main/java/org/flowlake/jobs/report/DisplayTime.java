package org.flowlake.jobs.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * Times as text in one zone. Remembers the last second, since lists come in runs of close times:
 * one object per printer, not for several threads.
 */
public final class DisplayTime {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final String ABSENT = "0000-00-00 00:00:00.000";

  private final ZoneId zone;
  private long lastSecond = Long.MIN_VALUE;
  private String lastText = "";

  public DisplayTime(ZoneId zone) {
    this.zone = zone;
  }

  /** {@code yyyy-MM-dd HH:mm:ss.SSS}; zeros for the time 0, which stands for an absent one. */
  public String millis(long millis) {
    return millis == 0 ? ABSENT : withMillis(millis);
  }

  /** {@code yyyy-MM-dd HH:mm:ss.SSS}, also for the time 0. */
  public String withMillis(long millis) {
    long fraction = Math.floorMod(millis, 1000L);
    return seconds(millis) + '.' + Long.toString(1000 + fraction).substring(1);
  }

  /** {@code yyyy-MM-dd HH:mm:ss}. */
  public String seconds(long millis) {
    long second = Math.floorDiv(millis, 1000L);
    if (second != lastSecond) {
      lastSecond = second;
      lastText = SECONDS.format(Instant.ofEpochSecond(second).atZone(zone));
    }
    return lastText;
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
