package org.flowlake.converters.lake;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.flowlake.converters.io.DamagePolicy;
import org.flowlake.converters.io.FlowFileInput;
import org.flowlake.converters.nfcapd.NfcapdExporter;
import org.flowlake.converters.nfcapd.NfcapdFile;
import org.flowlake.converters.nfcapd.NfcapdInspection;
import org.flowlake.converters.nfcapd.NfcapdSampler;
import org.flowlake.converters.source.FlowFileEntry;
import org.flowlake.converters.source.HadoopFlowFile;

/** Inspects one raw file: its hash, its totals, what its flows carry. */
final class SourceInspector {
  private static final int HASH_CHUNK_BYTES = 1 << 20;

  private SourceInspector() {}

  static InspectedSource inspect(FlowFileEntry entry, DamagePolicy damage, Configuration hadoop)
      throws IOException {
    FlowFileInput input = HadoopFlowFile.open(entry, hadoop);
    try (input) {
      String sha256 = sha256(input);
      NfcapdFile file = NfcapdFile.open(input, damage);
      NfcapdInspection inspection = file.inspect();
      return new InspectedSource(
          entry,
          sha256,
          "nfcapd",
          file.header().layout(),
          file.header().compression().name().toLowerCase(Locale.ROOT),
          file.ident(),
          inspection.exporters().stream().map(SourceInspector::exporter).toList(),
          inspection.samplers().stream().map(SourceInspector::sampler).toList(),
          inspection.names(),
          file.statistics(),
          inspection.totals(),
          inspection.records(),
          inspection.groups(),
          new TreeMap<>(inspection.skipped()),
          List.copyOf(inspection.differencesFrom(file.statistics())));
    }
  }

  private static InspectedSource.Exporter exporter(NfcapdExporter exporter) {
    return new InspectedSource.Exporter(
        exporter.sysid(),
        exporter.version(),
        exporter.address().map(Object::toString).orElse(null),
        exporter.id(),
        exporter.sequenceFailures(),
        exporter.packets(),
        exporter.flows());
  }

  private static InspectedSource.Sampler sampler(NfcapdSampler sampler) {
    return new InspectedSource.Sampler(
        sampler.exporter(),
        sampler.id(),
        sampler.algorithm(),
        sampler.packetInterval(),
        sampler.spaceInterval());
  }

  private static String sha256(FlowFileInput input) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
    byte[] chunk = new byte[(int) Math.min(HASH_CHUNK_BYTES, input.length())];
    for (long position = 0; position < input.length(); position += chunk.length) {
      int count = (int) Math.min(chunk.length, input.length() - position);
      input.readFully(position, chunk, 0, count);
      digest.update(chunk, 0, count);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
