package org.flowlake.converters.nfcapd;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.flowlake.converters.io.LittleEndian;

/**
 * Rewrites flow records of layout 1 as layout 2 records, the way nfdump 1.7.8 does it on reading:
 * one decoder then serves both, and the rewritten size is what nfdump counts as bytes read.
 *
 * <pre>
 *  0 u16 type 10, u16 size          16 u32 last s             24 u16 source port
 *  4 u8 flags, u8 export version    20 u8 forwarding status   26 u16 destination port
 *  6 u16 extension map              21 u8 TCP flags           28 u16 exporter
 *  8 u16 first ms, u16 last ms      22 u8 protocol            30 u8 biflow direction
 * 12 u32 first s                    23 u8 source ToS          31 u8 end reason
 * 32 addresses: 2 u32, or 2 u128 with flag 1; packets: u32, or u64 with flag 2; bytes: u32, or u64
 *    with flag 4; then the extensions of the map
 * </pre>
 *
 * <p>As in nfdump 1.7.8, export version and flags of the old record are not carried over.
 */
final class LayoutOneConverter {
  private static final int COMMON_BYTES = 32;
  private static final int FLAG_IPV6 = 1;
  private static final int FLAG_PACKETS_64 = 2;
  private static final int FLAG_BYTES_64 = 4;

  /** nfdump 1.7.8 refuses larger ones. */
  private static final int RECORD_LIMIT = 2048;

  /** More than a record of that size can become. */
  private static final int CONVERTED_LIMIT = 6 * RECORD_LIMIT;

  private static final int LONGEST_USER = 65;

  private final Map<Integer, LayoutOneMap> maps = new HashMap<>();
  private final byte[] out = new byte[128 << 10];
  private int end;
  private int record;
  private int misc;
  private int mac;
  private long input;
  private long output;
  private long flows;
  private long outPackets;
  private long outBytes;

  /** Forgets the converted records, not the maps. */
  void restart() {
    end = 0;
  }

  /** Whether there may be no room for one more record. */
  boolean full() {
    return end > out.length - CONVERTED_LIMIT;
  }

  /** Holds the converted records. */
  byte[] bytes() {
    return out;
  }

  /** Where the last converted record ends. */
  int end() {
    return end;
  }

  void addMap(byte[] in, int start, int size) throws DamagedBlockException {
    LayoutOneMap map = LayoutOneMap.read(in, start, size);
    maps.put(map.map(), map);
  }

  /**
   * Appends the converted record.
   *
   * @return where it begins in {@link #bytes()}
   */
  int convert(byte[] in, int start, int size) throws DamagedBlockException {
    if (size < COMMON_BYTES || size > RECORD_LIMIT) {
      throw new DamagedBlockException(
          "flow record of " + size + " bytes, expected " + COMMON_BYTES + " to " + RECORD_LIMIT);
    }
    LayoutOneMap map = maps.get(LittleEndian.u16(in, start + 6));
    if (map == null) {
      throw new DamagedBlockException(
          "flow record of extension map "
              + LittleEndian.u16(in, start + 6)
              + ", which was not defined before");
    }
    int flags = LittleEndian.u8(in, start + 4);
    int needed = COMMON_BYTES + requiredBytes(flags) + map.bytes();
    if (size < needed) {
      throw new DamagedBlockException(
          "flow record of " + size + " bytes, its extension map needs " + needed);
    }
    begin(in, start);
    int at = required(in, start, flags);
    for (LayoutOneExtension extension : map.extensions()) {
      extension(extension, in, start, at);
      at += extension.bytes();
    }
    finish();
    return record;
  }

  private static int requiredBytes(int flags) {
    return ((flags & FLAG_IPV6) != 0 ? 32 : 8)
        + ((flags & FLAG_PACKETS_64) != 0 ? 8 : 4)
        + ((flags & FLAG_BYTES_64) != 0 ? 8 : 4);
  }

  private void begin(byte[] in, int start) {
    record = end;
    end += FlowRows.RECORD_HEADER_BYTES;
    Arrays.fill(out, record, end, (byte) 0);
    LittleEndian.putU16(out, record, RecordWalk.FLOW);
    LittleEndian.putU16(out, record + 8, LittleEndian.u16(in, start + 28));
    misc = 0;
    mac = 0;
    input = 0;
    output = 0;
    flows = 0;
    outPackets = 0;
    outBytes = 0;
  }

  /** Common part, addresses and counters; returns where the extensions begin. */
  private int required(byte[] in, int start, int flags) {
    int generic = push(NfcapdExtension.GENERIC_FLOW);
    LittleEndian.putI64(
        out, generic, LittleEndian.u32(in, start + 12) * 1000 + LittleEndian.u16(in, start + 8));
    LittleEndian.putI64(
        out,
        generic + 8,
        LittleEndian.u32(in, start + 16) * 1000 + LittleEndian.u16(in, start + 10));
    System.arraycopy(in, start + 24, out, generic + 40, 4);
    out[generic + 44] = in[start + 22];
    out[generic + 45] = in[start + 21];
    out[generic + 46] = in[start + 20];
    out[generic + 47] = in[start + 23];
    int at = start + COMMON_BYTES;
    at =
        copy(
            (flags & FLAG_IPV6) != 0 ? NfcapdExtension.IPV6_FLOW : NfcapdExtension.IPV4_FLOW,
            in,
            at);
    boolean longPackets = (flags & FLAG_PACKETS_64) != 0;
    LittleEndian.putI64(out, generic + 24, number(in, at, longPackets));
    at += longPackets ? 8 : 4;
    boolean longBytes = (flags & FLAG_BYTES_64) != 0;
    LittleEndian.putI64(out, generic + 32, number(in, at, longBytes));
    return at + (longBytes ? 8 : 4);
  }

  private static long number(byte[] in, int at, boolean wide) {
    return wide ? LittleEndian.i64(in, at) : LittleEndian.u32(in, at);
  }

  private void extension(LayoutOneExtension extension, byte[] in, int start, int at) {
    switch (extension) {
      case INTERFACES_2 -> {
        input = LittleEndian.u16(in, at);
        output = LittleEndian.u16(in, at + 2);
      }
      case INTERFACES_4 -> {
        input = LittleEndian.u32(in, at);
        output = LittleEndian.u32(in, at + 4);
      }
      case AS_2 -> widen(NfcapdExtension.AS, in, at);
      case AS_4 -> copy(NfcapdExtension.AS, in, at);
      case MULTIPLE -> {
        misc = push(NfcapdExtension.FLOW_MISC);
        out[misc + 8] = in[at + 2];
        out[misc + 9] = in[at + 3];
        out[misc + 10] = in[at + 1];
        out[misc + 11] = in[at];
        out[misc + 12] = in[start + 30];
        out[misc + 13] = in[start + 31];
      }
      case NEXT_HOP_V4 -> copy(NfcapdExtension.NEXT_HOP_V4, in, at);
      case NEXT_HOP_V6 -> copy(NfcapdExtension.NEXT_HOP_V6, in, at);
      case BGP_NEXT_HOP_V4 -> copy(NfcapdExtension.BGP_NEXT_HOP_V4, in, at);
      case BGP_NEXT_HOP_V6 -> copy(NfcapdExtension.BGP_NEXT_HOP_V6, in, at);
      case VLAN -> widen(NfcapdExtension.VLAN, in, at);
      case OUT_PACKETS_4 -> outPackets = LittleEndian.u32(in, at);
      case OUT_PACKETS_8 -> outPackets = LittleEndian.i64(in, at);
      case OUT_BYTES_4 -> outBytes = LittleEndian.u32(in, at);
      case OUT_BYTES_8 -> outBytes = LittleEndian.i64(in, at);
      case FLOWS_4 -> flows = LittleEndian.u32(in, at);
      case FLOWS_8 -> flows = LittleEndian.i64(in, at);
      case MAC_1 -> System.arraycopy(in, at, out, macExtension(), 16);
      case MAC_2 -> System.arraycopy(in, at, out, macExtension() + 16, 16);
      case MPLS -> copy(NfcapdExtension.MPLS, in, at);
      case EXPORTER_V4 -> copy(NfcapdExtension.EXPORTER_V4, in, at);
      case EXPORTER_V6 -> copy(NfcapdExtension.EXPORTER_V6, in, at);
      case ENGINE -> {
        out[record + 6] = in[at + 2];
        out[record + 7] = in[at + 3];
      }
      case ADJACENT_AS -> copy(NfcapdExtension.ADJACENT_AS, in, at);
      case RECEIVED -> System.arraycopy(in, at, out, generic() + 16, 8);
      case NSEL -> nsel(in, at);
      case NAT_PORT -> copy(NfcapdExtension.NAT_PORT, in, at);
      case NAT_V4 -> copy(NfcapdExtension.NAT_V4, in, at);
      case NAT_V6 -> copy(NfcapdExtension.NAT_V6, in, at);
      case ACL -> copy(NfcapdExtension.ACL, in, at);
      case USER, LONG_USER -> {
        int user = push(NfcapdExtension.USER);
        System.arraycopy(in, at, out, user, Math.min(extension.bytes(), LONGEST_USER));
      }
      case LATENCY -> copy(NfcapdExtension.LATENCY, in, at);
      case NAT_EVENT -> {
        int event = push(NfcapdExtension.NAT_EVENT);
        out[event + 12] = in[at];
        copy(NfcapdExtension.VRF, in, at + 4);
      }
      case PORT_BLOCK -> portBlock(in, at);
    }
  }

  private void nsel(byte[] in, int at) {
    int nsel = push(NfcapdExtension.NSEL);
    System.arraycopy(in, at, out, nsel, 12);
    System.arraycopy(in, at + 16, out, nsel + 12, 2);
    out[nsel + 14] = in[at + 14];
    System.arraycopy(in, at + 12, out, generic() + 42, 2);
  }

  private void portBlock(byte[] in, int at) {
    int block = push(NfcapdExtension.PORT_BLOCK);
    System.arraycopy(in, at, out, block, 8);
    int size = LittleEndian.u16(in, at + 6);
    if (LittleEndian.u16(in, at + 2) == 0 && size != 0) {
      LittleEndian.putU16(out, block + 2, LittleEndian.u16(in, at) + size - 1);
    }
  }

  private void finish() {
    if (outPackets != 0 || outBytes != 0 || flows != 0) {
      int counters = push(NfcapdExtension.COUNTERS);
      LittleEndian.putI64(out, counters, flows);
      LittleEndian.putI64(out, counters + 8, outPackets);
      LittleEndian.putI64(out, counters + 16, outBytes);
    }
    if (input != 0 || output != 0) {
      int at = misc != 0 ? misc : push(NfcapdExtension.FLOW_MISC);
      LittleEndian.putI32(out, at, (int) input);
      LittleEndian.putI32(out, at + 4, (int) output);
    }
    LittleEndian.putU16(out, record + 2, end - record);
  }

  /** The generic flow is always the first element. */
  private int generic() {
    return record + FlowRows.RECORD_HEADER_BYTES + NfcapdExtension.HEADER_BYTES;
  }

  private int macExtension() {
    if (mac == 0) {
      mac = push(NfcapdExtension.MAC);
    }
    return mac;
  }

  /** Two u16 become two u32. */
  private void widen(NfcapdExtension extension, byte[] in, int at) {
    int payload = push(extension);
    LittleEndian.putI32(out, payload, LittleEndian.u16(in, at));
    LittleEndian.putI32(out, payload + 4, LittleEndian.u16(in, at + 2));
  }

  /** The same layout in both; returns where the input goes on. */
  private int copy(NfcapdExtension extension, byte[] in, int at) {
    System.arraycopy(in, at, out, push(extension), extension.payloadBytes());
    return at + extension.payloadBytes();
  }

  /** Adds an element of zeros and returns where its payload begins. */
  private int push(NfcapdExtension extension) {
    int length = NfcapdExtension.HEADER_BYTES + extension.payloadBytes();
    Arrays.fill(out, end, end + length, (byte) 0);
    LittleEndian.putU16(out, end, extension.number());
    LittleEndian.putU16(out, end + 2, length);
    LittleEndian.putU16(out, record + 4, LittleEndian.u16(out, record + 4) + 1);
    end += length;
    return end - extension.payloadBytes();
  }
}
