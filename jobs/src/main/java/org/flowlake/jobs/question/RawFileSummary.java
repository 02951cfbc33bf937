package org.flowlake.jobs.question;

import java.io.Serializable;
import java.util.List;
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
    implements Serializable {
  /** The ident of the last of these files, which nfdump gives to what it writes; "" for none. */
  public static String lastIdent(List<RawFileSummary> files) {
    return files.isEmpty() ? "" : files.get(files.size() - 1).ident();
  }
}
