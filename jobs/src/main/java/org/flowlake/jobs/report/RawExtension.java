package org.flowlake.jobs.report;

import static org.flowlake.jobs.report.LabelledLines.ADDRESS;
import static org.flowlake.jobs.report.LabelledLines.BYTE;
import static org.flowlake.jobs.report.LabelledLines.COUNTER;
import static org.flowlake.jobs.report.LabelledLines.INT;
import static org.flowlake.jobs.report.LabelledLines.SHORT;
import static org.flowlake.jobs.report.LabelledLines.TIME;
import static org.flowlake.jobs.report.LabelledLines.WHOLE;

import org.flowlake.converters.flow.FlowField;
import org.flowlake.udfs.flow.BiflowDirection;
import org.flowlake.udfs.flow.FirewallEvent;
import org.flowlake.udfs.flow.FirewallExtendedEvent;
import org.flowlake.udfs.flow.FlowEndReason;
import org.flowlake.udfs.flow.IpProtocol;
import org.flowlake.udfs.flow.MacAddress;
import org.flowlake.udfs.flow.NatEvent;
import org.flowlake.udfs.flow.PacketFilterLog;
import org.flowlake.udfs.flow.TcpFlags;
import org.flowlake.udfs.ip.IpAddress;

/**
 * What each extension of a flow record adds to {@code -o raw}, in the order of the extensions'
 * numbers, with the payloads behind all others; labels and texts are those of nfdump 1.7.8.
 */
enum RawExtension {
  GENERIC_FLOW(FlowField.PROTO, RawExtension::genericFlow),
  ADDRESSES(
      FlowField.IP_VERSION,
      (flow, context, out) -> {
        if (flow.has(FlowField.TUN_IP_VERSION)) {
          out.number(
              "tun proto",
              BYTE,
              flow.number(FlowField.TUN_PROTO),
              protocol(flow, FlowField.TUN_PROTO));
          located(flow, FlowField.TUN_SRC_ADDR, "tun src addr", context, out);
          located(flow, FlowField.TUN_DST_ADDR, "tun dst addr", context, out);
        }
        located(flow, FlowField.SRC_ADDR, "src addr", context, out);
        located(flow, FlowField.DST_ADDR, "dst addr", context, out);
      }),
  MISC(
      FlowField.INPUT_IF,
      (flow, context, out) -> {
        long input = flow.number(FlowField.INPUT_IF);
        out.number("input", 12, input, context.names.ofInterface(input));
        long output = flow.number(FlowField.OUTPUT_IF);
        out.number("output", 12, output, context.names.ofInterface(output));
        network(flow, FlowField.SRC_ADDR, FlowField.SRC_MASK, "src mask", out);
        network(flow, FlowField.DST_ADDR, FlowField.DST_MASK, "dst mask", out);
        out.number("dst tos", BYTE, flow.number(FlowField.DST_TOS));
        out.number("direction", BYTE, flow.number(FlowField.DIRECTION));
        long biflow = flow.number(FlowField.BIFLOW_DIRECTION);
        out.value("biFlow Dir", WHOLE, hex(biflow), ' ' + BiflowDirection.text((int) biflow));
        long end = flow.number(FlowField.FLOW_END_REASON);
        out.value("end reason", WHOLE, hex(end), ' ' + FlowEndReason.text((int) end));
      }),
  COUNTERS(
      FlowField.OUT_PACKETS,
      (flow, context, out) -> {
        out.number("out packets", COUNTER, flow.number(FlowField.OUT_PACKETS));
        out.number("out bytes", COUNTER, flow.number(FlowField.OUT_BYTES));
        out.number("aggr flows", COUNTER, flow.number(FlowField.FLOWS));
      }),
  VLAN(
      FlowField.SRC_VLAN,
      (flow, context, out) -> {
        out.number("src vlan", INT, flow.number(FlowField.SRC_VLAN));
        out.number("dst vlan", INT, flow.number(FlowField.DST_VLAN));
      }),
  AS(
      FlowField.SRC_AS,
      (flow, context, out) -> {
        out.number("src as", 6, flow.number(FlowField.SRC_AS));
        out.number("dst as", 6, flow.number(FlowField.DST_AS));
      }),
  BGP_NEXT_HOP(
      FlowField.BGP_NEXT_HOP,
      (flow, context, out) -> address(flow, FlowField.BGP_NEXT_HOP, "bgp next hop", out)),
  NEXT_HOP(
      FlowField.NEXT_HOP,
      (flow, context, out) -> address(flow, FlowField.NEXT_HOP, "ip next hop", out)),
  EXPORTER(
      FlowField.EXPORTER_ADDR,
      (flow, context, out) -> located(flow, FlowField.EXPORTER_ADDR, "ip exporter", context, out)),
  MPLS(FlowField.MPLS_1, (flow, context, out) -> labels(flow, out)),
  MAC(
      FlowField.IN_SRC_MAC,
      (flow, context, out) -> {
        out.value("in src mac", WHOLE, MacAddress.text(flow.number(FlowField.IN_SRC_MAC)));
        out.value("out dst mac", WHOLE, MacAddress.text(flow.number(FlowField.OUT_DST_MAC)));
        out.value("in dst mac", WHOLE, MacAddress.text(flow.number(FlowField.IN_DST_MAC)));
        out.value("out src mac", WHOLE, MacAddress.text(flow.number(FlowField.OUT_SRC_MAC)));
      }),
  ADJACENT_AS(
      FlowField.NEXT_AS,
      (flow, context, out) -> {
        out.number("bgp next as", SHORT, flow.number(FlowField.NEXT_AS));
        out.number("bgp prev as", SHORT, flow.number(FlowField.PREV_AS));
      }),
  LATENCY(
      FlowField.CLIENT_LATENCY,
      (flow, context, out) -> {
        out.value("cli latency", 9, millis(flow, FlowField.CLIENT_LATENCY), " ms");
        out.value("srv latency", 9, millis(flow, FlowField.SERVER_LATENCY), " ms");
        out.value("app latency", 9, millis(flow, FlowField.APP_LATENCY), " ms");
      }),
  SAMPLER(
      FlowField.SAMPLER_ID,
      (flow, context, out) -> out.number("samplingID", SHORT, flow.number(FlowField.SAMPLER_ID))),
  NSEL(
      FlowField.EVENT_TIME,
      (flow, context, out) -> {
        out.number("connect ID", INT, flow.number(FlowField.CONN_ID));
        int event = (int) flow.number(FlowField.FW_EVENT);
        out.number("fw event", SHORT, event, ": " + FirewallEvent.text(event));
        int extended = (int) flow.number(FlowField.FW_XEVENT);
        out.number("fw ext event", SHORT, extended, ": " + FirewallExtendedEvent.text(extended));
        time("Event time", flow.millis(FlowField.EVENT_TIME), context, out);
      }),
  NAT_ADDRESS(
      FlowField.NAT_SRC_ADDR,
      (flow, context, out) -> {
        address(flow, FlowField.NAT_SRC_ADDR, "src xlt ip", out);
        address(flow, FlowField.NAT_DST_ADDR, "dst xlt ip", out);
      }),
  NAT_PORT(
      FlowField.NAT_SRC_PORT,
      (flow, context, out) -> {
        out.number("src xlt port", SHORT, flow.number(FlowField.NAT_SRC_PORT));
        out.number("dst xlt port", SHORT, flow.number(FlowField.NAT_DST_PORT));
      }),
  ACL(
      FlowField.INGRESS_ACL,
      (flow, context, out) -> {
        out.text("Ingress ACL", 7, EventCells.ingressAclText(flow));
        out.text("Egress ACL", 7, EventCells.egressAclText(flow));
      }),
  USER(
      FlowField.USER_NAME,
      (flow, context, out) -> out.text("username", 7, flow.text(FlowField.USER_NAME))),
  NAT_EVENT(
      FlowField.NAT_EVENT_TIME,
      (flow, context, out) -> {
        int event = (int) flow.number(FlowField.NAT_EVENT);
        out.number("nat event", SHORT, event, ": " + NatEvent.longText(event));
        out.number("nat pool ID", SHORT, flow.number(FlowField.NAT_POOL_ID));
      }),
  PORT_BLOCK(
      FlowField.PBLOCK_START,
      (flow, context, out) -> {
        out.number("pblock start", SHORT, flow.number(FlowField.PBLOCK_START));
        out.number("pblock end", SHORT, flow.number(FlowField.PBLOCK_END));
        out.number("pblock step", SHORT, flow.number(FlowField.PBLOCK_STEP));
        out.number("pblock size", SHORT, flow.number(FlowField.PBLOCK_SIZE));
      }),
  APPLICATION(
      FlowField.APPLICATION_ID,
      (flow, context, out) -> {
        byte[] id = flow.bytes(FlowField.APPLICATION_ID);
        String name = context.names.ofApplication(id).orElse("<no info>");
        out.text("app ID", 13, EventCells.application(id, 2) + ": " + name);
      }),
  OBSERVATION(
      FlowField.OBSERVATION_DOMAIN_ID,
      (flow, context, out) -> {
        out.value(
            "obs domainID",
            7,
            String.format("0x%05x", flow.number(FlowField.OBSERVATION_DOMAIN_ID)));
        out.value(
            "obs pointID",
            12,
            String.format("0x%010x", flow.number(FlowField.OBSERVATION_POINT_ID)));
      }),
  INMON_META(
      FlowField.FRAME_SIZE,
      (flow, context, out) -> {
        out.number("inmon size", SHORT, flow.number(FlowField.FRAME_SIZE));
        out.number("inmon type", SHORT, flow.number(FlowField.LINK_TYPE));
      }),
  VRF(
      FlowField.INGRESS_VRF,
      (flow, context, out) -> {
        long ingress = flow.number(FlowField.INGRESS_VRF);
        out.number("ingress VRF", INT, ingress, context.names.ofVrf(ingress));
        long egress = flow.number(FlowField.EGRESS_VRF);
        out.number("egress VRF", INT, egress, context.names.ofVrf(egress));
      }),
  PACKET_FILTER(
      FlowField.PF_ACTION,
      (flow, context, out) -> {
        out.value("pflog ifname", 8, flow.text(FlowField.PF_INTERFACE));
        int action = (int) flow.number(FlowField.PF_ACTION);
        out.value("pflog action", SHORT, PacketFilterLog.actionText(action), "/" + action);
        int reason = (int) flow.number(FlowField.PF_REASON);
        out.value("pflog reason", SHORT, PacketFilterLog.reasonText(reason), "/" + reason);
        out.value("pflog direct", SHORT, flow.number(FlowField.PF_DIRECTION) == 0 ? "out" : "in");
        out.number("pflog rulenr", SHORT, flow.number(FlowField.PF_RULE));
      }),
  LAYER2(
      FlowField.VLAN_ID,
      (flow, context, out) -> {
        out.number("vlanID", SHORT, flow.number(FlowField.VLAN_ID));
        out.number("post vlanID", SHORT, flow.number(FlowField.POST_VLAN_ID));
        out.number("custID", SHORT, flow.number(FlowField.CUSTOMER_VLAN_ID));
        out.number("post custID", SHORT, flow.number(FlowField.POST_CUSTOMER_VLAN_ID));
        out.number("ingress IfID", INT, flow.number(FlowField.PHYS_INPUT_IF));
        out.number("egress IfID", INT, flow.number(FlowField.PHYS_OUTPUT_IF));
        out.value("ethertype", WHOLE, String.format("0x%04x", flow.number(FlowField.ETHERTYPE)));
        if (flow.number(FlowField.LAYER2_IP_VERSION) != 0) {
          out.number("IP version", SHORT, flow.number(FlowField.LAYER2_IP_VERSION));
        }
      }),
  FLOW_ID(
      FlowField.FLOW_ID,
      (flow, context, out) -> {
        long id = flow.number(FlowField.FLOW_ID);
        out.value("flow ID", WHOLE, id == 0 ? "0" : "0x" + Long.toHexString(id));
      }),
  NOKIA_NAT(
      FlowField.IN_SERVICE_ID,
      (flow, context, out) -> {
        out.number("inServiceID", SHORT, flow.number(FlowField.IN_SERVICE_ID));
        out.number("outServiceID", SHORT, flow.number(FlowField.OUT_SERVICE_ID));
      }),
  NOKIA_NAT_STRING(
      FlowField.NAT_STRING,
      (flow, context, out) ->
          out.text("nat String", 0, String.format("%-19s", flow.text(FlowField.NAT_STRING)))),
  IP_INFO(FlowField.FRAGMENT_FLAGS, (flow, context, out) -> ipInfo(flow, out)),
  IN_PAYLOAD(
      FlowField.IN_PAYLOAD,
      (flow, context, out) -> PayloadCells.lines(flow, FlowField.IN_PAYLOAD, "in payload", out)),
  OUT_PAYLOAD(
      FlowField.OUT_PAYLOAD,
      (flow, context, out) -> PayloadCells.lines(flow, FlowField.OUT_PAYLOAD, "out payload", out));

  /** Adds the lines of one extension. */
  @FunctionalInterface
  interface Lines {
    void write(FlowRecord flow, CellContext context, LabelledLines out);
  }

  private static final int MORE_FRAGMENTS = 0x20;
  private static final int DO_NOT_FRAGMENT = 0x40;
  private static final int RECORD_IS_EVENT = 1;
  private static final int MPLS_LABELS = 10;
  private static final String NO_TIME = "0000-00-00 00:00:00.";

  private final FlowField presence;
  private final Lines lines;

  /**
   * An extension.
   *
   * @param presence the field that is there if and only if the extension is
   */
  RawExtension(FlowField presence, Lines lines) {
    this.presence = presence;
    this.lines = lines;
  }

  /** Adds its lines if the flow has the extension. */
  void write(FlowRecord flow, CellContext context, LabelledLines out) {
    if (flow.has(presence)) {
      lines.write(flow, context, out);
    }
  }

  private static void genericFlow(FlowRecord flow, CellContext context, LabelledLines out) {
    if ((flow.number(FlowField.RECORD_FLAGS) & RECORD_IS_EVENT) != 0) {
      time("Event time", eventMillis(flow), context, out);
    } else {
      time("first", flow.millis(FlowField.FIRST_SEEN), context, out);
      time("last", flow.millis(FlowField.LAST_SEEN), context, out);
    }
    long received = flow.millis(FlowField.RECEIVED);
    out.number(
        "received at",
        TIME,
        received,
        received == 0 ? " [0.000]" : " [" + context.local.millis(received) + ']');
    int proto = (int) flow.number(FlowField.PROTO);
    out.number("proto", BYTE, proto, protocol(flow, FlowField.PROTO));
    long flags = proto == IpProtocol.TCP ? flow.number(FlowField.TCP_FLAGS) : 0;
    out.value("tcp flags", WHOLE, hex(flags), ' ' + TcpFlags.text((int) flags));
    long port = flow.number(FlowField.DST_PORT);
    if (IpProtocol.isIcmp(proto)) {
      out.value(
          "ICMP",
          4,
          Padding.right(Long.toString(port >> 8 & 0xFF), 2)
              + '.'
              + Padding.left(new StringBuilder(), Long.toString(port & 0xFF), 2),
          " type.code");
    } else {
      out.number("src port", SHORT, flow.number(FlowField.SRC_PORT));
      out.number("dst port", SHORT, port);
      out.number("src tos", BYTE, flow.number(FlowField.SRC_TOS));
      out.number("fwd status", BYTE, flow.number(FlowField.FWD_STATUS));
    }
    out.number("in packets", COUNTER, flow.number(FlowField.IN_PACKETS));
    out.number("in bytes", COUNTER, flow.number(FlowField.IN_BYTES));
  }

  /** The NAT's event before the firewall's; the flow's first packet where neither has a time. */
  private static long eventMillis(FlowRecord flow) {
    if (flow.millis(FlowField.NAT_EVENT_TIME) != 0) {
      return flow.millis(FlowField.NAT_EVENT_TIME);
    }
    return flow.millis(FlowField.EVENT_TIME) != 0
        ? flow.millis(FlowField.EVENT_TIME)
        : flow.millis(FlowField.FIRST_SEEN);
  }

  private static String protocol(FlowRecord flow, FlowField field) {
    return ' ' + IpProtocol.name((int) flow.number(field));
  }

  private static void time(String label, long millis, CellContext context, LabelledLines out) {
    String text =
        millis < 1000 ? NO_TIME + String.format("%03d", millis) : context.local.millis(millis);
    out.number(label, TIME, millis, " [" + text + ']');
  }

  private static String hex(long value) {
    return String.format("0x%02x", value);
  }

  private static void ipInfo(FlowRecord flow, LabelledLines out) {
    long flags = flow.number(FlowField.FRAGMENT_FLAGS);
    if (flags != 0) {
      String first = (flags & DO_NOT_FRAGMENT) != 0 ? " DF" : "   ";
      String second = (flags & MORE_FRAGMENTS) != 0 ? " MF" : "   ";
      out.value("ip fragment", WHOLE, hex(flags), first + second);
    }
    if (flow.number(FlowField.MIN_TTL) != 0 || flow.number(FlowField.MAX_TTL) != 0) {
      // Twice the same label, as nfdump has it.
      out.number("ip minTTL", SHORT, flow.number(FlowField.MIN_TTL));
      out.number("ip minTTL", SHORT, flow.number(FlowField.MAX_TTL));
    }
  }

  private static void network(
      FlowRecord flow, FlowField address, FlowField mask, String label, LabelledLines out) {
    long bits = flow.number(mask);
    String network =
        bits == 0 || !flow.has(address)
            ? ""
            : Cells.network(flow, address, mask, AddressWidth.LONG);
    out.number(label, SHORT, bits, ' ' + network + '/' + bits);
  }

  private static void labels(FlowRecord flow, LabelledLines out) {
    for (int i = 1; i <= MPLS_LABELS; i++) {
      long entry = flow.number(FlowField.valueOf("MPLS_" + i));
      if (entry != 0) {
        out.value("MPLS Lbl " + Padding.right(Integer.toString(i), 2), 12, Cells.mplsText(entry));
      }
    }
  }

  private static String millis(FlowRecord flow, FlowField latency) {
    return ValueScale.seconds(flow.number(latency));
  }

  private static void address(FlowRecord flow, FlowField field, String label, LabelledLines out) {
    out.value(label, ADDRESS, text(flow.bytes(field)));
  }

  /** An address and, where databases know it, its place. */
  private static void located(
      FlowRecord flow, FlowField field, String label, CellContext context, LabelledLines out) {
    String place = GeoCells.place(flow, field, context);
    out.value(label, ADDRESS, text(flow.bytes(field)), place.isEmpty() ? "" : ": " + place);
  }

  private static String text(byte[] address) {
    return AddressWidth.LONG.text(address, IpAddress.isMappedIpv4(address) ? 4 : 6);
  }
}
