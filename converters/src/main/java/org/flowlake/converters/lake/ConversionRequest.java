package org.flowlake.converters.lake;

import java.util.List;
import java.util.Optional;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.source.AnonymizedFormat;
import org.flowlake.converters.source.FlowFormat;
import org.flowlake.converters.source.NfcapdFormat;
import org.flowlake.udfs.anonymize.Anonymization;

/**
 * What to convert, and how to treat files that are not as they should be.
 *
 * @param lake location of the lake, see {@link FlowLake}; made if it does not exist
 * @param inputs files, folders or globs
 * @param scope which of these files this run takes
 * @param anonymization how addresses are anonymised before anything is written; empty: not at all
 */
public record ConversionRequest(
    String lake,
    List<String> inputs,
    DamagePolicy damage,
    MismatchPolicy mismatch,
    ConversionScope scope,
    Optional<Anonymization> anonymization) {

  /** What to do with a file whose decoded totals differ from its own statistics record. */
  public enum MismatchPolicy {
    /** Convert nothing of the file's batch. */
    FAIL,
    /** Convert what was decoded; the ledger keeps both figures. */
    ACCEPT
  }

  /** A request for all files that the inputs name, which leaves addresses as they are. */
  public ConversionRequest(
      String lake, List<String> inputs, DamagePolicy damage, MismatchPolicy mismatch) {
    this(lake, inputs, damage, mismatch, ConversionScope.ALL, Optional.empty());
  }

  public ConversionRequest {
    inputs = List.copyOf(inputs);
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("No input: name files, folders or globs to convert");
    }
  }

  /** How raw files become flows. */
  FlowFormat format() {
    return AnonymizedFormat.of(new NfcapdFormat(), anonymization);
  }
}
