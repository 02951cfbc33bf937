package org.flowlake.converters.source;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The time in a collector's file name: {@code nfcapd.YYYYMMDDhhmm[ss]}, start of its interval. */
final class FlowFileName {
  private static final Pattern NFCAPD = Pattern.compile("nfcapd\\.(\\d{12})(\\d{2})?(?!\\d).*");
  private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuuMMddHHmm");

  private FlowFileName() {}

  /**
   * Microseconds since 1970-01-01, the name's local time taken as UTC; empty for any other name.
   *
   * @param path a path whose last part is the name
   */
  static OptionalLong intervalStart(String path) {
    Matcher name = NFCAPD.matcher(path.substring(path.lastIndexOf('/') + 1));
    if (!name.matches()) {
      return OptionalLong.empty();
    }
    try {
      LocalDateTime start = LocalDateTime.parse(name.group(1), MINUTES);
      return OptionalLong.of(
          ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), start));
    } catch (DateTimeParseException e) {
      return OptionalLong.empty(); // twelve digits that are no date: not a collector's name
    }
  }
}
