package org.flowlake.converters.source;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowFile;
import org.flowlake.converters.io.CorruptFlowFileException;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.UnsupportedFlowFormatException;

/**
 * What every task of a scan has to know.
 *
 * @param fields the columns of the rows, in order
 * @param filter the pushed filter
 */
record FlowScanPlan(
    FlowFormat format, List<FlowField> fields, FlowPredicate filter, DamagePolicy damage)
    implements Serializable {
  /**
   * Opens a file; empty, and counted, where it cannot be opened as what it should be and the policy
   * is to step over damage.
   */
  Optional<FlowFile> openOrSkip(SourceFile entry, Configuration hadoop, FlowMetrics metrics)
      throws IOException {
    try {
      return Optional.of(format.open(entry.file(), hadoop, damage));
    } catch (CorruptFlowFileException | UnsupportedFlowFormatException e) {
      if (damage == DamagePolicy.FAIL) {
        throw e;
      }
      metrics.skipFile();
      return Optional.empty();
    }
  }
}
