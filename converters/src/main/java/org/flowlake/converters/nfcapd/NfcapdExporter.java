package org.flowlake.converters.nfcapd;

import java.util.Optional;
import org.flowlake.udfs.anonymize.CryptoPan;
import org.flowlake.udfs.ip.IpAddress;

/**
 * A device that sent flows to the collector, as the collector recorded it.
 *
 * @param sysid the collector's number for it within the file; flows name it as exporter_id
 * @param version export protocol: 1, 5, 9, 10 (IPFIX) or 9999 (sFlow); 0 where only counts are
 *     known
 * @param address where its packets came from; empty where only counts are known
 * @param id v5 engine, v9 source ID or IPFIX observation domain
 * @param sequenceFailures gaps in its sequence numbers
 * @param packets export packets received
 * @param flows flow records received
 */
public record NfcapdExporter(
    int sysid,
    long version,
    Optional<IpAddress> address,
    long id,
    long sequenceFailures,
    long packets,
    long flows) {

  static NfcapdExporter unknown(int sysid) {
    return new NfcapdExporter(sysid, 0, Optional.empty(), 0, 0, 0, 0);
  }

  NfcapdExporter withInfo(long infoVersion, IpAddress infoAddress, long infoId) {
    return new NfcapdExporter(
        sysid, infoVersion, Optional.of(infoAddress), infoId, sequenceFailures, packets, flows);
  }

  /** The exporter itself, without what the collector counted of it. */
  public NfcapdExporter withoutCounts() {
    return new NfcapdExporter(sysid, version, address, id, 0, 0, 0);
  }

  /** The same exporter under its anonymous address. */
  public NfcapdExporter anonymized(CryptoPan cryptoPan) {
    return new NfcapdExporter(
        sysid,
        version,
        address.map(plain -> anonymous(plain, cryptoPan)),
        id,
        sequenceFailures,
        packets,
        flows);
  }

  private static IpAddress anonymous(IpAddress plain, CryptoPan cryptoPan) {
    byte[] bytes = cryptoPan.address(plain.toBytes(), plain.ipVersion());
    return IpAddress.parse(IpAddress.text(bytes, plain.ipVersion()));
  }

  NfcapdExporter plus(long moreFailures, long morePackets, long moreFlows) {
    return new NfcapdExporter(
        sysid,
        version,
        address,
        id,
        sequenceFailures + moreFailures,
        packets + morePackets,
        flows + moreFlows);
  }
}
