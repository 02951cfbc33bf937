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
    String lake,
    List<String> inputs,
    DamagePolicy damage,
    MismatchPolicy mismatch,
    ConversionScope scope) {

  /** What to do with a file whose decoded totals differ from its own statistics record. */
  public enum MismatchPolicy {
    /** Convert nothing of the file's batch. */
    FAIL,
    /** Convert what was decoded; the ledger keeps both figures. */
    ACCEPT
  }

  /** A request for all files that the inputs name. */
  public ConversionRequest(
      String lake, List<String> inputs, DamagePolicy damage, MismatchPolicy mismatch) {
    this(lake, inputs, damage, mismatch, ConversionScope.ALL);
  }

  public ConversionRequest {
    inputs = List.copyOf(inputs);
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("No input: name files, folders or globs to convert");
    }
  }
}
