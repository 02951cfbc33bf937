package org.flowlake.converters.nfcapd;

/**
 * How an exporter samples packets, as the collector learnt it. Where the collector applied it,
 * counters of the flows are scaled already, and their record_flags say so.
 *
 * @param exporter sysid of the exporter
 * @param id selector; -1 from a packet header, -2 and -3 set by the collector's options
 * @param algorithm selector algorithm (IPFIX 304), or sampling mode of v5
 * @param packetInterval packets taken in a row
 * @param spaceInterval packets then left out; one in (packet + space) / packet is seen
 */
public record NfcapdSampler(
    int exporter, long id, int algorithm, long packetInterval, long spaceInterval) {}
