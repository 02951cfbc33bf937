package org.flowlake.converters.nfcapd;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.flowlake.converters.io.LittleEndian;
import org.flowlake.udfs.ip.IpAddress;

/**
 * What a collector wrote about its exporters between the flows.
 *
 * <pre>
 * exporter (7), 32 bytes: 4 u32 version; 8 address; 24 u16 family; 26 u16 sysid; 28 u32 id
 *   address: family 0 (since 1.7.8): 16 bytes in network order; else two u64, IPv4 in the second
 * exporter statistics (8): 4 u32 n; 8 n * { u32 sysid, u32 failures, u64 packets, u64 flows }
 * legacy sampler (9), 16 bytes: 4 i32 id; 8 u32 interval; 12 u16 mode; 14 u16 exporter
 * sampler (15), 24 bytes: 4 u16 exporter; 6 u16 algorithm; 8 i64 id; 16 u32 packets; 20 u32 space
 * </pre>
 *
 * Records of other sizes are left out: they tell nothing about flows.
 */
final class CollectorRecords implements RecordListener {
  private static final int EXPORTER_BYTES = 32;
  private static final int STATISTIC_BYTES = 24;
  private static final int LEGACY_SAMPLER_BYTES = 16;
  private static final int SAMPLER_BYTES = 24;
  static final int AF_INET = 2;

  private final Map<Integer, NfcapdExporter> exporters = new TreeMap<>();
  private final Set<NfcapdSampler> samplers = new LinkedHashSet<>();

  List<NfcapdExporter> exporters() {
    return List.copyOf(exporters.values());
  }

  List<NfcapdSampler> samplers() {
    return new ArrayList<>(samplers);
  }

  @Override
  public void record(int type, byte[] bytes, int start, int size) {
    switch (type) {
      case RecordWalk.EXPORTER -> {
        if (size >= EXPORTER_BYTES) {
          exporter(bytes, start);
        }
      }
      case RecordWalk.EXPORTER_STATISTICS -> statistics(bytes, start, size);
      case RecordWalk.LEGACY_SAMPLER -> {
        if (size >= LEGACY_SAMPLER_BYTES) {
          legacySampler(bytes, start);
        }
      }
      case RecordWalk.SAMPLER -> {
        if (size >= SAMPLER_BYTES) {
          samplers.add(
              new NfcapdSampler(
                  LittleEndian.u16(bytes, start + 4),
                  LittleEndian.i64(bytes, start + 8),
                  LittleEndian.u16(bytes, start + 6),
                  LittleEndian.u32(bytes, start + 16),
                  LittleEndian.u32(bytes, start + 20)));
        }
      }
      default -> {}
    }
  }

  private void exporter(byte[] bytes, int start) {
    int sysid = LittleEndian.u16(bytes, start + 26);
    int family = LittleEndian.u16(bytes, start + 24);
    byte[] address = new byte[IpAddress.BYTES];
    boolean ipv4 = family == AF_INET;
    if (family == 0) {
      System.arraycopy(bytes, start + 8, address, 0, IpAddress.BYTES);
      ipv4 = IpAddress.isMappedIpv4(address);
    } else {
      for (int i = 0; i < 8; i++) {
        address[7 - i] = bytes[start + 8 + i];
        address[15 - i] = bytes[start + 16 + i];
      }
      if (ipv4) {
        address[10] = (byte) 0xFF;
        address[11] = (byte) 0xFF;
      }
    }
    if (ipv4 && !IpAddress.isMappedIpv4(address)) {
      return;
    }
    exporters.put(
        sysid,
        exporters
            .getOrDefault(sysid, NfcapdExporter.unknown(sysid))
            .withInfo(
                LittleEndian.u32(bytes, start + 4),
                IpAddress.of(address, ipv4 ? 4 : 6),
                LittleEndian.u32(bytes, start + 28)));
  }

  private void statistics(byte[] bytes, int start, int size) {
    for (int at = start + 8; at + STATISTIC_BYTES <= start + size; at += STATISTIC_BYTES) {
      int sysid = LittleEndian.i32(bytes, at);
      exporters.put(
          sysid,
          exporters
              .getOrDefault(sysid, NfcapdExporter.unknown(sysid))
              .plus(
                  LittleEndian.u32(bytes, at + 4),
                  LittleEndian.i64(bytes, at + 8),
                  LittleEndian.i64(bytes, at + 16)));
    }
  }

  private void legacySampler(byte[] bytes, int start) {
    samplers.add(
        new NfcapdSampler(
            LittleEndian.u16(bytes, start + 14),
            LittleEndian.i32(bytes, start + 4),
            LittleEndian.u16(bytes, start + 12),
            1,
            LittleEndian.u32(bytes, start + 8) - 1));
  }
}
