package org.flowlake.converters.nfcapd;

import java.util.EnumSet;
import java.util.Set;
import org.flowlake.converters.flow.FlowFieldGroup;

/**
 * The extensions (elements) of a flow record, as nfdump 1.7.8 knows them: number, bytes of the
 * payload without its header of 4 (a second number: with the padding that writers add), and the
 * payload's layout. Numbers are little-endian; u128 addresses are two u64, upper half first; {@code
 * []} takes the rest of the element.
 */
enum NfcapdExtension {
  /**
   * u64 first ms, u64 last ms, u64 received ms, u64 packets, u64 bytes, u16 source port, u16
   * destination port, u8 protocol, u8 TCP flags, u8 forwarding status, u8 source ToS.
   */
  GENERIC_FLOW(1, 48, FlowFieldGroup.CORE),
  /** u32 source, u32 destination. */
  IPV4_FLOW(2, 8, FlowFieldGroup.CORE),
  /** u128 source, u128 destination. */
  IPV6_FLOW(3, 32, FlowFieldGroup.CORE),
  /** u32 input, u32 output, u8 source mask, u8 destination mask, u8 direction, u8 ToS, u8, u8. */
  FLOW_MISC(4, 16, FlowFieldGroup.MISC),
  /** u64 flows, u64 out packets, u64 out bytes. */
  COUNTERS(5, 24, FlowFieldGroup.COUNTERS),
  /** u32 source, u32 destination. */
  VLAN(6, 8, FlowFieldGroup.VLAN),
  /** u32 source, u32 destination. */
  AS(7, 8, FlowFieldGroup.AS),
  BGP_NEXT_HOP_V4(8, 4, FlowFieldGroup.BGP_NEXT_HOP),
  BGP_NEXT_HOP_V6(9, 16, FlowFieldGroup.BGP_NEXT_HOP),
  NEXT_HOP_V4(10, 4, FlowFieldGroup.NEXT_HOP),
  NEXT_HOP_V6(11, 16, FlowFieldGroup.NEXT_HOP),
  EXPORTER_V4(12, 4, FlowFieldGroup.EXPORTER_ADDRESS),
  EXPORTER_V6(13, 16, FlowFieldGroup.EXPORTER_ADDRESS),
  /** u32 label[10]. */
  MPLS(14, 40, FlowFieldGroup.MPLS),
  /** u64 in source, u64 out destination, u64 in destination, u64 out source. */
  MAC(15, 32, FlowFieldGroup.MAC),
  /** u32 next, u32 previous. */
  ADJACENT_AS(16, 8, FlowFieldGroup.ADJACENT_AS),
  /** u64 client, u64 server, u64 application, microseconds. */
  LATENCY(17, 24, FlowFieldGroup.LATENCY),
  /** u64 selector, u16 exporter; before 1.7.2 12 bytes: i32 id, u32 interval, u16 mode, u16. */
  SAMPLER(18, 12, 16, FlowFieldGroup.SAMPLER),
  /** u64 event ms, u32 connection, u16 extended event, u8 event. */
  NSEL(19, 16, FlowFieldGroup.NSEL),
  /** u32 source, u32 destination. */
  NAT_V4(20, 8, FlowFieldGroup.NAT_ADDRESS),
  /** u128 source, u128 destination. */
  NAT_V6(21, 32, FlowFieldGroup.NAT_ADDRESS),
  /** u16 source, u16 destination. */
  NAT_PORT(22, 4, FlowFieldGroup.NAT_PORT),
  /** u32 ingress[3], u32 egress[3]. */
  ACL(23, 24, FlowFieldGroup.ACL),
  /** char[66] name, zero-terminated, 2 bytes of padding. */
  USER(24, 68, FlowFieldGroup.USER),
  /** u64 event ms, u32 pool, u8 event; nfdump 1.7.0: u64, u32 VRF, u32 VRF, u32 pool, u8 event. */
  NAT_EVENT(25, 16, FlowFieldGroup.NAT_EVENT),
  /** u16 start, u16 end, u16 step, u16 size. */
  PORT_BLOCK(26, 8, FlowFieldGroup.PORT_BLOCK),
  APPLICATION(27, 0, FlowFieldGroup.APPLICATION),
  LABEL(28, 0, FlowFieldGroup.LABEL),
  IN_PAYLOAD(29, 0, FlowFieldGroup.IN_PAYLOAD),
  OUT_PAYLOAD(30, 0, FlowFieldGroup.OUT_PAYLOAD),
  /** u32 source, u32 destination, u32 protocol. */
  TUNNEL_V4(31, 12, FlowFieldGroup.TUNNEL),
  /** u128 source, u128 destination, u32 protocol. */
  TUNNEL_V6(32, 36, 40, FlowFieldGroup.TUNNEL),
  /** u64 point, u32 domain. */
  OBSERVATION(33, 12, 16, FlowFieldGroup.OBSERVATION),
  /** u16 frame size, u16 link type. */
  INMON_META(34, 4, FlowFieldGroup.INMON_META),
  INMON_FRAME(35, 0, FlowFieldGroup.INMON_FRAME),
  /** u32 egress, u32 ingress. */
  VRF(36, 8, FlowFieldGroup.VRF),
  /**
   * u8 action, u8 reason, u8 direction, u8 rewritten, u32 rule, u32 sub-rule, u32 user, u32
   * process, char[] interface.
   */
  PF(37, 20, FlowFieldGroup.PF),
  /**
   * u16 VLAN, u16 customer VLAN, u16 post VLAN, u16 post customer VLAN, u32 ingress, u32 egress,
   * u64 VXLAN, u16 Ethernet type, u8 IP version.
   */
  LAYER2(38, 27, 32, FlowFieldGroup.LAYER2),
  FLOW_ID(39, 8, FlowFieldGroup.FLOW_ID),
  /** u16 inside service, u16 outside service. */
  NOKIA_NAT(40, 4, FlowFieldGroup.NOKIA_NAT),
  NOKIA_NAT_STRING(41, 0, FlowFieldGroup.NOKIA_NAT_STRING),
  /** u8, u8 fragment flags, u8 smallest TTL, u8 largest TTL. */
  IP_INFO(42, 4, FlowFieldGroup.IP_INFO);

  /** Numbers from here on are unknown to nfdump 1.7.8. */
  static final int NUMBERS = 43;

  /** Bytes of an element's header: u16 number, u16 length with the header. */
  static final int HEADER_BYTES = 4;

  private static final NfcapdExtension[] BY_NUMBER = new NfcapdExtension[NUMBERS];
  private static final int[] PAYLOAD_BYTES = new int[NUMBERS];

  static {
    for (NfcapdExtension extension : values()) {
      BY_NUMBER[extension.number] = extension;
      PAYLOAD_BYTES[extension.number] = extension.payloadBytes;
    }
  }

  private final int number;
  private final int payloadBytes;
  private final int writtenBytes;
  private final FlowFieldGroup group;

  NfcapdExtension(int number, int payloadBytes, FlowFieldGroup group) {
    this(number, payloadBytes, payloadBytes, group);
  }

  NfcapdExtension(int number, int payloadBytes, int writtenBytes, FlowFieldGroup group) {
    this.number = number;
    this.payloadBytes = payloadBytes;
    this.writtenBytes = writtenBytes;
    this.group = group;
  }

  int number() {
    return number;
  }

  /** Payload bytes with values in them; at least so many must be there. */
  int payloadBytes() {
    return payloadBytes;
  }

  /** Payload bytes as nfdump 1.7.8 writes them, padding included; without a {@code []} part. */
  int writtenBytes() {
    return writtenBytes;
  }

  /** The payload bytes that the extension of this number needs at least. */
  static int payloadBytes(int number) {
    return PAYLOAD_BYTES[number];
  }

  static NfcapdExtension ofNumber(int number) {
    return BY_NUMBER[number];
  }

  /** The field groups that the extensions in this mask (bit n: extension n) fill. */
  static Set<FlowFieldGroup> groups(long mask) {
    EnumSet<FlowFieldGroup> groups = EnumSet.noneOf(FlowFieldGroup.class);
    for (NfcapdExtension extension : values()) {
      if ((mask >> extension.number & 1) != 0) {
        groups.add(extension.group);
      }
    }
    return groups;
  }
}
