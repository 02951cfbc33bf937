package org.flowlake.jobs.cli;

import java.util.Optional;
import org.flowlake.jobs.question.QuestionException;
import picocli.CommandLine.Option;

/** How many rows of a list, and in which order. */
final class ListOptions {
  @Option(
      names = "--order",
      paramLabel = "ORDER[:a|:d]",
      description = "Sort by flows, packets, bytes, tstart, …, as with -O of dump.")
  private String order;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "0",
      description = "So many rows at the most, the first of the order; 0 (default): all.")
  private int limit;

  Optional<String> order() {
    return Optional.ofNullable(order);
  }

  /** 0 for all. */
  int limit() {
    if (limit < 0) {
      throw new QuestionException("--limit is " + limit + "; expected 0 (all) or more");
    }
    return limit;
  }
}
