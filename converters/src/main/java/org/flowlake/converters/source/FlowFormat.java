package org.flowlake.converters.source;

import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.flowlake.converters.flow.FlowFile;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.FlowFileInput;

/** What a raw format offers to the shared connector; implementations travel to the executors. */
public interface FlowFormat extends Serializable {
  /**
   * Opens a file of this format.
   *
   * @throws org.flowlake.converters.io.UnsupportedFlowFormatException if the file is of another one
   * @throws org.flowlake.converters.io.CorruptFlowFileException if its head is damaged
   */
  FlowFile open(FlowFileInput input, DamagePolicy policy) throws IOException;

  /** Opens the file where it lies; if it is refused nothing stays open. */
  default FlowFile open(FlowFileEntry entry, Configuration hadoop, DamagePolicy policy)
      throws IOException {
    FlowFileInput input = HadoopFlowFile.open(entry, hadoop);
    try {
      return open(input, policy);
    } catch (IOException | RuntimeException e) {
      input.close();
      throw e;
    }
  }
}
