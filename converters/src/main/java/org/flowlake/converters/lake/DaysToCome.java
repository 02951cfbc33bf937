package org.flowlake.converters.lake;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flowlake.converters.source.SourceFile;

/** Which days' flows are still to come, for a task that goes through its files in order. */
final class DaysToCome {
  /** By file: the first day of it and of those after it, days since 1970-01-01 UTC. */
  private final long[] first;

  private final List<SourceFile> sources;

  DaysToCome(List<SourceFile> sources) {
    this.sources = sources;
    first = new long[sources.size() + 1];
    first[sources.size()] = Long.MAX_VALUE;
    for (int i = sources.size() - 1; i >= 0; i--) {
      long day = Math.floorDiv(sources.get(i).firstSeenMillis(), TimeUnit.DAYS.toMillis(1));
      first[i] = Math.min(day, first[i + 1]);
    }
  }

  /** About so many flows are there at once, if they are let go as soon as no day of them comes. */
  int mostFlows() {
    long most = 0;
    long flows = 0;
    for (int i = 0; i < sources.size(); i++) {
      flows += sources.get(i).flows();
      if (first[i + 1] > first[i] || i == sources.size() - 1) {
        most = Math.max(most, flows);
        // What is left of a file that has begun the next day is no more than the file.
        flows = sources.get(i).flows();
      }
    }
    return Math.toIntExact(most);
  }

  /** The first day that so many files leave to come; {@link Long#MAX_VALUE} after the last. */
  long firstAfter(int files) {
    return first[files];
  }
}
