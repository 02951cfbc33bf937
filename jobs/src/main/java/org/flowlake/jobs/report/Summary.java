package org.flowlake.jobs.report;

import java.util.Optional;
import java.util.OptionalLong;
import org.flowlake.jobs.question.FlowCounters;
import org.flowlake.jobs.question.TimeSpan;

/**
 * What the closing lines say.
 *
 * @param totals of all flows that passed, whether they are printed or not
 * @param window the time that the searched files span; empty where unknown
 * @param bytesRead nfdump's count of the searched blocks' bytes; empty where the source has no
 *     blocks
 */
public record Summary(FlowCounters totals, Optional<TimeSpan> window, OptionalLong bytesRead) {}
