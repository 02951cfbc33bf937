package org.flowlake.converters.lake;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flowlake.converters.flow.FlowFieldGroup;
import org.flowlake.converters.flow.FlowStatistics;
import org.flowlake.converters.nfcapd.CollectorName;
import org.flowlake.converters.source.FlowFileEntry;
import org.flowlake.converters.source.SourceFile;
import org.flowlake.udfs.anonymize.CryptoPan;
import org.flowlake.udfs.ip.IpAddress;

/**
 * What one pass over a raw file found, before anything of it is written.
 *
 * @param sha256 of its bytes, lower-case hexadecimal: the identity of its content
 * @param names that exporters told for interfaces, VRFs and applications
 * @param stated totals of its own statistics record
 * @param decoded totals of the flows that were decoded, both directions together
 * @param flows number of flow records
 * @param groups the extensions that its flows carry
 * @param skipped how often each kind of thing was stepped over, by reason
 * @param differences what differs between stated and decoded, one sentence each; empty where equal
 */
record InspectedSource(
    FlowFileEntry file,
    String sha256,
    String format,
    int layout,
    String compression,
    String ident,
    List<Exporter> exporters,
    List<Sampler> samplers,
    List<CollectorName> names,
    FlowStatistics stated,
    FlowStatistics decoded,
    long flows,
    Set<FlowFieldGroup> groups,
    Map<String, Long> skipped,
    List<String> differences)
    implements Serializable {
  /**
   * The same with the exporters' addresses anonymised, and without names, which tell who is behind
   * an interface.
   */
  InspectedSource anonymized(CryptoPan cryptoPan) {
    return new InspectedSource(
        file,
        sha256,
        format,
        layout,
        compression,
        ident,
        exporters.stream().map(exporter -> exporter.anonymized(cryptoPan)).toList(),
        samplers,
        List.of(),
        stated,
        decoded,
        flows,
        groups,
        skipped,
        differences);
  }

  /**
   * What a task has to read.
   *
   * @param sourceId see {@link SourceFile}
   */
  SourceFile toConvert(int sourceId) {
    return new SourceFile(sourceId, flows, decoded.firstSeenMillis(), file);
  }

  /**
   * How an exporter samples, see {@link org.flowlake.converters.nfcapd.NfcapdSampler}.
   *
   * @param sysid of the exporter
   */
  record Sampler(int sysid, long id, int algorithm, long packetInterval, long spaceInterval)
      implements Serializable {}

  /**
   * An exporter that the file's flows came from.
   *
   * @param id engine (v5), source id (v9) or observation domain (IPFIX)
   * @param address as text; null where unknown
   */
  record Exporter(
      int sysid,
      long version,
      String address,
      long id,
      long sequenceFailures,
      long packets,
      long flows)
      implements Serializable {
    private Exporter anonymized(CryptoPan cryptoPan) {
      if (address == null) {
        return this;
      }
      IpAddress plain = IpAddress.parse(address);
      byte[] anonymous = cryptoPan.address(plain.toBytes(), plain.ipVersion());
      return new Exporter(
          sysid,
          version,
          IpAddress.text(anonymous, plain.ipVersion()),
          id,
          sequenceFailures,
          packets,
          flows);
    }
  }
}
