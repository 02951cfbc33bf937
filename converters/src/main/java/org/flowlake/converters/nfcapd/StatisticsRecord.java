package org.flowlake.converters.nfcapd;

import org.flowlake.converters.flow.FlowStatistics;
import org.flowlake.converters.flow.FlowStatistics.Totals;
import org.flowlake.converters.io.LittleEndian;

/**
 * The totals that a writer leaves in its file: fifteen 64-bit counters, then times.
 *
 * <pre>
 *   0 flows, 8 bytes, 16 packets of all
 *  24 flows, 56 bytes, 88 packets: TCP, UDP, ICMP, other, 8 bytes each
 * layout 2 (144 bytes)                     layout 1 (136 bytes)
 * 120 u64 first seen, ms                   120 u32 first seen, s; 124 u32 last seen, s
 * 128 u64 last seen, ms                    128 u16 ms of first;   130 u16 ms of last
 * 136 u64 sequence failures                132 u32 sequence failures
 * </pre>
 */
final class StatisticsRecord {
  static final int LAYOUT_1_BYTES = 136;
  static final int LAYOUT_2_BYTES = 144;

  private StatisticsRecord() {}

  static FlowStatistics layoutOne(byte[] record, int at) {
    return of(
        record,
        at,
        LittleEndian.u32(record, at + 120) * 1000 + LittleEndian.u16(record, at + 128),
        LittleEndian.u32(record, at + 124) * 1000 + LittleEndian.u16(record, at + 130),
        LittleEndian.u32(record, at + 132));
  }

  static FlowStatistics layoutTwo(byte[] record, int at) {
    return of(
        record,
        at,
        LittleEndian.i64(record, at + 120),
        LittleEndian.i64(record, at + 128),
        LittleEndian.i64(record, at + 136));
  }

  /** Puts a layout 2 record at this place. */
  static void putLayoutTwo(byte[] record, int at, FlowStatistics statistics) {
    LittleEndian.putI64(record, at, statistics.all().flows());
    LittleEndian.putI64(record, at + 8, statistics.all().bytes());
    LittleEndian.putI64(record, at + 16, statistics.all().packets());
    putProtocol(record, at + 24, statistics.tcp());
    putProtocol(record, at + 32, statistics.udp());
    putProtocol(record, at + 40, statistics.icmp());
    putProtocol(record, at + 48, statistics.other());
    LittleEndian.putI64(record, at + 120, statistics.firstSeenMillis());
    LittleEndian.putI64(record, at + 128, statistics.lastSeenMillis());
    LittleEndian.putI64(record, at + 136, statistics.sequenceFailures());
  }

  private static void putProtocol(byte[] record, int at, Totals totals) {
    LittleEndian.putI64(record, at, totals.flows());
    LittleEndian.putI64(record, at + 32, totals.bytes());
    LittleEndian.putI64(record, at + 64, totals.packets());
  }

  private static FlowStatistics of(byte[] record, int at, long first, long last, long failures) {
    Totals all =
        new Totals(
            LittleEndian.i64(record, at),
            LittleEndian.i64(record, at + 16),
            LittleEndian.i64(record, at + 8));
    return new FlowStatistics(
        all,
        protocol(record, at + 24),
        protocol(record, at + 32),
        protocol(record, at + 40),
        protocol(record, at + 48),
        first,
        last,
        failures);
  }

  private static Totals protocol(byte[] record, int at) {
    return new Totals(
        LittleEndian.i64(record, at),
        LittleEndian.i64(record, at + 64),
        LittleEndian.i64(record, at + 32));
  }
}
