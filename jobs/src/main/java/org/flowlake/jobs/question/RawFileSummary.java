package org.flowlake.jobs.question;

import java.io.Serializable;
import org.flowlake.converters.flow.FlowStatistics;

/**
 * What one raw file states of itself.
 *
 * @param sourceId the value of {@code source_id} in its flows
 * @param path where it lies, or lay when it was converted
 * @param ident name of its collector; "" where it has none
 * @param stated its statistics record
 */
public record RawFileSummary(long sourceId, String path, String ident, FlowStatistics stated)
    implements Serializable {}
