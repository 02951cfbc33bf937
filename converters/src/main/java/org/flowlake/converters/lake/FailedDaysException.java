package org.flowlake.converters.lake;

import java.io.IOException;
import java.time.LocalDate;
import java.util.SortedMap;

/**
 * Days that could not be done, each with its reason, where others were: those stay done. The first
 * one's failure is the cause, the others' are suppressed ones.
 */
public final class FailedDaysException extends IOException {
  private static final long serialVersionUID = 1L;

  /** More reasons than this say nothing new. */
  private static final int MOST_NAMED = 10;

  FailedDaysException(SortedMap<LocalDate, Throwable> failures, int done, int notBegun) {
    super(message(failures, done, notBegun), failures.get(failures.firstKey()));
    failures.tailMap(failures.firstKey().plusDays(1)).values().forEach(this::addSuppressed);
  }

  private static String message(SortedMap<LocalDate, Throwable> failures, int done, int notBegun) {
    StringBuilder text = new StringBuilder();
    failures.entrySet().stream()
        .limit(MOST_NAMED)
        .forEach(
            failure ->
                text.append("Day ")
                    .append(failure.getKey())
                    .append(" stays as it was: ")
                    .append(LakeStorageException.rootReason(failure.getValue()))
                    .append('\n'));
    if (failures.size() > MOST_NAMED) {
      text.append("and ").append(failures.size() - MOST_NAMED).append(" more days\n");
    }
    text.append(done).append(" other days were compacted");
    if (notBegun > 0) {
      text.append(", ").append(notBegun).append(" not begun");
    }
    return text.append(". Run it again once the reason is gone.").toString();
  }
}
