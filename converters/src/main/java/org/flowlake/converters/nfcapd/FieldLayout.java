package org.flowlake.converters.nfcapd;

import static org.flowlake.converters.nfcapd.FieldLayout.Kind.ADDRESS;
import static org.flowlake.converters.nfcapd.FieldLayout.Kind.BYTES;
import static org.flowlake.converters.nfcapd.FieldLayout.Kind.I64;
import static org.flowlake.converters.nfcapd.FieldLayout.Kind.MAC48;
import static org.flowlake.converters.nfcapd.FieldLayout.Kind.MILLIS;
import static org.flowlake.converters.nfcapd.FieldLayout.Kind.TEXT;
import static org.flowlake.converters.nfcapd.FieldLayout.Kind.U16;
import static org.flowlake.converters.nfcapd.FieldLayout.Kind.U31;
import static org.flowlake.converters.nfcapd.FieldLayout.Kind.U32;
import static org.flowlake.converters.nfcapd.FieldLayout.Kind.U8;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.flowlake.converters.flow.FlowField;

/**
 * Where a field lies in a flow record: the table that decoder and encoder are made of.
 *
 * @param kind how its bytes are read
 * @param extension the extension that holds it; null for the record header
 * @param offset within the extension's payload, or within the record header
 * @param second the IPv6 form of the extension, or null
 * @param secondOffset offset within the IPv6 form
 */
record FieldLayout(
    Kind kind, NfcapdExtension extension, int offset, NfcapdExtension second, int secondOffset) {

  /** How a value is read. */
  enum Kind {
    U8,
    U16,
    /** 32 bits for an INT field; the highest one, never set in valid data, is dropped. */
    U31,
    U32,
    I64,
    /** 48 bits out of 64. */
    MAC48,
    /** u64 milliseconds, becoming microseconds. */
    MILLIS,
    /** {@link #MILLIS}, 0 for unknown. */
    MILLIS_OR_ZERO,
    /** First packet, or the event that stands for it. */
    FIRST_SEEN,
    /** u32 in the IPv4 form, two u64 in the IPv6 form. */
    ADDRESS,
    /** 4 or 6, by the form that is there. */
    IP_VERSION,
    /** Up to the first zero byte or the end of the element. */
    TEXT,
    /** To the end of the element. */
    BYTES,
    /** The record header's flags, without the mark that nfdump keeps there in memory. */
    FLAGS,
    /** The number of the file. */
    SOURCE
  }

  /** The sampler's exporter, which is the record's own; written, never read. */
  static final FieldLayout SAMPLER_EXPORTER =
      new FieldLayout(U16, NfcapdExtension.SAMPLER, 8, null, 0);

  private static final Map<FlowField, FieldLayout> TABLE = new EnumMap<>(FlowField.class);
  private static final Map<NfcapdExtension, List<FlowField>> BY_EXTENSION =
      new EnumMap<>(NfcapdExtension.class);

  static FieldLayout of(FlowField field) {
    return TABLE.get(field);
  }

  /** The fields that an extension holds, its IPv6 form included; none for such a form itself. */
  static List<FlowField> fieldsOf(NfcapdExtension extension) {
    return BY_EXTENSION.getOrDefault(extension, List.of());
  }

  private static void put(FlowField field, Kind kind, NfcapdExtension extension, int offset) {
    put(field, kind, extension, offset, null, 0);
  }

  private static void put(
      FlowField field,
      Kind kind,
      NfcapdExtension extension,
      int offset,
      NfcapdExtension second,
      int secondOffset) {
    TABLE.put(field, new FieldLayout(kind, extension, offset, second, secondOffset));
    if (extension != null) {
      BY_EXTENSION.computeIfAbsent(extension, added -> new ArrayList<>()).add(field);
    }
  }

  static {
    put(FlowField.SOURCE_ID, Kind.SOURCE, null, 0);
    put(FlowField.ENGINE_TYPE, U8, null, 6);
    put(FlowField.ENGINE_ID, U8, null, 7);
    put(FlowField.EXPORTER_ID, U16, null, 8);
    put(FlowField.RECORD_FLAGS, Kind.FLAGS, null, 10);
    put(FlowField.NF_VERSION, U8, null, 11);

    NfcapdExtension generic = NfcapdExtension.GENERIC_FLOW;
    put(FlowField.FIRST_SEEN, Kind.FIRST_SEEN, generic, 0);
    put(FlowField.LAST_SEEN, MILLIS, generic, 8);
    put(FlowField.RECEIVED, Kind.MILLIS_OR_ZERO, generic, 16);
    put(FlowField.IN_PACKETS, I64, generic, 24);
    put(FlowField.IN_BYTES, I64, generic, 32);
    put(FlowField.SRC_PORT, U16, generic, 40);
    put(FlowField.DST_PORT, U16, generic, 42);
    put(FlowField.PROTO, U8, generic, 44);
    put(FlowField.TCP_FLAGS, U8, generic, 45);
    put(FlowField.FWD_STATUS, U8, generic, 46);
    put(FlowField.SRC_TOS, U8, generic, 47);
    NfcapdExtension v4 = NfcapdExtension.IPV4_FLOW;
    NfcapdExtension v6 = NfcapdExtension.IPV6_FLOW;
    put(FlowField.IP_VERSION, Kind.IP_VERSION, v4, 0, v6, 0);
    put(FlowField.SRC_ADDR, ADDRESS, v4, 0, v6, 0);
    put(FlowField.DST_ADDR, ADDRESS, v4, 4, v6, 16);

    NfcapdExtension misc = NfcapdExtension.FLOW_MISC;
    put(FlowField.INPUT_IF, U32, misc, 0);
    put(FlowField.OUTPUT_IF, U32, misc, 4);
    put(FlowField.SRC_MASK, U8, misc, 8);
    put(FlowField.DST_MASK, U8, misc, 9);
    put(FlowField.DIRECTION, U8, misc, 10);
    put(FlowField.DST_TOS, U8, misc, 11);
    put(FlowField.BIFLOW_DIRECTION, U8, misc, 12);
    put(FlowField.FLOW_END_REASON, U8, misc, 13);

    put(FlowField.FLOWS, I64, NfcapdExtension.COUNTERS, 0);
    put(FlowField.OUT_PACKETS, I64, NfcapdExtension.COUNTERS, 8);
    put(FlowField.OUT_BYTES, I64, NfcapdExtension.COUNTERS, 16);
    put(FlowField.SRC_VLAN, U32, NfcapdExtension.VLAN, 0);
    put(FlowField.DST_VLAN, U32, NfcapdExtension.VLAN, 4);
    put(FlowField.SRC_AS, U32, NfcapdExtension.AS, 0);
    put(FlowField.DST_AS, U32, NfcapdExtension.AS, 4);
    put(
        FlowField.BGP_NEXT_HOP,
        ADDRESS,
        NfcapdExtension.BGP_NEXT_HOP_V4,
        0,
        NfcapdExtension.BGP_NEXT_HOP_V6,
        0);
    put(
        FlowField.NEXT_HOP,
        ADDRESS,
        NfcapdExtension.NEXT_HOP_V4,
        0,
        NfcapdExtension.NEXT_HOP_V6,
        0);
    put(
        FlowField.EXPORTER_ADDR,
        ADDRESS,
        NfcapdExtension.EXPORTER_V4,
        0,
        NfcapdExtension.EXPORTER_V6,
        0);
    for (int i = 1; i <= 10; i++) {
      put(FlowField.valueOf("MPLS_" + i), U31, NfcapdExtension.MPLS, 4 * (i - 1));
    }
    put(FlowField.IN_SRC_MAC, MAC48, NfcapdExtension.MAC, 0);
    put(FlowField.OUT_DST_MAC, MAC48, NfcapdExtension.MAC, 8);
    put(FlowField.IN_DST_MAC, MAC48, NfcapdExtension.MAC, 16);
    put(FlowField.OUT_SRC_MAC, MAC48, NfcapdExtension.MAC, 24);
    put(FlowField.NEXT_AS, U32, NfcapdExtension.ADJACENT_AS, 0);
    put(FlowField.PREV_AS, U32, NfcapdExtension.ADJACENT_AS, 4);
    put(FlowField.CLIENT_LATENCY, I64, NfcapdExtension.LATENCY, 0);
    put(FlowField.SERVER_LATENCY, I64, NfcapdExtension.LATENCY, 8);
    put(FlowField.APP_LATENCY, I64, NfcapdExtension.LATENCY, 16);
    put(FlowField.SAMPLER_ID, I64, NfcapdExtension.SAMPLER, 0);

    put(FlowField.EVENT_TIME, MILLIS, NfcapdExtension.NSEL, 0);
    put(FlowField.CONN_ID, U32, NfcapdExtension.NSEL, 8);
    put(FlowField.FW_XEVENT, U16, NfcapdExtension.NSEL, 12);
    put(FlowField.FW_EVENT, U8, NfcapdExtension.NSEL, 14);
    put(FlowField.NAT_SRC_ADDR, ADDRESS, NfcapdExtension.NAT_V4, 0, NfcapdExtension.NAT_V6, 0);
    put(FlowField.NAT_DST_ADDR, ADDRESS, NfcapdExtension.NAT_V4, 4, NfcapdExtension.NAT_V6, 16);
    put(FlowField.NAT_SRC_PORT, U16, NfcapdExtension.NAT_PORT, 0);
    put(FlowField.NAT_DST_PORT, U16, NfcapdExtension.NAT_PORT, 2);
    // Collectors copy ACLs from the packet as they are, in network order, and nfdump 1.7.8 prints
    // and filters them as little-endian numbers; so do we.
    put(FlowField.INGRESS_ACL, U32, NfcapdExtension.ACL, 0);
    put(FlowField.INGRESS_ACE, U32, NfcapdExtension.ACL, 4);
    put(FlowField.INGRESS_XACE, U32, NfcapdExtension.ACL, 8);
    put(FlowField.EGRESS_ACL, U32, NfcapdExtension.ACL, 12);
    put(FlowField.EGRESS_ACE, U32, NfcapdExtension.ACL, 16);
    put(FlowField.EGRESS_XACE, U32, NfcapdExtension.ACL, 20);
    put(FlowField.USER_NAME, TEXT, NfcapdExtension.USER, 0);
    put(FlowField.NAT_EVENT_TIME, MILLIS, NfcapdExtension.NAT_EVENT, 0);
    put(FlowField.NAT_POOL_ID, U32, NfcapdExtension.NAT_EVENT, 8);
    put(FlowField.NAT_EVENT, U8, NfcapdExtension.NAT_EVENT, 12);
    put(FlowField.PBLOCK_START, U16, NfcapdExtension.PORT_BLOCK, 0);
    put(FlowField.PBLOCK_END, U16, NfcapdExtension.PORT_BLOCK, 2);
    put(FlowField.PBLOCK_STEP, U16, NfcapdExtension.PORT_BLOCK, 4);
    put(FlowField.PBLOCK_SIZE, U16, NfcapdExtension.PORT_BLOCK, 6);

    put(FlowField.APPLICATION_ID, BYTES, NfcapdExtension.APPLICATION, 0);
    put(FlowField.FLOW_LABEL, TEXT, NfcapdExtension.LABEL, 0);
    put(FlowField.IN_PAYLOAD, BYTES, NfcapdExtension.IN_PAYLOAD, 0);
    put(FlowField.OUT_PAYLOAD, BYTES, NfcapdExtension.OUT_PAYLOAD, 0);
    NfcapdExtension tun4 = NfcapdExtension.TUNNEL_V4;
    NfcapdExtension tun6 = NfcapdExtension.TUNNEL_V6;
    put(FlowField.TUN_IP_VERSION, Kind.IP_VERSION, tun4, 0, tun6, 0);
    put(FlowField.TUN_SRC_ADDR, ADDRESS, tun4, 0, tun6, 0);
    put(FlowField.TUN_DST_ADDR, ADDRESS, tun4, 4, tun6, 16);
    put(FlowField.TUN_PROTO, U31, tun4, 8, tun6, 32);
    put(FlowField.OBSERVATION_POINT_ID, I64, NfcapdExtension.OBSERVATION, 0);
    put(FlowField.OBSERVATION_DOMAIN_ID, U32, NfcapdExtension.OBSERVATION, 8);
    put(FlowField.FRAME_SIZE, U16, NfcapdExtension.INMON_META, 0);
    put(FlowField.LINK_TYPE, U16, NfcapdExtension.INMON_META, 2);
    put(FlowField.FRAME, BYTES, NfcapdExtension.INMON_FRAME, 0);
    put(FlowField.EGRESS_VRF, U32, NfcapdExtension.VRF, 0);
    put(FlowField.INGRESS_VRF, U32, NfcapdExtension.VRF, 4);

    put(FlowField.PF_ACTION, U8, NfcapdExtension.PF, 0);
    put(FlowField.PF_REASON, U8, NfcapdExtension.PF, 1);
    put(FlowField.PF_DIRECTION, U8, NfcapdExtension.PF, 2);
    put(FlowField.PF_REWRITTEN, U8, NfcapdExtension.PF, 3);
    put(FlowField.PF_RULE, U32, NfcapdExtension.PF, 4);
    put(FlowField.PF_SUBRULE, U32, NfcapdExtension.PF, 8);
    put(FlowField.PF_UID, U32, NfcapdExtension.PF, 12);
    put(FlowField.PF_PID, U32, NfcapdExtension.PF, 16);
    put(FlowField.PF_INTERFACE, TEXT, NfcapdExtension.PF, 20);
    put(FlowField.VLAN_ID, U16, NfcapdExtension.LAYER2, 0);
    put(FlowField.CUSTOMER_VLAN_ID, U16, NfcapdExtension.LAYER2, 2);
    put(FlowField.POST_VLAN_ID, U16, NfcapdExtension.LAYER2, 4);
    put(FlowField.POST_CUSTOMER_VLAN_ID, U16, NfcapdExtension.LAYER2, 6);
    put(FlowField.PHYS_INPUT_IF, U32, NfcapdExtension.LAYER2, 8);
    put(FlowField.PHYS_OUTPUT_IF, U32, NfcapdExtension.LAYER2, 12);
    put(FlowField.VXLAN, I64, NfcapdExtension.LAYER2, 16);
    put(FlowField.ETHERTYPE, U16, NfcapdExtension.LAYER2, 24);
    put(FlowField.LAYER2_IP_VERSION, U8, NfcapdExtension.LAYER2, 26);
    put(FlowField.FLOW_ID, I64, NfcapdExtension.FLOW_ID, 0);
    put(FlowField.IN_SERVICE_ID, U16, NfcapdExtension.NOKIA_NAT, 0);
    put(FlowField.OUT_SERVICE_ID, U16, NfcapdExtension.NOKIA_NAT, 2);
    put(FlowField.NAT_STRING, TEXT, NfcapdExtension.NOKIA_NAT_STRING, 0);
    put(FlowField.FRAGMENT_FLAGS, U8, NfcapdExtension.IP_INFO, 1);
    put(FlowField.MIN_TTL, U8, NfcapdExtension.IP_INFO, 2);
    put(FlowField.MAX_TTL, U8, NfcapdExtension.IP_INFO, 3);
  }
}
