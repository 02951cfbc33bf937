package org.flowlake.converters.flow;

/**
 * Fields that a flow record carries together or not at all: the record header with the generic
 * flow, or one extension of nfdump 1.7.8 (IPv4 and IPv6 forms of one extension are one group).
 *
 * <p>{@link #CORE} columns are always part of a lake. Those of any other group join the table when
 * a converted file first carries the group; where it is absent they read as null.
 */
public enum FlowFieldGroup {
  CORE,
  MISC,
  COUNTERS,
  VLAN,
  AS,
  BGP_NEXT_HOP,
  NEXT_HOP,
  EXPORTER_ADDRESS,
  MPLS,
  MAC,
  ADJACENT_AS,
  LATENCY,
  SAMPLER,
  NSEL,
  NAT_ADDRESS,
  NAT_PORT,
  ACL,
  USER,
  NAT_EVENT,
  PORT_BLOCK,
  APPLICATION,
  LABEL,
  IN_PAYLOAD,
  OUT_PAYLOAD,
  TUNNEL,
  OBSERVATION,
  INMON_META,
  INMON_FRAME,
  VRF,
  PF,
  LAYER2,
  FLOW_ID,
  NOKIA_NAT,
  NOKIA_NAT_STRING,
  IP_INFO
}
