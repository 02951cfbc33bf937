package org.flowlake.jobs.stat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.question.QuestionException;

/**
 * What a statistic groups flows by. An element of several fields counts a flow once for each:
 * {@code ip} for its source and for its destination.
 */
public enum StatElement {
  SRCIP("Src IP Addr", ElementKind.ADDRESS, FlowField.SRC_ADDR),
  DSTIP("Dst IP Addr", ElementKind.ADDRESS, FlowField.DST_ADDR),
  IP("    IP Addr", ElementKind.ADDRESS, FlowField.SRC_ADDR, FlowField.DST_ADDR),
  SRCGEO("Src Geo", ElementKind.COUNTRY, FlowField.SRC_ADDR),
  DSTGEO("Dst Geo", ElementKind.COUNTRY, FlowField.DST_ADDR),
  GEO(" Geo", ElementKind.COUNTRY, FlowField.SRC_ADDR, FlowField.DST_ADDR),
  NHIP("Nexthop IP", ElementKind.ADDRESS, FlowField.NEXT_HOP),
  NHBIP("Nexthop BGP IP", ElementKind.ADDRESS, FlowField.BGP_NEXT_HOP),
  ROUTER("Router IP", ElementKind.ADDRESS, FlowField.EXPORTER_ADDR),
  SRCPORT("Src Port", ElementKind.NUMBER, FlowField.SRC_PORT),
  DSTPORT("Dst Port", ElementKind.NUMBER, FlowField.DST_PORT),
  PORT("Port", ElementKind.NUMBER, FlowField.SRC_PORT, FlowField.DST_PORT),
  PROTO("Protocol", ElementKind.NUMBER, FlowField.PROTO),
  FLAGS("TCPflags", ElementKind.FLAGS, FlowField.TCP_FLAGS),
  SRCTOS("Src Tos", ElementKind.NUMBER, FlowField.SRC_TOS),
  DSTTOS("Dst Tos", ElementKind.NUMBER, FlowField.DST_TOS),
  TOS("Tos", ElementKind.NUMBER, FlowField.SRC_TOS, FlowField.DST_TOS),
  DIR("Dir", ElementKind.NUMBER, FlowField.DIRECTION),
  SRCAS("Src AS", ElementKind.NUMBER, FlowField.SRC_AS),
  SRCASN(" ".repeat(33) + "Organisation AS num  ", ElementKind.ORGANISATION, FlowField.SRC_AS),
  DSTASN(" ".repeat(33) + "Organisation AS num  ", ElementKind.ORGANISATION, FlowField.DST_AS),
  ASN(
      " ".repeat(33) + "Organisation AS num  ",
      ElementKind.ORGANISATION,
      FlowField.SRC_AS,
      FlowField.DST_AS),
  DSTAS("Dst AS", ElementKind.NUMBER, FlowField.DST_AS),
  AS("AS", ElementKind.NUMBER, FlowField.SRC_AS, FlowField.DST_AS),
  PREVAS("Prev AS", ElementKind.NUMBER, FlowField.PREV_AS),
  NEXTAS("Next AS", ElementKind.NUMBER, FlowField.NEXT_AS),
  INIF("Input If", ElementKind.NUMBER, FlowField.INPUT_IF),
  OUTIF("Output If", ElementKind.NUMBER, FlowField.OUTPUT_IF),
  IF("Interface", ElementKind.NUMBER, FlowField.INPUT_IF, FlowField.OUTPUT_IF),
  SRCMASK("Src Mask", ElementKind.NUMBER, FlowField.SRC_MASK),
  DSTMASK("Dst Mask", ElementKind.NUMBER, FlowField.DST_MASK),
  MASK("Mask", ElementKind.NUMBER, FlowField.SRC_MASK, FlowField.DST_MASK),
  SRCVLAN("Src Vlan", ElementKind.NUMBER, FlowField.SRC_VLAN),
  DSTVLAN("Dst Vlan", ElementKind.NUMBER, FlowField.DST_VLAN),
  TUNPROTO("Tun proto", ElementKind.NUMBER, FlowField.TUN_PROTO),
  VLAN("Vlan", ElementKind.NUMBER, FlowField.SRC_VLAN, FlowField.DST_VLAN),
  INSRCMAC("In Src Mac", ElementKind.MAC, FlowField.IN_SRC_MAC),
  OUTDSTMAC("Out Dst Mac", ElementKind.MAC, FlowField.OUT_DST_MAC),
  INDSTMAC("In Dst Mac", ElementKind.MAC, FlowField.IN_DST_MAC),
  OUTSRCMAC("Out Src Mac", ElementKind.MAC, FlowField.OUT_SRC_MAC),
  ETHERTYPE("Ethertype", ElementKind.NUMBER, FlowField.ETHERTYPE),
  SRCMAC("Src Mac", ElementKind.MAC, FlowField.IN_SRC_MAC, FlowField.OUT_SRC_MAC),
  DSTMAC("Dst Mac", ElementKind.MAC, FlowField.IN_DST_MAC, FlowField.OUT_DST_MAC),
  INMAC("In Mac", ElementKind.MAC, FlowField.IN_SRC_MAC, FlowField.IN_DST_MAC),
  OUTMAC("Out Mac", ElementKind.MAC, FlowField.OUT_DST_MAC, FlowField.OUT_SRC_MAC),
  MAC(
      "Mac Addr",
      ElementKind.MAC,
      FlowField.IN_SRC_MAC,
      FlowField.OUT_DST_MAC,
      FlowField.IN_DST_MAC,
      FlowField.OUT_SRC_MAC),
  MPLS1("MPLS label 1", ElementKind.MPLS, FlowField.MPLS_1),
  MPLS2("MPLS label 2", ElementKind.MPLS, FlowField.MPLS_2),
  MPLS3("MPLS label 3", ElementKind.MPLS, FlowField.MPLS_3),
  MPLS4("MPLS label 4", ElementKind.MPLS, FlowField.MPLS_4),
  MPLS5("MPLS label 5", ElementKind.MPLS, FlowField.MPLS_5),
  MPLS6("MPLS label 6", ElementKind.MPLS, FlowField.MPLS_6),
  MPLS7("MPLS label 7", ElementKind.MPLS, FlowField.MPLS_7),
  MPLS8("MPLS label 8", ElementKind.MPLS, FlowField.MPLS_8),
  MPLS9("MPLS label 9", ElementKind.MPLS, FlowField.MPLS_9),
  MPLS10("MPLS label 10", ElementKind.MPLS, FlowField.MPLS_10),
  CL("Client Latency", ElementKind.LATENCY, FlowField.CLIENT_LATENCY),
  SL("Server Latency", ElementKind.LATENCY, FlowField.SERVER_LATENCY),
  AL("Application Latency", ElementKind.LATENCY, FlowField.APP_LATENCY),
  NBAR("Nbar", ElementKind.APPLICATION, FlowField.APPLICATION_ID),
  JA3("ja3" + " ".repeat(29), ElementKind.JA3, FlowField.IN_PAYLOAD, FlowField.OUT_PAYLOAD),
  JA4("ja4" + " ".repeat(32), ElementKind.JA4, FlowField.IN_PAYLOAD),
  ODID("Obs DomainID", ElementKind.HEX, FlowField.OBSERVATION_DOMAIN_ID),
  OPID("Obs PointID", ElementKind.HEX, FlowField.OBSERVATION_POINT_ID),
  EVENT(" Event", ElementKind.EVENT, FlowField.FW_EVENT),
  XEVENT(" Event", ElementKind.NUMBER, FlowField.FW_XEVENT),
  NAT("NAT Event", ElementKind.EVENT, FlowField.NAT_EVENT),
  NATSRCIP("X-Src IP Addr", ElementKind.ADDRESS, FlowField.NAT_SRC_ADDR),
  NATDSTIP("X-Dst IP Addr", ElementKind.ADDRESS, FlowField.NAT_DST_ADDR),
  NATIP("X-IP Addr", ElementKind.ADDRESS, FlowField.NAT_SRC_ADDR, FlowField.NAT_DST_ADDR),
  NATSRCPORT("X-Src Port", ElementKind.NUMBER, FlowField.NAT_SRC_PORT),
  NATDSTPORT("X-Dst Port", ElementKind.NUMBER, FlowField.NAT_DST_PORT),
  NATPORT("X-Port", ElementKind.NUMBER, FlowField.NAT_SRC_PORT, FlowField.NAT_DST_PORT),
  IACL("Ingress ACL", ElementKind.HEX, FlowField.INGRESS_ACL),
  EACL("Egress ACL", ElementKind.HEX, FlowField.EGRESS_ACL),
  IVRF("I-vrf ID", ElementKind.NUMBER, FlowField.INGRESS_VRF),
  EVRF("E-vrf ID", ElementKind.NUMBER, FlowField.EGRESS_VRF),
  MINTTL("minTTL", ElementKind.NUMBER, FlowField.MIN_TTL),
  MAXTTL("maxTTL", ElementKind.NUMBER, FlowField.MAX_TTL);

  private final String head;
  private final ElementKind kind;
  private final List<FlowField> fields;

  StatElement(String head, ElementKind kind, FlowField... fields) {
    this.head = head;
    this.kind = kind;
    this.fields = List.of(fields);
  }

  /**
   * The element of this name, in either case.
   *
   * @throws QuestionException if there is none; the message lists all
   */
  public static StatElement of(String name) {
    return Arrays.stream(values())
        .filter(element -> element.word().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new QuestionException(
                    "Unknown statistic: '"
                        + name
                        + "'. Available element statistics: record "
                        + Arrays.stream(values())
                            .map(StatElement::word)
                            .collect(Collectors.joining(" "))));
  }

  /** The name in {@code -s}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The head of the value column. */
  public String head() {
    return head;
  }

  public ElementKind kind() {
    return kind;
  }

  /** The fields whose values are counted; a flow is counted once for each. */
  public List<FlowField> fields() {
    return fields;
  }
}
