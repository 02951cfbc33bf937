package org.flowlake.converters.flow;

import java.io.Closeable;
import java.io.IOException;

/**
 * The flows of one raw file, block by block, in file order: what every format decoder offers to the
 * Spark source above it.
 */
public interface FlowReader extends Closeable {
  /**
   * Appends the flows of the next block to the batch: one value for each of the batch's fields,
   * null where the record has none. A block may hold no flow.
   *
   * @return false when the file is at its end; the batch is then unchanged
   * @throws org.flowlake.converters.io.CorruptFlowFileException on damage, where the policy is to
   *     fail; flows of earlier blocks have been delivered
   */
  boolean readBlock(FlowBatch batch) throws IOException;

  /** What was read so far; the same object, counting on. */
  FlowReadCounts counts();
}
