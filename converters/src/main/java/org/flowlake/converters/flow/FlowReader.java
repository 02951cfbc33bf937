package org.flowlake.converters.flow;

import java.io.Closeable;
import java.io.IOException;

/**
 * The wanted flows of one raw file, in file order: what every format decoder offers to the Spark
 * source above it.
 */
public interface FlowReader extends Closeable {
  /**
   * Appends the wanted flows of the next part of a block to the batch: one value for each of the
   * batch's fields, null where the record has none. A part has so few flows that their values stay
   * in the processor's cache until they are used; it may have none. The counts are those of a block
   * once its last part was read.
   *
   * @return false when the file is at its end; the batch is then unchanged
   * @throws org.flowlake.converters.io.CorruptFlowFileException on damage, where the policy is to
   *     fail; flows of earlier blocks have been delivered
   */
  boolean readPart(FlowBatch batch) throws IOException;

  /** As {@link #readPart}, all parts of the next block. */
  default boolean readBlock(FlowBatch batch) throws IOException {
    long before = counts().blocks();
    do {
      if (!readPart(batch)) {
        return false;
      }
    } while (counts().blocks() == before);
    return true;
  }

  /** What was read so far; the same object, counting on. */
  FlowReadCounts counts();
}
