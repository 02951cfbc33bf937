package org.flowlake.converters.flow;

import java.io.Closeable;
import java.io.IOException;

/** One opened raw file of any format. */
public interface FlowFile extends Closeable {
  /**
   * The totals that the file itself states, without reading its flows; {@link FlowStatistics#NONE}
   * where it states none.
   */
  FlowStatistics statistics() throws IOException;

  /**
   * Starts to read its flows.
   *
   * @param sourceId the value of {@link FlowField#SOURCE_ID} in every flow
   */
  default FlowReader flows(int sourceId) throws IOException {
    return flows(sourceId, FlowFilter.ALL);
  }

  /**
   * Starts to read some of its flows.
   *
   * @param sourceId as above
   * @param filter says which ones; batches that are read into must have its fields
   */
  FlowReader flows(int sourceId, FlowFilter filter) throws IOException;
}
