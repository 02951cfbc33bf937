package org.flowlake.jobs.cases;

import java.util.Locale;
import java.util.Optional;

/** Questions that are not answered yet, and why; each is to go. */
final class UnsupportedCases {
  private UnsupportedCases() {}

  static Optional<String> reason(NfdumpCase asked) {
    if (asked.has("-I")) {
      return Optional.of("statistics of files");
    }
    if (asked.has("-o") && asked.optionValue("-o").toLowerCase(Locale.ROOT).contains("json")) {
      return Optional.of("JSON");
    }
    if (asked.filter().startsWith("payload ssl")) {
      return Optional.of("TLS inside payloads");
    }
    return Optional.empty();
  }
}
