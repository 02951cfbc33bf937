package org.flowlake.converters.lake;

import java.util.List;
import org.flowlake.converters.io.DamagePolicy;

/**
 * What to convert, and how to treat files that are not as they should be.
 *
 * @param lake location of the lake, see {@link FlowLake}; made if it does not exist
 * @param inputs files, folders or globs
 */
public record ConversionRequest(
    String lake, List<String> inputs, DamagePolicy damage, MismatchPolicy mismatch) {

  /** What to do with a file whose decoded totals differ from its own statistics record. */
  public enum MismatchPolicy {
    /** Convert nothing of this run. */
    FAIL,
    /** Convert what was decoded; the ledger keeps both figures. */
    ACCEPT
  }

  public ConversionRequest {
    inputs = List.copyOf(inputs);
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("No input: name files, folders or globs to convert");
    }
  }
}
