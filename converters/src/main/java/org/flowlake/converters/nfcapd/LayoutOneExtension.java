package org.flowlake.converters.nfcapd;

/**
 * The optional extensions of a layout 1 flow record: number and bytes. A record has those of its
 * extension map, in the map's order and without headers.
 */
enum LayoutOneExtension {
  /** u16 input, u16 output. */
  INTERFACES_2(4, 4),
  /** u32 input, u32 output. */
  INTERFACES_4(5, 8),
  /** u16 source, u16 destination. */
  AS_2(6, 4),
  /** u32 source, u32 destination. */
  AS_4(7, 8),
  /** u8 destination ToS, u8 direction, u8 source mask, u8 destination mask. */
  MULTIPLE(8, 4),
  NEXT_HOP_V4(9, 4),
  NEXT_HOP_V6(10, 16),
  BGP_NEXT_HOP_V4(11, 4),
  BGP_NEXT_HOP_V6(12, 16),
  /** u16 source, u16 destination. */
  VLAN(13, 4),
  OUT_PACKETS_4(14, 4),
  OUT_PACKETS_8(15, 8),
  OUT_BYTES_4(16, 4),
  OUT_BYTES_8(17, 8),
  FLOWS_4(18, 4),
  FLOWS_8(19, 8),
  /** u64 in source, u64 out destination. */
  MAC_1(20, 16),
  /** u64 in destination, u64 out source. */
  MAC_2(21, 16),
  /** u32 label[10]. */
  MPLS(22, 40),
  EXPORTER_V4(23, 4),
  EXPORTER_V6(24, 16),
  /** u16, u8 engine type, u8 engine id. */
  ENGINE(25, 4),
  /** u32 next, u32 previous. */
  ADJACENT_AS(26, 8),
  /** u64 ms. */
  RECEIVED(27, 8),
  /** u64 event ms, u32 connection, u16 ICMP, u8 event, u8, u16 extended event, u16 group tag. */
  NSEL(37, 20),
  /** u16 source, u16 destination. */
  NAT_PORT(38, 4),
  /** u32 source, u32 destination. */
  NAT_V4(39, 8),
  /** u128 source, u128 destination. */
  NAT_V6(40, 32),
  /** u32 ingress[3], u32 egress[3]. */
  ACL(41, 24),
  USER(42, 24),
  LONG_USER(43, 72),
  /** u64 client, u64 server, u64 application. */
  LATENCY(45, 24),
  /** u8 event, u8, u16, u32 egress VRF, u32 ingress VRF. */
  NAT_EVENT(46, 12),
  /** u16 start, u16 end, u16 step, u16 size. */
  PORT_BLOCK(48, 8);

  /** Numbers of which nfdump 1.7.8 knows a size, be it 0. */
  static final int NUMBERS = 50;

  private static final LayoutOneExtension[] BY_NUMBER = new LayoutOneExtension[NUMBERS];

  static {
    for (LayoutOneExtension extension : values()) {
      BY_NUMBER[extension.number] = extension;
    }
  }

  private final int number;
  private final int bytes;

  LayoutOneExtension(int number, int bytes) {
    this.number = number;
    this.bytes = bytes;
  }

  int bytes() {
    return bytes;
  }

  /** Null for a number that stands for no bytes: required data and reserved numbers. */
  static LayoutOneExtension ofNumber(int number) {
    return BY_NUMBER[number];
  }
}
