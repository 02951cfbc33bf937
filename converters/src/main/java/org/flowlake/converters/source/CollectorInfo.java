package org.flowlake.converters.source;

import java.util.List;
import org.flowlake.converters.nfcapd.NfcapdExporter;
import org.flowlake.converters.nfcapd.NfcapdSampler;
import org.flowlake.udfs.anonymize.CryptoPan;

/**
 * What collectors recorded beside the flows.
 *
 * @param exporters that sent the flows; flows name them by {@code exporter_id}
 * @param samplers how they sampled
 * @param ident name of the collector; "" for none
 */
public record CollectorInfo(
    List<NfcapdExporter> exporters, List<NfcapdSampler> samplers, String ident) {
  /** Of flows of which nothing more is known. */
  public static final CollectorInfo NONE = new CollectorInfo(List.of(), List.of(), "");

  public CollectorInfo {
    exporters = List.copyOf(exporters);
    samplers = List.copyOf(samplers);
  }

  /** The same with the exporters' addresses anonymised; the ident stays. */
  CollectorInfo anonymized(CryptoPan cryptoPan) {
    return new CollectorInfo(
        exporters.stream().map(exporter -> exporter.anonymized(cryptoPan)).toList(),
        samplers,
        ident);
  }
}
