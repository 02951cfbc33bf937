package org.flowlake.jobs.question;

/** Smallest or greatest value first. */
public enum SortDirection {
  ASCENDING,
  DESCENDING;

  /**
   * nfdump's suffix of an order: {@code a} or {@code d}.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static SortDirection ofSuffix(String suffix) {
    if (suffix.startsWith("a")) {
      return ASCENDING;
    }
    if (suffix.startsWith("d")) {
      return DESCENDING;
    }
    throw new IllegalArgumentException(
        "Invalid direction '" + suffix + "'. Use a for ascending or d for descending");
  }
}
