package org.flowlake.converters.flow;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Every column of the flow table, once: decoders fill them, the lake stores them, filters, printers
 * and the generated docs name them.
 *
 * <p>A field is null where the record lacks its group. Column order within a lake file is the order
 * of declaration. Meanings follow nfdump 1.7.8; IANA numbers are those of the IPFIX registry (RFC
 * 7012), 0 where there is none.
 */
public enum FlowField {
  // CORE
  FIRST_SEEN(
      FlowFieldGroup.CORE,
      FlowType.TIMESTAMP,
      152,
      "ts",
      "first packet of the flow, microseconds UTC; the event time where a NAT or firewall event has no first packet"),
  LAST_SEEN(
      FlowFieldGroup.CORE,
      FlowType.TIMESTAMP,
      153,
      "te",
      "last packet of the flow, microseconds UTC"),
  RECEIVED(
      FlowFieldGroup.CORE,
      FlowType.TIMESTAMP,
      258,
      "tr",
      "when the collector received the record, microseconds UTC; null where unknown"),
  IP_VERSION(
      FlowFieldGroup.CORE,
      FlowType.INT,
      60,
      "",
      "4 or 6, as the record says it (an IPv4-mapped IPv6 address stays 6); null where the record has no address"),
  SRC_ADDR(FlowFieldGroup.CORE, FlowType.ADDRESS, 8, "sa", "source address"),
  DST_ADDR(FlowFieldGroup.CORE, FlowType.ADDRESS, 12, "da", "destination address"),
  SRC_PORT(FlowFieldGroup.CORE, FlowType.INT, 7, "sp", "source port"),
  DST_PORT(
      FlowFieldGroup.CORE, FlowType.INT, 11, "dp", "destination port; for ICMP type * 256 + code"),
  PROTO(FlowFieldGroup.CORE, FlowType.INT, 4, "pr", "IP protocol number"),
  TCP_FLAGS(
      FlowFieldGroup.CORE,
      FlowType.INT,
      6,
      "flg",
      "union of TCP flags: F 1, S 2, R 4, P 8, A 16, U 32, E 64, C 128"),
  FWD_STATUS(FlowFieldGroup.CORE, FlowType.INT, 89, "fwd", "forwarding status byte (RFC 7270)"),
  SRC_TOS(
      FlowFieldGroup.CORE, FlowType.INT, 5, "tos", "type of service byte of the source direction"),
  IN_PACKETS(FlowFieldGroup.CORE, FlowType.LONG, 2, "ipkt", "packets from source to destination"),
  IN_BYTES(FlowFieldGroup.CORE, FlowType.LONG, 1, "ibyt", "bytes from source to destination"),
  EXPORTER_ID(
      FlowFieldGroup.CORE,
      FlowType.INT,
      0,
      "exp",
      "collector's internal number of the exporter within its file (nfdump sysid)"),
  ENGINE_TYPE(FlowFieldGroup.CORE, FlowType.INT, 38, "eng", "NetFlow v5 engine type"),
  ENGINE_ID(FlowFieldGroup.CORE, FlowType.INT, 39, "eng", "NetFlow v5 engine id"),
  NF_VERSION(
      FlowFieldGroup.CORE,
      FlowType.INT,
      0,
      "nfv",
      "export protocol version: 5, 9, 10; 80 sFlow, 65 pcap; 0 unknown"),
  RECORD_FLAGS(
      FlowFieldGroup.CORE,
      FlowType.INT,
      0,
      "",
      "1 event record, 2 counters were scaled by the sampling rate, 4 anonymised"),
  SOURCE_ID(
      FlowFieldGroup.CORE,
      FlowType.INT,
      0,
      "",
      "the raw file: id of its row in the lake's table of sources"),

  // MISC
  INPUT_IF(FlowFieldGroup.MISC, FlowType.LONG, 10, "in", "input interface (SNMP index)"),
  OUTPUT_IF(FlowFieldGroup.MISC, FlowType.LONG, 14, "out", "output interface (SNMP index)"),
  SRC_MASK(FlowFieldGroup.MISC, FlowType.INT, 9, "smk", "prefix length of the source's route"),
  DST_MASK(
      FlowFieldGroup.MISC, FlowType.INT, 13, "dmk", "prefix length of the destination's route"),
  DIRECTION(FlowFieldGroup.MISC, FlowType.INT, 61, "dir", "0 ingress, 1 egress"),
  DST_TOS(
      FlowFieldGroup.MISC,
      FlowType.INT,
      55,
      "dtos",
      "type of service byte of the reverse direction"),
  BIFLOW_DIRECTION(FlowFieldGroup.MISC, FlowType.INT, 239, "bfd", "biflow direction (RFC 5103)"),
  FLOW_END_REASON(FlowFieldGroup.MISC, FlowType.INT, 136, "end", "why the flow ended (RFC 5102)"),

  // COUNTERS
  FLOWS(
      FlowFieldGroup.COUNTERS,
      FlowType.LONG,
      3,
      "fl",
      "flows that were aggregated into this record; null or 0 counts as one flow"),
  OUT_PACKETS(
      FlowFieldGroup.COUNTERS, FlowType.LONG, 24, "opkt", "packets from destination to source"),
  OUT_BYTES(FlowFieldGroup.COUNTERS, FlowType.LONG, 23, "obyt", "bytes from destination to source"),

  // VLAN
  SRC_VLAN(FlowFieldGroup.VLAN, FlowType.LONG, 58, "svln", "VLAN id of the source direction"),
  DST_VLAN(FlowFieldGroup.VLAN, FlowType.LONG, 59, "dvln", "VLAN id of the destination direction"),

  // AS
  SRC_AS(FlowFieldGroup.AS, FlowType.LONG, 16, "sas", "autonomous system of the source"),
  DST_AS(FlowFieldGroup.AS, FlowType.LONG, 17, "das", "autonomous system of the destination"),

  // BGP_NEXT_HOP
  BGP_NEXT_HOP(FlowFieldGroup.BGP_NEXT_HOP, FlowType.ADDRESS, 18, "nhb", "BGP next hop"),

  // NEXT_HOP
  NEXT_HOP(FlowFieldGroup.NEXT_HOP, FlowType.ADDRESS, 15, "nh", "IP next hop"),

  // EXPORTER_ADDRESS
  EXPORTER_ADDR(
      FlowFieldGroup.EXPORTER_ADDRESS,
      FlowType.ADDRESS,
      130,
      "ra",
      "address the exporter sent from (nfdump's router ip)"),

  // MPLS
  MPLS_1(
      FlowFieldGroup.MPLS,
      FlowType.INT,
      70,
      "mpls1",
      "label stack entry 1: label * 16 + exp * 2 + bottom of stack"),
  MPLS_2(FlowFieldGroup.MPLS, FlowType.INT, 71, "mpls2", "label stack entry 2"),
  MPLS_3(FlowFieldGroup.MPLS, FlowType.INT, 72, "mpls3", "label stack entry 3"),
  MPLS_4(FlowFieldGroup.MPLS, FlowType.INT, 73, "mpls4", "label stack entry 4"),
  MPLS_5(FlowFieldGroup.MPLS, FlowType.INT, 74, "mpls5", "label stack entry 5"),
  MPLS_6(FlowFieldGroup.MPLS, FlowType.INT, 75, "mpls6", "label stack entry 6"),
  MPLS_7(FlowFieldGroup.MPLS, FlowType.INT, 76, "mpls7", "label stack entry 7"),
  MPLS_8(FlowFieldGroup.MPLS, FlowType.INT, 77, "mpls8", "label stack entry 8"),
  MPLS_9(FlowFieldGroup.MPLS, FlowType.INT, 78, "mpls9", "label stack entry 9"),
  MPLS_10(FlowFieldGroup.MPLS, FlowType.INT, 79, "mpls10", "label stack entry 10"),

  // MAC
  IN_SRC_MAC(
      FlowFieldGroup.MAC, FlowType.LONG, 56, "ismc", "source MAC as received, 48-bit number"),
  OUT_DST_MAC(
      FlowFieldGroup.MAC, FlowType.LONG, 57, "odmc", "destination MAC as sent, 48-bit number"),
  IN_DST_MAC(
      FlowFieldGroup.MAC, FlowType.LONG, 80, "idmc", "destination MAC as received, 48-bit number"),
  OUT_SRC_MAC(FlowFieldGroup.MAC, FlowType.LONG, 81, "osmc", "source MAC as sent, 48-bit number"),

  // ADJACENT_AS
  NEXT_AS(FlowFieldGroup.ADJACENT_AS, FlowType.LONG, 128, "nas", "next adjacent autonomous system"),
  PREV_AS(
      FlowFieldGroup.ADJACENT_AS, FlowType.LONG, 129, "pas", "previous adjacent autonomous system"),

  // LATENCY
  CLIENT_LATENCY(
      FlowFieldGroup.LATENCY, FlowType.LONG, 0, "cl", "client network delay, microseconds"),
  SERVER_LATENCY(
      FlowFieldGroup.LATENCY, FlowType.LONG, 0, "sl", "server network delay, microseconds"),
  APP_LATENCY(FlowFieldGroup.LATENCY, FlowType.LONG, 0, "al", "application latency, microseconds"),

  // SAMPLER
  SAMPLER_ID(FlowFieldGroup.SAMPLER, FlowType.LONG, 302, "", "selector (sampler) id"),

  // NSEL
  EVENT_TIME(
      FlowFieldGroup.NSEL,
      FlowType.TIMESTAMP,
      323,
      "tevt",
      "time of the firewall event, microseconds UTC"),
  CONN_ID(FlowFieldGroup.NSEL, FlowType.LONG, 148, "nfc", "connection id of the firewall"),
  FW_EVENT(
      FlowFieldGroup.NSEL,
      FlowType.INT,
      233,
      "evt",
      "firewall event: 0 ignore, 1 create, 2 delete, 3 denied, 4 alert, 5 update"),
  FW_XEVENT(FlowFieldGroup.NSEL, FlowType.INT, 0, "xevt", "extended firewall event code"),

  // NAT_ADDRESS
  NAT_SRC_ADDR(
      FlowFieldGroup.NAT_ADDRESS, FlowType.ADDRESS, 225, "xsa", "source address after translation"),
  NAT_DST_ADDR(
      FlowFieldGroup.NAT_ADDRESS,
      FlowType.ADDRESS,
      226,
      "xda",
      "destination address after translation"),

  // NAT_PORT
  NAT_SRC_PORT(FlowFieldGroup.NAT_PORT, FlowType.INT, 227, "xsp", "source port after translation"),
  NAT_DST_PORT(
      FlowFieldGroup.NAT_PORT, FlowType.INT, 228, "xdp", "destination port after translation"),

  // ACL
  INGRESS_ACL(
      FlowFieldGroup.ACL, FlowType.LONG, 0, "iacl", "input ACL id (first of its three numbers)"),
  INGRESS_ACE(FlowFieldGroup.ACL, FlowType.LONG, 0, "iacl", "input ACL entry id (second number)"),
  INGRESS_XACE(
      FlowFieldGroup.ACL, FlowType.LONG, 0, "iacl", "input extended ACL entry id (third number)"),
  EGRESS_ACL(
      FlowFieldGroup.ACL, FlowType.LONG, 0, "eacl", "output ACL id (first of its three numbers)"),
  EGRESS_ACE(FlowFieldGroup.ACL, FlowType.LONG, 0, "eacl", "output ACL entry id (second number)"),
  EGRESS_XACE(
      FlowFieldGroup.ACL, FlowType.LONG, 0, "eacl", "output extended ACL entry id (third number)"),

  // USER
  USER_NAME(
      FlowFieldGroup.USER,
      FlowType.TEXT,
      371,
      "uname",
      "user name the firewall knows for the source"),

  // NAT_EVENT
  NAT_EVENT_TIME(
      FlowFieldGroup.NAT_EVENT,
      FlowType.TIMESTAMP,
      323,
      "tevt",
      "time of the NAT event, microseconds UTC"),
  NAT_POOL_ID(FlowFieldGroup.NAT_EVENT, FlowType.LONG, 283, "", "NAT pool id"),
  NAT_EVENT(FlowFieldGroup.NAT_EVENT, FlowType.INT, 230, "nevt", "NAT event code (RFC 8158)"),

  // PORT_BLOCK
  PBLOCK_START(
      FlowFieldGroup.PORT_BLOCK, FlowType.INT, 361, "pbstart", "first port of the allocated block"),
  PBLOCK_END(
      FlowFieldGroup.PORT_BLOCK, FlowType.INT, 362, "pbend", "last port of the allocated block"),
  PBLOCK_STEP(
      FlowFieldGroup.PORT_BLOCK, FlowType.INT, 363, "pbstep", "step between ports of the block"),
  PBLOCK_SIZE(
      FlowFieldGroup.PORT_BLOCK, FlowType.INT, 364, "pbsize", "number of ports of the block"),

  // APPLICATION
  APPLICATION_ID(
      FlowFieldGroup.APPLICATION,
      FlowType.BYTES,
      95,
      "nbid",
      "application id as exported (RFC 6759)"),

  // LABEL
  FLOW_LABEL(
      FlowFieldGroup.LABEL,
      FlowType.TEXT,
      0,
      "lbl",
      "flow label that a filter of nfdump 1.7.1 set"),

  // IN_PAYLOAD
  IN_PAYLOAD(
      FlowFieldGroup.IN_PAYLOAD,
      FlowType.BYTES,
      0,
      "ipl",
      "first payload bytes from source to destination"),

  // OUT_PAYLOAD
  OUT_PAYLOAD(
      FlowFieldGroup.OUT_PAYLOAD,
      FlowType.BYTES,
      0,
      "opl",
      "first payload bytes from destination to source"),

  // TUNNEL
  TUN_IP_VERSION(
      FlowFieldGroup.TUNNEL, FlowType.INT, 0, "", "4 or 6: family of the tunnel's addresses"),
  TUN_SRC_ADDR(
      FlowFieldGroup.TUNNEL, FlowType.ADDRESS, 0, "", "source address of the outer tunnel header"),
  TUN_DST_ADDR(
      FlowFieldGroup.TUNNEL,
      FlowType.ADDRESS,
      0,
      "",
      "destination address of the outer tunnel header"),
  TUN_PROTO(FlowFieldGroup.TUNNEL, FlowType.INT, 0, "", "IP protocol of the tunnel"),

  // OBSERVATION
  OBSERVATION_POINT_ID(FlowFieldGroup.OBSERVATION, FlowType.LONG, 138, "opid", "observation point"),
  OBSERVATION_DOMAIN_ID(
      FlowFieldGroup.OBSERVATION, FlowType.LONG, 149, "odid", "observation domain"),

  // INMON_META
  FRAME_SIZE(
      FlowFieldGroup.INMON_META, FlowType.INT, 0, "", "sFlow: size of the sampled frame, bytes"),
  LINK_TYPE(
      FlowFieldGroup.INMON_META, FlowType.INT, 0, "", "sFlow: link type of the sampled frame"),

  // INMON_FRAME
  FRAME(
      FlowFieldGroup.INMON_FRAME,
      FlowType.BYTES,
      315,
      "",
      "sFlow: the sampled frame's first bytes"),

  // VRF
  EGRESS_VRF(FlowFieldGroup.VRF, FlowType.LONG, 235, "evrf", "VRF the flow left by"),
  INGRESS_VRF(FlowFieldGroup.VRF, FlowType.LONG, 234, "vrf", "VRF the flow came in by"),

  // PF
  PF_ACTION(FlowFieldGroup.PF, FlowType.INT, 0, "pfact", "OpenBSD pf action"),
  PF_REASON(FlowFieldGroup.PF, FlowType.INT, 0, "pfrea", "OpenBSD pf reason"),
  PF_DIRECTION(
      FlowFieldGroup.PF,
      FlowType.INT,
      0,
      "pfdir",
      "OpenBSD pf direction: 0 in and out, 1 in, 2 out"),
  PF_REWRITTEN(FlowFieldGroup.PF, FlowType.INT, 0, "", "1 if pf rewrote the packet"),
  PF_RULE(FlowFieldGroup.PF, FlowType.LONG, 0, "pfrule", "OpenBSD pf rule number"),
  PF_SUBRULE(FlowFieldGroup.PF, FlowType.LONG, 0, "", "OpenBSD pf sub-rule number"),
  PF_UID(FlowFieldGroup.PF, FlowType.LONG, 0, "", "user id of the socket's owner"),
  PF_PID(FlowFieldGroup.PF, FlowType.LONG, 0, "", "process id of the socket's owner"),
  PF_INTERFACE(FlowFieldGroup.PF, FlowType.TEXT, 0, "pfifn", "OpenBSD pf interface name"),

  // LAYER2
  VLAN_ID(FlowFieldGroup.LAYER2, FlowType.INT, 243, "", "dot1q VLAN id"),
  CUSTOMER_VLAN_ID(FlowFieldGroup.LAYER2, FlowType.INT, 245, "", "customer VLAN id"),
  POST_VLAN_ID(FlowFieldGroup.LAYER2, FlowType.INT, 254, "", "VLAN id after the observation point"),
  POST_CUSTOMER_VLAN_ID(
      FlowFieldGroup.LAYER2, FlowType.INT, 255, "", "customer VLAN id after the observation point"),
  PHYS_INPUT_IF(FlowFieldGroup.LAYER2, FlowType.LONG, 252, "", "physical input interface"),
  PHYS_OUTPUT_IF(FlowFieldGroup.LAYER2, FlowType.LONG, 253, "", "physical output interface"),
  VXLAN(FlowFieldGroup.LAYER2, FlowType.LONG, 0, "", "VXLAN network identifier"),
  ETHERTYPE(FlowFieldGroup.LAYER2, FlowType.INT, 256, "", "Ethernet type"),
  LAYER2_IP_VERSION(
      FlowFieldGroup.LAYER2, FlowType.INT, 60, "", "IP version that the exporter stated"),

  // FLOW_ID
  FLOW_ID(FlowFieldGroup.FLOW_ID, FlowType.LONG, 148, "flid", "flow id"),

  // NOKIA_NAT
  IN_SERVICE_ID(FlowFieldGroup.NOKIA_NAT, FlowType.INT, 0, "isid", "Nokia inside service id"),
  OUT_SERVICE_ID(FlowFieldGroup.NOKIA_NAT, FlowType.INT, 0, "osid", "Nokia outside service id"),

  // NOKIA_NAT_STRING
  NAT_STRING(
      FlowFieldGroup.NOKIA_NAT_STRING, FlowType.TEXT, 0, "nats", "Nokia NAT subscriber string"),

  // IP_INFO
  FRAGMENT_FLAGS(
      FlowFieldGroup.IP_INFO,
      FlowType.INT,
      197,
      "frag",
      "IP fragment flags: 0x20 more fragments, 0x40 do not fragment"),
  MIN_TTL(FlowFieldGroup.IP_INFO, FlowType.INT, 52, "minttl", "smallest TTL seen"),
  MAX_TTL(FlowFieldGroup.IP_INFO, FlowType.INT, 53, "maxttl", "largest TTL seen");

  private final FlowFieldGroup group;
  private final FlowType type;
  private final int ianaElement;
  private final String token;
  private final String description;

  FlowField(
      FlowFieldGroup group, FlowType type, int ianaElement, String token, String description) {
    this.group = group;
    this.type = type;
    this.ianaElement = ianaElement;
    this.token = token;
    this.description = description;
  }

  /** Column name in every table, and the name SQL users type. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  public FlowFieldGroup group() {
    return group;
  }

  public FlowType type() {
    return type;
  }

  /** IPFIX information element of the IPv4 or only form; 0 where the registry has none. */
  public int ianaElement() {
    return ianaElement;
  }

  /** nfdump's format token without the percent sign, "" where nfdump prints no such token. */
  public String token() {
    return token;
  }

  /** One sentence with the unit, for docs/fields.md and DESCRIBE. */
  public String description() {
    return description;
  }

  /** The fields of these groups and of {@link FlowFieldGroup#CORE}, in column order. */
  public static List<FlowField> ofGroups(Set<FlowFieldGroup> groups) {
    return Arrays.stream(values())
        .filter(field -> field.group == FlowFieldGroup.CORE || groups.contains(field.group))
        .toList();
  }
}
