package org.flowlake.jobs.report;

import java.util.List;
import java.util.function.IntFunction;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.udfs.flow.FirewallEvent;
import org.flowlake.udfs.flow.NatEvent;
import org.flowlake.udfs.flow.PacketFilterLog;

/** Cells of single format tokens: record header, events, packet filter and other extensions. */
final class EventCells {
  private static final String NO_IDENT = "<no ident>";
  private static final int IDENT_WIDTH = 12;
  private static final int RECORD_IS_EVENT = 1;
  private static final int MORE_FRAGMENTS = 0x20;
  private static final int DO_NOT_FRAGMENT = 0x40;
  private static final int ENTERPRISE_CLASS = 20;

  private EventCells() {}

  static TokenCell fixed(String text) {
    return TokenCell.right(0, (flow, context) -> text);
  }

  static TokenCell version() {
    return TokenCell.both(
        (flow, context) -> version(flow, "EVT", "Sv", "Pv", "Nv", "FLO"),
        (flow, context) -> version(flow, "event", "sflowV", "pcapdV", "netflowV", "flow"),
        FlowField.NF_VERSION,
        FlowField.RECORD_FLAGS);
  }

  private static String version(
      FlowRecord flow, String event, String sflow, String pcap, String netflow, String unknown) {
    int version = (int) flow.number(FlowField.NF_VERSION);
    if ((flow.number(FlowField.RECORD_FLAGS) & RECORD_IS_EVENT) != 0) {
      return event + version;
    } else if (version == 0) {
      return unknown;
    } else if ((version & 0x80) != 0) {
      return sflow + (version & 0x0F);
    }
    return ((version & 0x40) != 0 ? pcap : netflow) + (version & 0x0F);
  }

  static TokenCell position() {
    return TokenCell.right(5, (flow, context) -> Long.toString(flow.position())).asNumber();
  }

  /** The ident of the flow's raw file. */
  static TokenCell ident() {
    return new TokenCell(
        List.of(FlowField.SOURCE_ID),
        (flow, context, out) ->
            Padding.left(out, context.idents.of(flow).orElse(NO_IDENT), IDENT_WIDTH),
        (flow, context, out) -> out.append(context.idents.of(flow).orElse(NO_IDENT)));
  }

  static TokenCell engine() {
    return new TokenCell(
        List.of(FlowField.ENGINE_TYPE, FlowField.ENGINE_ID),
        (flow, context, out) -> {
          Padding.right(out, Long.toString(flow.number(FlowField.ENGINE_TYPE)), 3).append('/');
          Padding.left(out, Long.toString(flow.number(FlowField.ENGINE_ID)), 3);
        },
        (flow, context, out) ->
            out.append(flow.number(FlowField.ENGINE_TYPE))
                .append('/')
                .append(flow.number(FlowField.ENGINE_ID)));
  }

  /** A byte of the destination port, which holds type and code of ICMP; of any protocol. */
  static TokenCell portByte(int shift) {
    return TokenCell.right(
            6,
            (flow, context) -> Long.toString(flow.number(FlowField.DST_PORT) >> shift & 0xFF),
            FlowField.DST_PORT)
        .asNumber();
  }

  static TokenCell direction() {
    return TokenCell.right(
        3,
        (flow, context) -> flow.number(FlowField.DIRECTION) == 0 ? "I" : "E",
        FlowField.DIRECTION);
  }

  /** A record without a count of its own is one flow. */
  static TokenCell flows() {
    return TokenCell.right(
            5,
            (flow, context) ->
                Long.toString(flow.has(FlowField.FLOWS) ? flow.number(FlowField.FLOWS) : 1),
            FlowField.FLOWS)
        .asNumber();
  }

  private static long eventMillis(FlowRecord flow) {
    return flow.has(FlowField.EVENT_TIME)
        ? flow.millis(FlowField.EVENT_TIME)
        : flow.millis(FlowField.NAT_EVENT_TIME);
  }

  static TokenCell time() {
    return Cells.isoInJson(
        TokenCell.right(
            0,
            (flow, context) -> context.local.millis(eventMillis(flow)),
            FlowField.EVENT_TIME,
            FlowField.NAT_EVENT_TIME));
  }

  static TokenCell millis() {
    return TokenCell.right(
            13,
            (flow, context) -> Long.toString(eventMillis(flow)),
            FlowField.EVENT_TIME,
            FlowField.NAT_EVENT_TIME)
        .asNumber();
  }

  /** The firewall event, or the NAT event where there is none or it is 0. */
  static TokenCell event() {
    return TokenCell.both(
        (flow, context) ->
            context.scale == ValueScale.PLAIN
                ? Long.toString(eventNumber(flow))
                : Padding.right(eventName(flow), 8),
        (flow, context) ->
            Long.toString(
                flow.has(FlowField.FW_EVENT)
                    ? flow.number(FlowField.FW_EVENT)
                    : flow.number(FlowField.NAT_EVENT)),
        FlowField.FW_EVENT,
        FlowField.NAT_EVENT);
  }

  private static long eventNumber(FlowRecord flow) {
    long event = flow.number(FlowField.FW_EVENT);
    return event == 0 ? flow.number(FlowField.NAT_EVENT) : event;
  }

  private static String eventName(FlowRecord flow) {
    if (flow.has(FlowField.NAT_EVENT) && flow.number(FlowField.FW_EVENT) == 0) {
      return NatEvent.text((int) flow.number(FlowField.NAT_EVENT));
    }
    return flow.has(FlowField.FW_EVENT)
        ? FirewallEvent.text((int) flow.number(FlowField.FW_EVENT))
        : "<no-evt>";
  }

  /** A code under its name; two texts for an absent one. */
  static TokenCell named(
      int width, FlowField field, IntFunction<String> name, String absent, String absentInCsv) {
    return TokenCell.both(
        (flow, context) ->
            Padding.right(flow.has(field) ? name.apply((int) flow.number(field)) : absent, width),
        (flow, context) -> flow.has(field) ? name.apply((int) flow.number(field)) : absentInCsv,
        field);
  }

  static TokenCell ingressAcl() {
    return acl(
        FlowField.INGRESS_ACL,
        FlowField.INGRESS_ACE,
        FlowField.INGRESS_XACE,
        value -> {
          StringBuilder out = new StringBuilder("0x");
          return Padding.left(out, Long.toHexString(value & 0xFFFFFFFFL), 8).toString();
        });
  }

  static TokenCell egressAcl() {
    return acl(
            FlowField.EGRESS_ACL,
            FlowField.EGRESS_ACE,
            FlowField.EGRESS_XACE,
            value -> Padding.right(Long.toString(value), 10))
        .withCsv(
            (flow, context) ->
                flow.number(FlowField.EGRESS_ACL)
                    + " "
                    + flow.number(FlowField.EGRESS_ACE)
                    + " "
                    + flow.number(FlowField.EGRESS_XACE));
  }

  /** The ids of the ACL, its entry and the extended entry that a packet came in by. */
  static String ingressAclText(FlowRecord flow) {
    return aclText(flow, FlowField.INGRESS_ACL, FlowField.INGRESS_ACE, FlowField.INGRESS_XACE);
  }

  /** The same of the way out. */
  static String egressAclText(FlowRecord flow) {
    return aclText(flow, FlowField.EGRESS_ACL, FlowField.EGRESS_ACE, FlowField.EGRESS_XACE);
  }

  private static String aclText(
      FlowRecord flow, FlowField first, FlowField second, FlowField third) {
    return "0x"
        + Long.toHexString(flow.number(first))
        + "/0x"
        + Long.toHexString(flow.number(second))
        + "/0x"
        + Long.toHexString(flow.number(third));
  }

  private static TokenCell acl(
      FlowField first,
      FlowField second,
      FlowField third,
      java.util.function.LongFunction<String> text) {
    return TokenCell.right(
        0,
        (flow, context) ->
            text.apply(flow.number(first))
                + ' '
                + text.apply(flow.number(second))
                + ' '
                + text.apply(flow.number(third)),
        first,
        second,
        third);
  }

  /** {@code class..selector}, with the enterprise number between them for class 20. */
  static TokenCell application() {
    return TokenCell.both(
        (flow, context) -> application(flow.bytes(FlowField.APPLICATION_ID), 2),
        (flow, context) -> application(flow.bytes(FlowField.APPLICATION_ID), 0),
        FlowField.APPLICATION_ID);
  }

  static TokenCell applicationName() {
    return TokenCell.both(
        (flow, context) -> applicationName(flow, context, "<no nbar>", "<no info>"),
        (flow, context) -> applicationName(flow, context, "no-nbar", "no-info"),
        FlowField.APPLICATION_ID);
  }

  private static String applicationName(
      FlowRecord flow, CellContext context, String noApplication, String noName) {
    return flow.has(FlowField.APPLICATION_ID)
        ? context.names.ofApplication(flow.bytes(FlowField.APPLICATION_ID)).orElse(noName)
        : noApplication;
  }

  static TokenCell interfaceName(FlowField field) {
    return TokenCell.right(
        0, (flow, context) -> context.names.ofInterface(flow.number(field)), field);
  }

  static TokenCell vrfName(FlowField field) {
    return TokenCell.right(0, (flow, context) -> context.names.ofVrf(flow.number(field)), field);
  }

  /** Without a list of Tor's exits nothing is known to be one. */
  static TokenCell noTorExit() {
    return TokenCell.both((flow, context) -> "    ", (flow, context) -> "");
  }

  static TokenCell etherType() {
    return TokenCell.right(
        0,
        (flow, context) -> String.format("0x%04x", flow.number(FlowField.ETHERTYPE)),
        FlowField.ETHERTYPE);
  }

  /** An application's id as nfdump prints it: class, enterprise if it has one, selector. */
  static String application(byte[] id, int width) {
    if (id == null || id.length == 0) {
      return "0..0..0";
    }
    String head = Padding.right(Integer.toString(id[0] & 0xFF), width) + "..";
    if (id[0] == ENTERPRISE_CLASS && id.length >= 5) {
      return head
          + Integer.toUnsignedString(bigEndian(id, 1, 5))
          + ".."
          + Integer.toUnsignedString(bigEndian(id, 5, id.length));
    }
    return head + Integer.toUnsignedString(bigEndian(id, 1, id.length));
  }

  private static int bigEndian(byte[] bytes, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      value = value << 8 | bytes[i] & 0xFF;
    }
    return value;
  }

  static TokenCell observation(int digits, FlowField field) {
    return TokenCell.right(
        0,
        (flow, context) -> {
          if (!flow.has(field)) {
            return "0x00";
          }
          String hex = Long.toHexString(flow.number(field));
          return "0x" + "0".repeat(Math.max(0, digits - hex.length())) + hex;
        },
        field);
  }

  static TokenCell pfInterface() {
    return TokenCell.right(
        9,
        (flow, context) ->
            flow.has(FlowField.PF_INTERFACE) ? flow.text(FlowField.PF_INTERFACE) : "<no-pf>",
        FlowField.PF_INTERFACE);
  }

  static TokenCell pfAction() {
    return named(6, FlowField.PF_ACTION, PacketFilterLog::actionText, "<no-pf>", "no-pf");
  }

  static TokenCell pfReason() {
    return named(6, FlowField.PF_REASON, PacketFilterLog::reasonText, "<no-pf>", "no-pf");
  }

  static TokenCell pfDirection() {
    return named(
        3, FlowField.PF_DIRECTION, code -> code == 0 ? "out" : "in", "<no pfinfo>", "no pfinfo");
  }

  /** nfdump's own form: {@code 0x} before a decimal number. */
  static TokenCell flowId() {
    return Cells.number(
        FlowField.FLOW_ID,
        id -> "0x" + Padding.right(Long.toUnsignedString(id), 13),
        id -> "0x" + Long.toUnsignedString(id));
  }

  static TokenCell label() {
    return TokenCell.right(16, (flow, context) -> "<none>");
  }

  static TokenCell ttl() {
    return TokenCell.right(
        0,
        (flow, context) ->
            Padding.right(Long.toString(flow.number(FlowField.MIN_TTL)), 5)
                + ' '
                + Padding.right(Long.toString(flow.number(FlowField.MAX_TTL)), 5),
        FlowField.MIN_TTL,
        FlowField.MAX_TTL);
  }

  static TokenCell fragment() {
    return TokenCell.right(
        0,
        (flow, context) -> {
          long flags = flow.number(FlowField.FRAGMENT_FLAGS);
          return ((flags & DO_NOT_FRAGMENT) != 0 ? "DF" : "--")
              + ((flags & MORE_FRAGMENTS) != 0 ? "MF" : "--");
        },
        FlowField.FRAGMENT_FLAGS);
  }
}
