package org.flowlake.jobs.filter;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Points in time as filters write them: {@code YYYY[-MM[-DD[Thh[:mm[:ss[.mmm]]]]]]}, or {@code
 * YYYY/MM/DD.hh:mm:ss} with parts missing at the end. Missing parts stand for the start of the
 * period.
 */
final class TimeText {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4})(?:[-/](\\d{1,2})(?:[-/](\\d{1,2})(?:[T.](\\d{1,2})(?::(\\d{1,2})(?::(\\d{1,2})"
              + "(?:\\.(\\d{1,3}))?)?)?)?)?)?");

  private TimeText() {}

  /**
   * Milliseconds since 1970-01-01 UTC.
   *
   * @throws IllegalArgumentException if the text is no time; the message says what is expected
   */
  static long millis(String text, ZoneId zone) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no time; expected YYYY-MM-DDThh:mm:ss.mmm, cut off anywhere");
    }
    try {
      LocalDateTime time =
          LocalDateTime.of(
              part(parts, 1, 1970),
              part(parts, 2, 1),
              part(parts, 3, 1),
              part(parts, 4, 0),
              part(parts, 5, 0),
              part(parts, 6, 0));
      String millis = parts.group(7) == null ? "" : parts.group(7);
      return time.atZone(zone).toInstant().toEpochMilli()
          + Integer.parseInt((millis + "000").substring(0, 3));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'" + text + "' is no time: " + e.getMessage(), e);
    }
  }

  private static int part(Matcher parts, int group, int otherwise) {
    return parts.group(group) == null ? otherwise : Integer.parseInt(parts.group(group));
  }
}
