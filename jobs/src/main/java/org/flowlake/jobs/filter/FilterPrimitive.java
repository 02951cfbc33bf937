package org.flowlake.jobs.filter;

import static org.flowlake.converters.flow.FlowField.*;
import static org.flowlake.jobs.filter.PrimitiveDefinition.term;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.filter.FlowNumber.Bits;
import org.flowlake.jobs.filter.FlowNumber.Rate;

/**
 * The primitives of the filter language: what they are called, what they read, what may follow.
 * Lexer and parser know no primitive; they read this table, as the binder and the docs do.
 *
 * <p>One file, though a long one: the vocabulary has to be in one table.
 *
 * <p>Source: nfdump 1.7.8's grammar, with the words of 1.7.1 where they are not ambiguous.
 */
enum FilterPrimitive {
  ANY(term("any").reads(new FlowField[0]).means("Every flow.", "any")),
  IPV4(term("ipv4", "inet").reads(IP_VERSION).means("IPv4 flows.", "ipv4")),
  IPV6(term("ipv6", "inet6").reads(IP_VERSION).means("IPv6 flows.", "ipv6 and proto tcp")),
  IP(
      term("ip", "host")
          .takes(ArgumentKind.ADDRESS)
          .orList()
          .twoSided(SRC_ADDR, DST_ADDR)
          .natSides(NAT_SRC_ADDR, NAT_DST_ADDR)
          .natAlias("xip")
          .natAlias("nip")
          .tunnelSides(TUN_SRC_ADDR, TUN_DST_ADDR)
          .tunnelAlias("tunip")
          .side(Qualifier.NEXT, NEXT_HOP)
          .side(Qualifier.BGP_NEXT, BGP_NEXT_HOP)
          .side(Qualifier.ROUTER, EXPORTER_ADDR)
          .means(
              "The address, one of the host's addresses, or one of the listed addresses and networks.",
              "src ip in [10.1.2.0/24 2001:db8::1]")),
  NET(
      term("net")
          .takes(ArgumentKind.NETWORK)
          .twoSided(SRC_ADDR, DST_ADDR)
          .natSides(NAT_SRC_ADDR, NAT_DST_ADDR)
          .natAlias("xnet")
          .tunnelSides(TUN_SRC_ADDR, TUN_DST_ADDR)
          .side(Qualifier.NEXT, NEXT_HOP)
          .side(Qualifier.BGP_NEXT, BGP_NEXT_HOP)
          .side(Qualifier.ROUTER, EXPORTER_ADDR)
          .means(
              "An address of the network; host bits that are given do not count.",
              "dst net 192.168.0.0/16")),
  PROTO(
      term("proto")
          .takes(ArgumentKind.CODE)
          .upTo(255)
          .named(NameTable.PROTOCOL)
          .reads(FlowField.PROTO)
          .side(Qualifier.TUN, TUN_PROTO)
          .means("The IP protocol, by number or by the beginning of its name.", "proto udp")),
  PORT(
      term("port")
          .takes(ArgumentKind.COMPARED_NUMBER)
          .upTo(65535)
          .orList()
          .twoSided(SRC_PORT, DST_PORT)
          .natSides(NAT_SRC_PORT, NAT_DST_PORT)
          .natAlias("xport")
          .natAlias("nport")
          .means("The transport port.", "dst port in [80 443]")),
  PORT_IN_BLOCK(
      term("port in nat pblock", "port in xlate pblock", "port in pblock")
          .twoSided(SRC_PORT, DST_PORT)
          .means("The port lies in the record's NAT port block.", "src port in nat pblock")),
  ICMP_TYPE(
      term("icmp-type", "icmp type")
          .takes(ArgumentKind.COMPARED_NUMBER)
          .upTo(255)
          .reads(new Bits(DST_PORT, 8, 0xff))
          .onlyProtocols(1, 58)
          .means("The type of an ICMP or ICMPv6 flow.", "icmp-type 8")),
  ICMP_CODE(
      term("icmp-code", "icmp code")
          .takes(ArgumentKind.COMPARED_NUMBER)
          .upTo(255)
          .reads(new Bits(DST_PORT, 0, 0xff))
          .onlyProtocols(1, 58)
          .means("The code of an ICMP or ICMPv6 flow.", "icmp-type 3 and icmp-code 1")),
  FLAGS(
      term("flags")
          .takes(ArgumentKind.FLAGS)
          .upTo(255)
          .reads(TCP_FLAGS)
          .onlyProtocols(6)
          .means(
              "A TCP flow with all of these flags (letters), exactly these (`=` and letters), or"
                  + " with the flags byte compared as a number. F S R P A U E C; X is FSRPAU.",
              "flags S and not flags A")),
  TOS(
      term("tos")
          .takes(ArgumentKind.COMPARED_NUMBER)
          .upTo(255)
          .twoSided(SRC_TOS, DST_TOS)
          .reads(SRC_TOS)
          .means(
              "The type of service byte, of the source side unless `dst` says otherwise.",
              "tos 16")),
  TTL(
      term("ttl")
          .takes(ArgumentKind.COMPARED_NUMBER)
          .upTo(255)
          .reads(MIN_TTL, MAX_TTL)
          .side(Qualifier.MIN, MIN_TTL)
          .side(Qualifier.MAX, MAX_TTL)
          .means("The smallest or the largest TTL seen, or either.", "max ttl < 64")),
  TTL_EQUAL(
      term("ttl equal").reads(MIN_TTL, MAX_TTL).means("All packets had one TTL.", "ttl equal")),
  PACKETS(
      term("packets")
          .takes(ArgumentKind.COMPARED_NUMBER)
          .reads(IN_PACKETS)
          .side(Qualifier.IN, IN_PACKETS)
          .side(Qualifier.OUT, OUT_PACKETS)
          .means("Packets; `out` counts those of the reverse direction.", "packets > 1k")),
  BYTES(
      term("bytes")
          .takes(ArgumentKind.COMPARED_NUMBER)
          .reads(IN_BYTES)
          .side(Qualifier.IN, IN_BYTES)
          .side(Qualifier.OUT, OUT_BYTES)
          .means("Bytes; `out` counts those of the reverse direction.", "bytes > 10m")),
  FLOWS(
      term("flows")
          .takes(ArgumentKind.COMPARED_NUMBER)
          .reads(FlowField.FLOWS)
          .absentReadsAs(1, FlowField.FLOWS)
          .means(
              "Flows in an aggregated record; a record without the counter is one.", "flows > 1")),
  PPS(
      term("pps")
          .takes(ArgumentKind.COMPARED_NUMBER)
          .reads(Rate.PACKETS_PER_SECOND)
          .means("Packets per second, whole; 0 if the flow has no duration.", "pps > 10")),
  BPS(
      term("bps")
          .takes(ArgumentKind.COMPARED_NUMBER)
          .reads(Rate.BITS_PER_SECOND)
          .means("Bits per second, whole; 0 if the flow has no duration.", "bps > 1m")),
  BPP(
      term("bpp")
          .takes(ArgumentKind.COMPARED_NUMBER)
          .reads(Rate.BYTES_PER_PACKET)
          .means("Bytes per packet, whole; 0 if the flow has no packets.", "bpp > 100")),
  DURATION(
      term("duration")
          .takes(ArgumentKind.COMPARED_NUMBER)
          .reads(Rate.DURATION_MILLIS)
          .means("Last seen minus first seen, milliseconds.", "duration > 5000")),
  FIRST_SEEN_TIME(
      term("first seen")
          .takes(ArgumentKind.TIME)
          .reads(FIRST_SEEN)
          .means(
              "When the flow began. Missing parts of the time stand for the start of the period.",
              "first seen > 2024-03-11T08:45")),
  LAST_SEEN_TIME(
      term("last seen")
          .takes(ArgumentKind.TIME)
          .reads(LAST_SEEN)
          .means("When the flow ended.", "last seen <= 2024-03-11T08:45")),
  COUNT(
      term("count", "cnt")
          .takes(ArgumentKind.COMPARED_NUMBER)
          .reads(FlowNumber.Place.RUNNING_NUMBER)
          .means(
              "The running number of the flow over all raw files, in their order, from 1. A lake"
                  + " keeps another order and cannot say.",
              "count < 3")),
  IF(
      term("if")
          .takes(ArgumentKind.NUMBER)
          .upTo(0xffff_ffffL)
          .reads(INPUT_IF, OUTPUT_IF)
          .side(Qualifier.IN, INPUT_IF)
          .side(Qualifier.OUT, OUTPUT_IF)
          .means("The SNMP index of the interface.", "in if 1")),
  AS(
      term("as")
          .takes(ArgumentKind.COMPARED_NUMBER)
          .upTo(0xffff_ffffL)
          .orList()
          .twoSided(SRC_AS, DST_AS)
          .absentReadsAs(0, SRC_AS, DST_AS)
          .side(Qualifier.NEXT, NEXT_AS)
          .side(Qualifier.PREV, PREV_AS)
          .means(
              "The autonomous system; a flow without source and destination AS has AS 0.",
              "src as in [65001 65002]")),
  MASK(
      term("mask")
          .takes(ArgumentKind.NUMBER)
          .upTo(255)
          .twoSided(SRC_MASK, DST_MASK)
          .means("The prefix length of the route.", "src mask 24")),
  VLAN(
      term("vlan")
          .takes(ArgumentKind.NUMBER)
          .upTo(0xffff_ffffL)
          .twoSided(List.of(SRC_VLAN, VLAN_ID), List.of(DST_VLAN, POST_VLAN_ID))
          .means("The VLAN id.", "vlan 100")),
  MAC(
      term("mac")
          .takes(ArgumentKind.MAC)
          .reads(IN_SRC_MAC, IN_DST_MAC, OUT_SRC_MAC, OUT_DST_MAC)
          .side(Qualifier.SRC, IN_SRC_MAC, OUT_SRC_MAC)
          .side(Qualifier.DST, IN_DST_MAC, OUT_DST_MAC)
          .side(Qualifier.IN, IN_SRC_MAC, IN_DST_MAC)
          .side(Qualifier.OUT, OUT_SRC_MAC, OUT_DST_MAC)
          .side(Qualifier.IN_SRC, IN_SRC_MAC)
          .side(Qualifier.IN_DST, IN_DST_MAC)
          .side(Qualifier.OUT_SRC, OUT_SRC_MAC)
          .side(Qualifier.OUT_DST, OUT_DST_MAC)
          .means("The MAC address.", "in src mac 00:11:22:33:44:55")),
  MPLS_LABEL(
      eachMplsEntry(term(), "mpls label", 4, 0xfffff)
          .takes(ArgumentKind.COMPARED_NUMBER)
          .means(
              "The label of a stack entry; `label1` is the top of the stack.", "mpls label1 16")),
  MPLS_EXP(
      eachMplsEntry(term(), "mpls exp", 1, 7)
          .takes(ArgumentKind.COMPARED_NUMBER)
          .means("The EXP bits of a stack entry.", "mpls exp1 1")),
  MPLS_END(
      eachMplsEntry(term("mpls eos").takes(ArgumentKind.COMPARED_NUMBER))
          .means("The label of the bottom of the stack.", "mpls eos 16")),
  MPLS_ANY(
      eachMplsEntry(term("mpls any").takes(ArgumentKind.COMPARED_NUMBER))
          .means("The label of any stack entry.", "mpls any 32")),
  ETHER_TYPE(
      term("ethertype")
          .takes(ArgumentKind.NUMBER)
          .upTo(65535)
          .reads(ETHERTYPE)
          .means("The Ethernet type.", "ethertype 0x0800")),
  FLOW_DIRECTION(
      term("flowdir", "dir")
          .takes(ArgumentKind.CODE)
          .upTo(1)
          .named(NameTable.FLOW_DIRECTION)
          .reads(DIRECTION)
          .means("Whether the flow was seen coming in (0) or going out (1).", "flowdir egress")),
  FORWARDING_STATUS(
      term("fwdstat")
          .takes(ArgumentKind.COMPARED_CODE)
          .upTo(255)
          .named(NameTable.FORWARDING_STATUS)
          .reads(FWD_STATUS)
          .means("The forwarding status byte (RFC 7270).", "fwdstat drop")),
  ENGINE_TYPE_NUMBER(
      term("engine-type", "engine type")
          .takes(ArgumentKind.COMPARED_NUMBER)
          .upTo(255)
          .reads(ENGINE_TYPE)
          .means("The engine type of the exporter.", "engine-type 1")),
  ENGINE_ID_NUMBER(
      term("engine-id", "engine id")
          .takes(ArgumentKind.COMPARED_NUMBER)
          .upTo(255)
          .reads(ENGINE_ID)
          .means("The engine id of the exporter.", "engine-id 2")),
  EXPORTER(
      term("exporter id", "exporter sysid", "sysid")
          .takes(ArgumentKind.COMPARED_NUMBER)
          .upTo(65535)
          .reads(EXPORTER_ID)
          .means("The collector's number of the exporter.", "exporter id 1")),
  EXPORT_VERSION(
      term("nfversion")
          .takes(ArgumentKind.COMPARED_NUMBER)
          .upTo(255)
          .reads(NF_VERSION)
          .means("The version of the export protocol; 10 is IPFIX.", "nfversion 9")),
  IDENT(
      term("ident")
          .takes(ArgumentKind.TEXT)
          .reads(SOURCE_ID)
          .means(
              "The ident of the raw file that the flow is from; `none` where it has none.",
              "ident gw1")),
  OBSERVATION_DOMAIN(
      term("observation domain id")
          .takes(ArgumentKind.COMPARED_NUMBER)
          .reads(OBSERVATION_DOMAIN_ID)
          .means("The observation domain.", "observation domain id 1")),
  OBSERVATION_POINT(
      term("observation point id")
          .takes(ArgumentKind.COMPARED_NUMBER)
          .reads(OBSERVATION_POINT_ID)
          .means("The observation point.", "observation point id 1")),
  VRF(
      term("vrf")
          .takes(ArgumentKind.COMPARED_NUMBER)
          .side(Qualifier.INGRESS, INGRESS_VRF)
          .side(Qualifier.EGRESS, EGRESS_VRF)
          .means("The VRF the flow came in or left by.", "ingress vrf 1")),
  LATENCY(
      term("latency")
          .takes(ArgumentKind.COMPARED_NUMBER)
          .side(Qualifier.CLIENT, CLIENT_LATENCY)
          .side(Qualifier.SERVER, SERVER_LATENCY)
          .side(Qualifier.APP, APP_LATENCY)
          .means("Network or application delay, microseconds.", "client latency > 1000")),
  LABEL(
      term("flowlabel")
          .takes(ArgumentKind.TEXT)
          .reads(FLOW_LABEL)
          .means("The label that nfdump 1.7.1 gave the flow.", "flowlabel suspect")),
  ASA_EVENT(
      term("asa event")
          .takes(ArgumentKind.COMPARED_CODE)
          .upTo(255)
          .named(NameTable.ASA_EVENT)
          .reads(FW_EVENT)
          .means("The firewall event of a Cisco ASA.", "asa event delete")),
  ASA_EVENT_DENIED(
      term("asa event denied")
          .takes(ArgumentKind.CODE)
          .upTo(65535)
          .named(NameTable.ASA_EXTENDED_EVENT)
          .reads(FW_XEVENT)
          .means("The firewall denied the flow, and why.", "asa event denied ingress")),
  ASA_DENIED(
      term("asa denied")
          .takes(ArgumentKind.NAME)
          .named(NameTable.ASA_EXTENDED_EVENT)
          .reads(FW_XEVENT)
          .means("Why the firewall denied the flow.", "asa denied ingress")),
  ASA_EXTENDED_EVENT(
      term("asa xevent")
          .takes(ArgumentKind.COMPARED_NUMBER)
          .reads(FW_XEVENT)
          .means("The extended event code of the firewall.", "asa xevent 1001")),
  ASA_USER(
      term("asa user")
          .takes(ArgumentKind.TEXT)
          .reads(USER_NAME)
          .means("The user that the firewall knows.", "asa user alice")),
  ACL(
      term("acl", "ace", "xace")
          .takes(ArgumentKind.COMPARED_NUMBER)
          .side(Qualifier.INGRESS, INGRESS_ACL, INGRESS_ACE, INGRESS_XACE)
          .side(Qualifier.EGRESS, EGRESS_ACL, EGRESS_ACE, EGRESS_XACE)
          .means("Any of the three numbers of the access list entry.", "ingress acl 5")),
  NAT_EVENT_CODE(
      term("nat event", "xlate event")
          .takes(ArgumentKind.COMPARED_CODE)
          .upTo(255)
          .named(NameTable.NAT_EVENT)
          .reads(NAT_EVENT)
          .means("The NAT event (RFC 8158).", "nat event add")),
  PORT_BLOCK(
      term()
          .takes(ArgumentKind.COMPARED_NUMBER)
          .upTo(65535)
          .variant(
              new FlowNumber.Stored(PBLOCK_START),
              "nat pblock start",
              "xlate pblock start",
              "pblock start")
          .variant(
              new FlowNumber.Stored(PBLOCK_END), "nat pblock end", "xlate pblock end", "pblock end")
          .variant(
              new FlowNumber.Stored(PBLOCK_STEP),
              "nat pblock step",
              "xlate pblock step",
              "pblock step")
          .variant(
              new FlowNumber.Stored(PBLOCK_SIZE),
              "nat pblock size",
              "xlate pblock size",
              "pblock size")
          .means("The NAT port block.", "nat pblock start > 1024")),
  PAYLOAD_CONTENT(
      term("payload content")
          .takes(ArgumentKind.TEXT)
          .reads(IN_PAYLOAD, OUT_PAYLOAD)
          .means("The payload contains the text.", "payload content 'GET '")),
  PAYLOAD_REGEX(
      term("payload regex")
          .takes(ArgumentKind.PATTERN)
          .reads(IN_PAYLOAD, OUT_PAYLOAD)
          .means(
              "The payload matches the expression; `i` ignores case.", "payload regex 'GET|POST'")),
  PF_ACTION_NAME(
      term("pf action")
          .takes(ArgumentKind.NAME)
          .named(NameTable.PF_ACTION)
          .reads(PF_ACTION)
          .means("What OpenBSD's pf did.", "pf action block")),
  PF_REASON_NAME(
      term("pf reason")
          .takes(ArgumentKind.NAME)
          .named(NameTable.PF_REASON)
          .reads(PF_REASON)
          .means("Why pf did it.", "pf reason match")),
  PF_DIRECTION_NAME(
      term("pf dir")
          .takes(ArgumentKind.NAME)
          .named(NameTable.PF_DIRECTION)
          .reads(PF_DIRECTION)
          .means("Which way the packet went.", "pf dir in")),
  PF_INTERFACE_NAME(
      term("pf interface")
          .takes(ArgumentKind.TEXT)
          .reads(PF_INTERFACE)
          .means("The interface's name.", "pf interface em0")),
  PF_RULE_NUMBER(
      term("pf rule")
          .takes(ArgumentKind.COMPARED_NUMBER)
          .reads(PF_RULE)
          .means("The rule's number.", "pf rule 3")),
  GEO(
      term("geo")
          .takes(ArgumentKind.NAME)
          .twoSided(SRC_ADDR, DST_ADDR)
          .natSides(NAT_SRC_ADDR, NAT_DST_ADDR)
          .tunnelSides(TUN_SRC_ADDR, TUN_DST_ADDR)
          .means("The country of the address, two letters.", "dst geo CH")),
  TLS_DEFINED(
      payloadTerm("tls defined", "ssl defined")
          .means("A TLS hello, of client or server.", "payload tls defined")),
  TLS_VERSION(
      payloadTerm("tls version")
          .takes(ArgumentKind.TEXT)
          .means(
              "The version field of the TLS hello; TLS 1.3 says 1.2 there.",
              "payload tls version 1.2")),
  SSL_VERSION(
      payloadTerm("ssl version")
          .takes(ArgumentKind.TEXT)
          .means("The version field of the hello.", "payload ssl version 3.0")),
  TLS_SNI(
      payloadTerm("tls sni", "ssl sni")
          .takes(ArgumentKind.TEXT)
          .means(
              "The server name of the TLS handshake contains the text.",
              "payload tls sni example")),
  JA3_DEFINED(payloadTerm("ja3 defined").means("A JA3 fingerprint exists.", "payload ja3 defined")),
  JA3(
      payloadTerm("ja3")
          .takes(ArgumentKind.TEXT)
          .means(
              "The JA3 fingerprint of a client, or JA3S of a server.",
              "payload ja3 123456789012345678901234567890ab")),
  JA4_DEFINED(payloadTerm("ja4 defined").means("A JA4 fingerprint exists.", "payload ja4 defined")),
  JA4(
      payloadTerm("ja4")
          .takes(ArgumentKind.TEXT)
          .means(
              "The JA4 fingerprint of a client, as defined or as nfdump 1.7.8 prints it, which says"
                  + " TLS 1.2 for TLS 1.3.",
              "payload ja4 t13d1516h2_8daaf6152771_e5627efa2ab1")),
  JA4S(
      payloadTerm("ja4s")
          .takes(ArgumentKind.TEXT)
          .means(
              "Not supported, as in nfdump's usual builds.",
              "payload ja4s t120400_c030_4e8089608790")),
  DNS_DEFINED(
      payloadTerm("dns defined").means("A DNS message, on port 53.", "payload dns defined")),
  DNS_NAME(
      payloadTerm("dns name")
          .takes(ArgumentKind.TEXT)
          .means("A name that is asked for contains the text.", "payload dns name example.com")),
  DNS_ADDRESS(
      payloadTerm("dns address", "dns addr")
          .takes(ArgumentKind.TEXT)
          .means(
              "An address in answers or additional records, as text, contains the text.",
              "payload dns address 192.0.2.1"));

  private final PrimitiveDefinition definition;

  FilterPrimitive(PrimitiveDefinition definition) {
    this.definition = definition;
  }

  ArgumentKind argument() {
    return definition.argument;
  }

  NameTable names() {
    return definition.names;
  }

  /** The largest number allowed; the smallest is 0. */
  long largest() {
    return definition.largest;
  }

  boolean takesLists() {
    return definition.takesLists;
  }

  /** What the primitive reads with this qualifier. */
  List<FlowNumber> operands(Qualifier qualifier) {
    return definition.sides.get(qualifier);
  }

  /** The protocols a flow must have for the test to hold; empty where any will do. */
  List<Integer> impliedProtocols() {
    return definition.impliedProtocols;
  }

  /** What a missing field counts as; empty where the test then fails. */
  OptionalLong absentReadsAs(FlowField field) {
    Long value = definition.absentReadsAs.get(field);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  String meaning() {
    return definition.meaning;
  }

  String example() {
    return definition.example;
  }

  /** Every phrase that asks for this primitive, with what it stands for; canonical ones first. */
  List<Map.Entry<String, TermForm>> phrases() {
    List<Map.Entry<String, TermForm>> phrases = new ArrayList<>();
    definition.sides.forEach(
        (qualifier, operands) -> {
          if (!definition.spellings.isEmpty()) {
            TermForm form = form(qualifier);
            for (String spelling : definition.spellings) {
              for (String words : qualifier.spellings()) {
                phrases.add(Map.entry((words + " " + spelling).strip(), form));
              }
            }
          }
        });
    definition.aliases.forEach((phrase, side) -> phrases.add(Map.entry(phrase, form(side))));
    definition.variants.forEach(
        (operand, spellings) -> {
          TermForm form = new TermForm(this, Qualifier.NONE, spellings.get(0), List.of(operand));
          spellings.forEach(phrase -> phrases.add(Map.entry(phrase, form)));
        });
    return phrases;
  }

  private TermForm form(Qualifier qualifier) {
    String words = (qualifier.canonical() + " " + definition.spellings.get(0)).strip();
    return new TermForm(this, qualifier, words, definition.sides.get(qualifier));
  }

  private static PrimitiveDefinition payloadTerm(String... words) {
    return term(Arrays.stream(words).map(word -> "payload " + word).toArray(String[]::new))
        .reads(IN_PAYLOAD)
        .side(Qualifier.IN, IN_PAYLOAD)
        .side(Qualifier.OUT, OUT_PAYLOAD);
  }

  private static PrimitiveDefinition eachMplsEntry(
      PrimitiveDefinition row, String phrase, int shift, long mask) {
    for (int entry = 1; entry <= 10; entry++) {
      row.variant(new Bits(FlowField.valueOf("MPLS_" + entry), shift, mask), phrase + entry);
    }
    return row;
  }

  private static PrimitiveDefinition eachMplsEntry(PrimitiveDefinition row) {
    FlowNumber[] labels = new FlowNumber[10];
    for (int entry = 1; entry <= labels.length; entry++) {
      labels[entry - 1] = new Bits(FlowField.valueOf("MPLS_" + entry), 4, 0xfffff);
    }
    return row.reads(labels);
  }
}
