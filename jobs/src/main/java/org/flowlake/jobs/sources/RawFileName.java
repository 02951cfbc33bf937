package org.flowlake.jobs.sources;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a raw file's path says, as nfcapd and nfpcapd name files: {@code
 * router1/2024/03/11/nfcapd.202403110715} is the file that {@code router1} began at 07:15.
 *
 * @param folder without the parts that are dates, which nfcapd's {@code -S} adds
 * @param time in the collector's zone; empty where the name has none
 */
record RawFileName(String folder, Optional<LocalDateTime> time) {
  private static final Pattern TIME = Pattern.compile("(?<!\\d)(\\d{12})(\\d{2})?(?!\\d)[^/]*$");
  private static final Pattern DATE_FOLDERS = Pattern.compile("(/\\d{1,4}(-\\d{2}-\\d{2})?)+$");
  private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuuMMddHHmm");
  private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

  static RawFileName of(String path) {
    int slash = path.lastIndexOf('/');
    String folder = DATE_FOLDERS.matcher(path.substring(0, Math.max(0, slash))).replaceFirst("");
    return new RawFileName(folder, time(path.substring(slash + 1)));
  }

  private static Optional<LocalDateTime> time(String name) {
    Matcher found = TIME.matcher(name);
    if (!found.find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          found.group(2) == null
              ? LocalDateTime.parse(found.group(1), MINUTES)
              : LocalDateTime.parse(found.group(1) + found.group(2), SECONDS));
    } catch (DateTimeException e) {
      // A number that is no time, such as a serial number.
      return Optional.empty();
    }
  }
}
