package org.flowlake.jobs.question;

/**
 * A span of time.
 *
 * @param firstMillis its start, milliseconds since 1970-01-01 UTC
 * @param lastMillis its end
 */
public record TimeSpan(long firstMillis, long lastMillis) {
  /** The span that holds both. */
  public TimeSpan union(TimeSpan other) {
    return new TimeSpan(
        Math.min(firstMillis, other.firstMillis), Math.max(lastMillis, other.lastMillis));
  }
}
