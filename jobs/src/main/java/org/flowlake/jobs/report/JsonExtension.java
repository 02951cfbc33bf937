package org.flowlake.jobs.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.udfs.flow.FirewallEvent;
import org.flowlake.udfs.flow.IpProtocol;
import org.flowlake.udfs.flow.MacAddress;
import org.flowlake.udfs.flow.NatEvent;
import org.flowlake.udfs.flow.TcpFlags;
import org.flowlake.udfs.ip.IpAddress;

/**
 * What each extension of a flow record adds to its JSON object, in the order of the extensions'
 * numbers; names and texts are those of nfdump 1.7.8.
 */
enum JsonExtension {
  GENERIC_FLOW(
      FlowField.PROTO,
      JsonExtension::genericFlow,
      FlowField.FIRST_SEEN,
      FlowField.LAST_SEEN,
      FlowField.RECEIVED,
      FlowField.IN_PACKETS,
      FlowField.IN_BYTES,
      FlowField.TCP_FLAGS,
      FlowField.SRC_PORT,
      FlowField.DST_PORT,
      FlowField.FWD_STATUS,
      FlowField.SRC_TOS),
  ADDRESSES(
      FlowField.IP_VERSION,
      (flow, context, out) -> {
        String form = flow.ipVersion() == 6 ? "6" : "4";
        out.text("src" + form + "_addr", JsonExtension.address(flow, FlowField.SRC_ADDR));
        out.text("dst" + form + "_addr", JsonExtension.address(flow, FlowField.DST_ADDR));
        out.text("src" + form + "_geo", GeoCells.place(flow, FlowField.SRC_ADDR, context));
        out.text("dst" + form + "_geo", GeoCells.place(flow, FlowField.DST_ADDR, context));
      },
      FlowField.SRC_ADDR,
      FlowField.DST_ADDR),
  MISC(
      FlowField.INPUT_IF,
      (flow, context, out) -> {
        out.number("input_snmp", flow.number(FlowField.INPUT_IF));
        out.number("output_snmp", flow.number(FlowField.OUTPUT_IF));
        out.number("src_mask", flow.number(FlowField.SRC_MASK));
        out.number("dst_mask", flow.number(FlowField.DST_MASK));
        out.text("src_net", JsonNetwork.text(flow, FlowField.SRC_ADDR, FlowField.SRC_MASK));
        out.text("dst_net", JsonNetwork.text(flow, FlowField.DST_ADDR, FlowField.DST_MASK));
        out.number("direction", flow.number(FlowField.DIRECTION));
        out.number("dst_tos", flow.number(FlowField.DST_TOS));
      },
      FlowField.OUTPUT_IF,
      FlowField.SRC_MASK,
      FlowField.DST_MASK,
      FlowField.DIRECTION,
      FlowField.DST_TOS),
  COUNTERS(
      FlowField.OUT_PACKETS,
      (flow, context, out) -> {
        out.unsigned("out_packets", flow.number(FlowField.OUT_PACKETS));
        out.unsigned("out_bytes", flow.number(FlowField.OUT_BYTES));
        out.unsigned("aggr_flows", flow.number(FlowField.FLOWS));
      },
      FlowField.OUT_BYTES,
      FlowField.FLOWS),
  VLAN(
      FlowField.SRC_VLAN,
      (flow, context, out) -> {
        out.number("src_vlan", flow.number(FlowField.SRC_VLAN));
        out.number("dst_vlan", flow.number(FlowField.DST_VLAN));
      },
      FlowField.DST_VLAN),
  AS(
      FlowField.SRC_AS,
      (flow, context, out) -> {
        out.number("src_as", flow.number(FlowField.SRC_AS));
        out.number("dst_as", flow.number(FlowField.DST_AS));
      },
      FlowField.DST_AS),
  BGP_NEXT_HOP(
      FlowField.BGP_NEXT_HOP,
      (flow, context, out) ->
          JsonExtension.otherAddress(flow, FlowField.BGP_NEXT_HOP, "bgp#_next_hop", out)),
  NEXT_HOP(
      FlowField.NEXT_HOP,
      (flow, context, out) ->
          JsonExtension.otherAddress(flow, FlowField.NEXT_HOP, "ip#_next_hop", out)),
  EXPORTER(
      FlowField.EXPORTER_ADDR,
      (flow, context, out) ->
          JsonExtension.otherAddress(flow, FlowField.EXPORTER_ADDR, "ip#_router", out)),
  MPLS(
      FlowField.MPLS_1,
      JsonExtension::labels,
      FlowField.MPLS_2,
      FlowField.MPLS_3,
      FlowField.MPLS_4,
      FlowField.MPLS_5,
      FlowField.MPLS_6,
      FlowField.MPLS_7,
      FlowField.MPLS_8,
      FlowField.MPLS_9,
      FlowField.MPLS_10),
  MAC(
      FlowField.IN_SRC_MAC,
      (flow, context, out) -> {
        out.text("in_src_mac", MacAddress.text(flow.number(FlowField.IN_SRC_MAC)));
        out.text("out_dst_mac", MacAddress.text(flow.number(FlowField.OUT_DST_MAC)));
        out.text("in_dst_mac", MacAddress.text(flow.number(FlowField.IN_DST_MAC)));
        out.text("out_src_mac", MacAddress.text(flow.number(FlowField.OUT_SRC_MAC)));
      },
      FlowField.OUT_DST_MAC,
      FlowField.IN_DST_MAC,
      FlowField.OUT_SRC_MAC),
  ADJACENT_AS(
      FlowField.NEXT_AS,
      (flow, context, out) -> {
        out.number("next_as", flow.number(FlowField.NEXT_AS));
        out.number("prev_as", flow.number(FlowField.PREV_AS));
      },
      FlowField.PREV_AS),
  LATENCY(
      FlowField.CLIENT_LATENCY,
      (flow, context, out) -> {
        out.literal("cli_latency", JsonExtension.millis(flow, FlowField.CLIENT_LATENCY));
        out.literal("srv_latency", JsonExtension.millis(flow, FlowField.SERVER_LATENCY));
        out.literal("app_latency", JsonExtension.millis(flow, FlowField.APP_LATENCY));
      },
      FlowField.SERVER_LATENCY,
      FlowField.APP_LATENCY),
  NSEL(
      FlowField.EVENT_TIME,
      (flow, context, out) -> {
        out.number("connect_id", flow.number(FlowField.CONN_ID));
        out.number("event_id", flow.number(FlowField.FW_EVENT));
        out.text("event", FirewallEvent.text((int) flow.number(FlowField.FW_EVENT)));
        out.number("xevent_id", flow.number(FlowField.FW_XEVENT));
        out.text("t_event", JsonExtension.eventTime(flow, FlowField.EVENT_TIME, context));
      },
      FlowField.CONN_ID,
      FlowField.FW_EVENT,
      FlowField.FW_XEVENT),
  NAT_ADDRESS(
      FlowField.NAT_SRC_ADDR,
      (flow, context, out) -> {
        JsonExtension.otherAddress(flow, FlowField.NAT_SRC_ADDR, "src#_xlt_ip", out);
        JsonExtension.otherAddress(flow, FlowField.NAT_DST_ADDR, "dst#_xlt_ip", out);
      },
      FlowField.NAT_DST_ADDR),
  NAT_PORT(
      FlowField.NAT_SRC_PORT,
      (flow, context, out) -> {
        out.number("src_xlt_port", flow.number(FlowField.NAT_SRC_PORT));
        out.number("dst_xlt_port", flow.number(FlowField.NAT_DST_PORT));
      },
      FlowField.NAT_DST_PORT),
  ACL(
      FlowField.INGRESS_ACL,
      (flow, context, out) -> {
        out.text("ingress_acl", EventCells.ingressAclText(flow));
        out.text("egress_acl", EventCells.egressAclText(flow));
      },
      FlowField.INGRESS_ACE,
      FlowField.INGRESS_XACE,
      FlowField.EGRESS_ACL,
      FlowField.EGRESS_ACE,
      FlowField.EGRESS_XACE),
  USER(
      FlowField.USER_NAME,
      (flow, context, out) -> {
        String name = flow.text(FlowField.USER_NAME);
        out.text("user_name", name.isEmpty() ? "<empty>" : name);
      }),
  NAT_EVENT(
      FlowField.NAT_EVENT_TIME,
      (flow, context, out) -> {
        out.number("nat_event_id", flow.number(FlowField.NAT_EVENT));
        out.text("nat_event", NatEvent.longText((int) flow.number(FlowField.NAT_EVENT)));
        out.number("nat_pool_id", flow.number(FlowField.NAT_POOL_ID));
        out.text("t_event", JsonExtension.eventTime(flow, FlowField.NAT_EVENT_TIME, context));
      },
      FlowField.NAT_EVENT,
      FlowField.NAT_POOL_ID),
  PORT_BLOCK(
      FlowField.PBLOCK_START,
      (flow, context, out) -> {
        out.number("pblock_start", flow.number(FlowField.PBLOCK_START));
        out.number("pblock_end", flow.number(FlowField.PBLOCK_END));
        out.number("pblock_step", flow.number(FlowField.PBLOCK_STEP));
        out.number("pblock_size", flow.number(FlowField.PBLOCK_SIZE));
      },
      FlowField.PBLOCK_END,
      FlowField.PBLOCK_STEP,
      FlowField.PBLOCK_SIZE),
  IN_PAYLOAD(
      FlowField.IN_PAYLOAD,
      (flow, context, out) -> PayloadCells.members(flow, FlowField.IN_PAYLOAD, "in", out)),
  OUT_PAYLOAD(
      FlowField.OUT_PAYLOAD,
      (flow, context, out) -> PayloadCells.members(flow, FlowField.OUT_PAYLOAD, "out", out)),
  TUNNEL(
      FlowField.TUN_IP_VERSION,
      (flow, context, out) -> {
        int version = (int) flow.number(FlowField.TUN_IP_VERSION);
        out.number("tun_proto", flow.number(FlowField.TUN_PROTO));
        out.text(
            "src" + version + "_tun_ip",
            AddressWidth.LONG.text(flow.bytes(FlowField.TUN_SRC_ADDR), version));
        out.text(
            "dst" + version + "_tun_ip",
            AddressWidth.LONG.text(flow.bytes(FlowField.TUN_DST_ADDR), version));
      },
      FlowField.TUN_PROTO,
      FlowField.TUN_SRC_ADDR,
      FlowField.TUN_DST_ADDR),
  /** The point in all its 64 bits; nfdump 1.7.8 cuts it to 32. */
  OBSERVATION(
      FlowField.OBSERVATION_DOMAIN_ID,
      (flow, context, out) -> {
        out.number("observationDomainID", flow.number(FlowField.OBSERVATION_DOMAIN_ID));
        out.unsigned("observationPointID", flow.number(FlowField.OBSERVATION_POINT_ID));
      },
      FlowField.OBSERVATION_POINT_ID),
  VRF(
      FlowField.INGRESS_VRF,
      (flow, context, out) -> {
        out.number("ingress_vrf", flow.number(FlowField.INGRESS_VRF));
        out.number("egress_vrf", flow.number(FlowField.EGRESS_VRF));
      },
      FlowField.EGRESS_VRF),
  LAYER2(
      FlowField.VLAN_ID,
      (flow, context, out) -> {
        out.number("vlanID", flow.number(FlowField.VLAN_ID));
        out.number("post_vlanID", flow.number(FlowField.POST_VLAN_ID));
        out.number("cust_vlanID", flow.number(FlowField.CUSTOMER_VLAN_ID));
        out.number("post_cust_vlanID", flow.number(FlowField.POST_CUSTOMER_VLAN_ID));
        out.number("phys_ingress", flow.number(FlowField.PHYS_INPUT_IF));
        out.number("phys_egress", flow.number(FlowField.PHYS_OUTPUT_IF));
        out.number("ethertype", flow.number(FlowField.ETHERTYPE));
        out.number("ip_version", flow.number(FlowField.LAYER2_IP_VERSION));
      },
      FlowField.POST_VLAN_ID,
      FlowField.CUSTOMER_VLAN_ID,
      FlowField.POST_CUSTOMER_VLAN_ID,
      FlowField.PHYS_INPUT_IF,
      FlowField.PHYS_OUTPUT_IF,
      FlowField.ETHERTYPE,
      FlowField.LAYER2_IP_VERSION),
  FLOW_ID(
      FlowField.FLOW_ID,
      (flow, context, out) -> out.unsigned("flowID", flow.number(FlowField.FLOW_ID))),
  NOKIA_NAT(
      FlowField.IN_SERVICE_ID,
      (flow, context, out) -> {
        out.number("inServiceID", flow.number(FlowField.IN_SERVICE_ID));
        out.number("outServiceID", flow.number(FlowField.OUT_SERVICE_ID));
      },
      FlowField.OUT_SERVICE_ID),
  NOKIA_NAT_STRING(
      FlowField.NAT_STRING,
      (flow, context, out) -> out.text("natString", flow.text(FlowField.NAT_STRING))),
  IP_INFO(
      FlowField.FRAGMENT_FLAGS,
      (flow, context, out) -> {
        String fragment = JsonExtension.fragment(flow.number(FlowField.FRAGMENT_FLAGS));
        if (!fragment.isEmpty()) {
          out.text("ip_fragment", fragment);
        }
        if (flow.number(FlowField.MIN_TTL) != 0 || flow.number(FlowField.MAX_TTL) != 0) {
          out.number("ip_minttl", flow.number(FlowField.MIN_TTL));
          out.number("ip_maxttl", flow.number(FlowField.MAX_TTL));
        }
      },
      FlowField.MIN_TTL,
      FlowField.MAX_TTL);

  /** Adds the members of one extension. */
  @FunctionalInterface
  interface Members {
    void write(FlowRecord flow, CellContext context, JsonObject out);
  }

  private static final int MORE_FRAGMENTS = 0x20;
  private static final int DO_NOT_FRAGMENT = 0x40;

  private final FlowField presence;
  private final Members members;
  private final List<FlowField> fields;

  /**
   * An extension.
   *
   * @param presence the field that is there if and only if the extension is
   * @param others further fields that are printed
   */
  JsonExtension(FlowField presence, Members members, FlowField... others) {
    this.presence = presence;
    this.members = members;
    this.fields = Stream.concat(Stream.of(presence), Arrays.stream(others)).toList();
  }

  /** What the extension's members are made of. */
  List<FlowField> fields() {
    return fields;
  }

  /** Adds its members if the flow has the extension. */
  void write(FlowRecord flow, CellContext context, JsonObject out) {
    if (flow.has(presence)) {
      members.write(flow, context, out);
    }
  }

  private static void genericFlow(FlowRecord flow, CellContext context, JsonObject out) {
    out.text("first", context.local.iso(flow.millis(FlowField.FIRST_SEEN)));
    out.text("last", context.local.iso(flow.millis(FlowField.LAST_SEEN)));
    out.text("received", context.local.iso(flow.millis(FlowField.RECEIVED)));
    out.unsigned("in_packets", flow.number(FlowField.IN_PACKETS));
    out.unsigned("in_bytes", flow.number(FlowField.IN_BYTES));
    long port = flow.number(FlowField.DST_PORT);
    out.number("proto", flow.number(FlowField.PROTO));
    if (IpProtocol.isIcmp((int) flow.number(FlowField.PROTO))) {
      out.number("icmp_type", port >> 8 & 0xFF);
      out.number("icmp_code", port & 0xFF);
    } else {
      out.text("tcp_flags", TcpFlags.text((int) flow.number(FlowField.TCP_FLAGS)));
      out.number("src_port", flow.number(FlowField.SRC_PORT));
      out.number("dst_port", port);
      out.number("fwd_status", flow.number(FlowField.FWD_STATUS));
    }
    out.number("src_tos", flow.number(FlowField.SRC_TOS));
  }

  private static void labels(FlowRecord flow, CellContext context, JsonObject out) {
    int label = 0;
    for (FlowField entry : MPLS.fields) {
      label++;
      out.text("mpls_" + label, Cells.mplsText(flow.number(entry)).trim());
    }
  }

  private static String address(FlowRecord flow, FlowField field) {
    return AddressWidth.LONG.text(flow.bytes(field), flow.ipVersion());
  }

  /** An address whose family shows in its bytes; {@code #} in the name is replaced by it. */
  private static void otherAddress(FlowRecord flow, FlowField field, String name, JsonObject out) {
    byte[] address = flow.bytes(field);
    int version = IpAddress.isMappedIpv4(address) ? 4 : 6;
    out.text(
        name.replace("#", Integer.toString(version)), AddressWidth.LONG.text(address, version));
  }

  /** Microseconds as milliseconds with six decimals, as C's {@code %f}. */
  private static String millis(FlowRecord flow, FlowField latency) {
    long micros = flow.number(latency);
    return ValueScale.seconds(micros) + "000";
  }

  /** nfdump's own form: the milliseconds are not padded, so 5 ms is {@code .5}. */
  private static String eventTime(FlowRecord flow, FlowField field, CellContext context) {
    long millis = flow.millis(field);
    String seconds = millis < 1000 ? "<unknown>" : context.local.isoSeconds(millis);
    return seconds + '.' + Math.floorMod(millis, 1000L);
  }

  /** nfdump 1.7.8 prints bytes of its stack behind {@code MF}; these are left out. */
  private static String fragment(long flags) {
    if (flags == 0) {
      return "";
    }
    String first = (flags & DO_NOT_FRAGMENT) != 0 ? "DF" : "--";
    return (flags & MORE_FRAGMENTS) != 0 ? first + "MF" : first;
  }
}
