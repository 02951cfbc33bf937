package org.flowlake.jobs.cases;

import java.util.Optional;

/** Questions that are not answered yet, and why; each is to go. */
final class UnsupportedCases {
  private UnsupportedCases() {}

  static Optional<String> reason(NfdumpCase asked) {
    if (asked.has("-b") || asked.has("-B")) {
      return Optional.of("biflows");
    }
    return Optional.empty();
  }
}
