package org.flowlake.jobs.report;

import static org.flowlake.jobs.report.Cells.counter;
import static org.flowlake.jobs.report.Cells.flowAddress;
import static org.flowlake.jobs.report.Cells.latency;
import static org.flowlake.jobs.report.Cells.localTime;
import static org.flowlake.jobs.report.Cells.mac;
import static org.flowlake.jobs.report.Cells.mpls;
import static org.flowlake.jobs.report.Cells.network;
import static org.flowlake.jobs.report.Cells.number;
import static org.flowlake.jobs.report.Cells.otherAddress;
import static org.flowlake.jobs.report.Cells.otherAddressPort;
import static org.flowlake.jobs.report.Cells.rawTime;
import static org.flowlake.jobs.report.Cells.utcTime;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.udfs.flow.FirewallExtendedEvent;
import org.flowlake.udfs.flow.NatEvent;

/**
 * nfdump's format tokens: name, head in lines, column name in CSV, and how a flow is printed.
 *
 * <p>A head of an address grows with {@code -6}. Tokens without a CSV name do not exist there.
 */
public enum FormatToken {
  NFV("nfv", "Ver", "version", EventCells.version()),
  CNT("cnt", "Count", "count", EventCells.position()),
  IDT("idt", "Ident       ", "Ident", EventCells.ident()),
  ENG("eng", " engine", "engine", EventCells.engine()),
  EXP("exp", "Exp ID", "exporterID", number(6, FlowField.EXPORTER_ID)),

  TFS("tfs", "Date first seen        ", "firstSeen", localTime(FlowField.FIRST_SEEN)),
  TS("ts", "Date first seen        ", "firstSeen", localTime(FlowField.FIRST_SEEN)),
  TSR("tsr", "First seen raw", "firstSeen", rawTime(FlowField.FIRST_SEEN)),
  TSG("tsg", "First seen GMT         ", "firstSeen", utcTime(FlowField.FIRST_SEEN)),
  TE("te", "Date last seen         ", "lastSeen", localTime(FlowField.LAST_SEEN)),
  TER("ter", "Last seen raw ", "lastSeen", rawTime(FlowField.LAST_SEEN)),
  TEG("teg", "Last seen GMT          ", "lastSeen", utcTime(FlowField.LAST_SEEN)),
  TR("tr", "Date flow received     ", "received", localTime(FlowField.RECEIVED)),
  TRR("trr", "Received raw  ", "received", rawTime(FlowField.RECEIVED)),
  TRG("trg", "Date flow received GMT ", "received", utcTime(FlowField.RECEIVED)),
  TD("td", "Duration        ", "duration", Cells.duration(ValueScale::duration)),
  TDS(
      "tds",
      "Duration        ",
      "duration",
      Cells.duration((scale, millis) -> ValueScale.PLAIN.duration(millis))),
  PKT("pkt", " Packets", "packets", counter(FlowField.IN_PACKETS)),
  IPKT("ipkt", "  In Pkt", "inPackets", counter(FlowField.IN_PACKETS)),
  BYT("byt", "   Bytes", "bytes", counter(FlowField.IN_BYTES)),
  IBYT("ibyt", " In Byte", "inBytes", counter(FlowField.IN_BYTES)),
  SP("sp", "Src Pt", "srcPort", number(6, FlowField.SRC_PORT)),
  DP("dp", "Dst Pt", "dstPort", Cells.destinationPort()),
  IT("it", "ICMP-T", "icmpTYpe", EventCells.portByte(8)),
  IC("ic", "ICMP-C", "icmpCode", EventCells.portByte(0)),
  PR("pr", "Proto", "proto", Cells.protocol()),
  FLG("flg", "   Flags", "flags", Cells.tcpFlags()),
  FWD("fwd", "Fwd", "fwdStatus", number(3, FlowField.FWD_STATUS)),
  TOS("tos", " Tos", "tos", number(4, FlowField.SRC_TOS)),
  STOS("stos", "STos", "srcTos", number(4, FlowField.SRC_TOS)),
  BPS("bps", "     bps", "bps", Cells.bitsPerSecond()),
  PPS("pps", "     pps", "pps", Cells.packetsPerSecond()),
  BPP("bpp", "   Bpp", "bpp", Cells.bytesPerPacket()),

  SA("sa", "     Src IP Addr", "srcAddr", flowAddress(FlowField.SRC_ADDR)),
  DA("da", "     Dst IP Addr", "dstAddr", flowAddress(FlowField.DST_ADDR)),
  SAP("sap", "     Src IP Addr:Port ", null, Cells.sourceAddressPort()),
  DAP("dap", "     Dst IP Addr:Port ", null, Cells.destinationAddressPort()),

  GSAP(
      "gsap",
      "     Src IP Addr(..):Port ",
      null,
      GeoCells.addressCountryPort(FlowField.SRC_ADDR, Cells.sourceAddressPort())),
  GDAP(
      "gdap",
      "     Dst IP Addr(..):Port ",
      null,
      GeoCells.addressCountryPort(FlowField.DST_ADDR, Cells.destinationAddressPort())),
  GSA(
      "gsa",
      "     Src IP Addr(..)",
      null,
      GeoCells.addressCountry(FlowField.SRC_ADDR, flowAddress(FlowField.SRC_ADDR))),
  GDA(
      "gda",
      "     Dst IP Addr(..)",
      null,
      GeoCells.addressCountry(FlowField.DST_ADDR, flowAddress(FlowField.DST_ADDR))),

  IN("in", " Input", "input", number(6, FlowField.INPUT_IF)),
  OUT("out", "Output", "output", number(6, FlowField.OUTPUT_IF)),
  SMK("smk", "SMask", "srcMask", number(5, FlowField.SRC_MASK)),
  DMK("dmk", "DMask", "dstMask", number(5, FlowField.DST_MASK)),
  DIR("dir", "Dir", "direction", EventCells.direction()),
  DTOS("dtos", "DTos", "dstTos", number(4, FlowField.DST_TOS)),
  BFD("bfd", "Bfd", "biDirection", number(3, FlowField.BIFLOW_DIRECTION)),
  END("end", "End", "endReason", number(3, FlowField.FLOW_END_REASON)),
  SN("sn", "        Src Network", "srcNet", network(FlowField.SRC_ADDR, FlowField.SRC_MASK)),
  DN("dn", "        Dst Network", "dstNet", network(FlowField.DST_ADDR, FlowField.DST_MASK)),

  INAM("inam", " Input interface name", "inIfName", EventCells.interfaceName(FlowField.INPUT_IF)),
  ONAM("onam", "Output interface name", "outIfName", EventCells.interfaceName(FlowField.OUTPUT_IF)),

  OPKT("opkt", " Out Pkt", "outPackets", counter(FlowField.OUT_PACKETS)),
  OBYT("obyt", "Out Byte", "outBytes", counter(FlowField.OUT_BYTES)),
  FL("fl", "Flows", "flows", EventCells.flows()),

  SVLN("svln", "SVlan", "srcVlan", number(5, FlowField.SRC_VLAN)),
  DVLN("dvln", "DVlan", "dstVlan", number(5, FlowField.DST_VLAN)),
  SAS("sas", "Src AS", "srcAS", number(6, FlowField.SRC_AS)),
  DAS("das", "Dst AS", "dstAS", number(6, FlowField.DST_AS)),
  NHB("nhb", " BGP next-hop IP", "bgpNextIP", otherAddress(FlowField.BGP_NEXT_HOP)),
  NH("nh", "     Next-hop IP", "nextIP", otherAddress(FlowField.NEXT_HOP)),
  RA("ra", "       Router IP", "routerIP", otherAddress(FlowField.EXPORTER_ADDR)),
  GRA(
      "gra",
      "       Router IP(..)",
      null,
      GeoCells.addressCountry(FlowField.EXPORTER_ADDR, otherAddress(FlowField.EXPORTER_ADDR))),

  MPLS1("mpls1", " MPLS lbl 1 ", "mplsLabel1", mpls(FlowField.MPLS_1)),
  MPLS2("mpls2", " MPLS lbl 2 ", "mplsLabel2", mpls(FlowField.MPLS_2)),
  MPLS3("mpls3", " MPLS lbl 3 ", "mplsLabel3", mpls(FlowField.MPLS_3)),
  MPLS4("mpls4", " MPLS lbl 4 ", "mplsLabel4", mpls(FlowField.MPLS_4)),
  MPLS5("mpls5", " MPLS lbl 5 ", "mplsLabel5", mpls(FlowField.MPLS_5)),
  MPLS6("mpls6", " MPLS lbl 6 ", "mplsLabel6", mpls(FlowField.MPLS_6)),
  MPLS7("mpls7", " MPLS lbl 7 ", "mplsLabel7", mpls(FlowField.MPLS_7)),
  MPLS8("mpls8", " MPLS lbl 8 ", "mplsLabel8", mpls(FlowField.MPLS_8)),
  MPLS9("mpls9", " MPLS lbl 9 ", "mplsLabel9", mpls(FlowField.MPLS_9)),
  MPLS10("mpls10", " MPLS lbl 10", "mplsLabel10", mpls(FlowField.MPLS_10)),
  MPLS(
      "mpls",
      " ".repeat(47) + "MPLS labels 1-10" + " ".repeat(67),
      "mplsLabel1-10",
      Cells.mplsStack(mplsFields())),

  ISMC("ismc", "  In src MAC Addr", "inSrcMac", mac(FlowField.IN_SRC_MAC)),
  ODMC("odmc", " Out dst MAC Addr", "outDstMac", mac(FlowField.OUT_DST_MAC)),
  IDMC("idmc", "  In dst MAC Addr", "inDstMac", mac(FlowField.IN_DST_MAC)),
  OSMC("osmc", " Out src MAC Addr", "outSrcMac", mac(FlowField.OUT_SRC_MAC)),

  NAS("nas", "Next AS", "nextAS", number(7, FlowField.NEXT_AS)),
  PAS("pas", "Prev AS", "prevAS", number(7, FlowField.PREV_AS)),
  CL("cl", "C Latency", "clientLatency", latency(FlowField.CLIENT_LATENCY)),
  SL("sl", "S latency", "serverLatency", latency(FlowField.SERVER_LATENCY)),
  AL("al", "A latency", "appLatency", latency(FlowField.APP_LATENCY)),

  TEVT("tevt", "Event time             ", "eventTime", EventCells.time()),
  MSEC("msec", "   Event Time", "eventTime", EventCells.millis()),
  EVT("evt", "   Event", "event", EventCells.event()),
  /** Of 1.7.1; 1.7.8 prints NAT events under {@code %evt} only. */
  NEVT(
      "nevt",
      "  Event",
      null,
      EventCells.named(7, FlowField.NAT_EVENT, NatEvent::text, "INVALID", "INVALID")),
  NFC("nfc", "   Conn-ID", "connectionID", number(10, FlowField.CONN_ID)),
  XEVT(
      "xevt",
      " XEvent",
      "xEvent",
      EventCells.named(7, FlowField.FW_XEVENT, FirewallExtendedEvent::text, "<no-evt>", "no-evt")),

  XSA("xsa", "   X-late Src IP", "srcXIP", otherAddress(FlowField.NAT_SRC_ADDR)),
  XDA("xda", "   X-late Dst IP", "dstXIP", otherAddress(FlowField.NAT_DST_ADDR)),
  XSAP(
      "xsap",
      "   X-Src IP Addr:Port ",
      null,
      otherAddressPort(FlowField.NAT_SRC_ADDR, FlowField.NAT_SRC_PORT)),
  XDAP(
      "xdap",
      "   X-Dst IP Addr:Port ",
      null,
      otherAddressPort(FlowField.NAT_DST_ADDR, FlowField.NAT_DST_PORT)),
  NSA("nsa", "   X-late Src IP", "srcXIP", otherAddress(FlowField.NAT_SRC_ADDR)),
  NDA("nda", "   X-late Dst IP", "dstXIP", otherAddress(FlowField.NAT_DST_ADDR)),
  NSAP(
      "nsap",
      "   X-Src IP Addr:Port ",
      null,
      otherAddressPort(FlowField.NAT_SRC_ADDR, FlowField.NAT_SRC_PORT)),
  NDAP(
      "ndap",
      "   X-Dst IP Addr:Port ",
      null,
      otherAddressPort(FlowField.NAT_DST_ADDR, FlowField.NAT_DST_PORT)),
  XSP("xsp", "XsPort", "srcXPort", number(6, FlowField.NAT_SRC_PORT)),
  XDP("xdp", "XdPort", "dstXPort", number(6, FlowField.NAT_DST_PORT)),
  NSP("nsp", "XsPort", "srcXPort", number(6, FlowField.NAT_SRC_PORT)),
  NDP("ndp", "XdPort", "dstXPort", number(6, FlowField.NAT_DST_PORT)),

  IACL("iacl", "Ingress ACL                     ", "ingressACL", EventCells.ingressAcl()),
  EACL("eacl", "Egress ACL                      ", "egressACL", EventCells.egressAcl()),
  UNAME("uname", "UserName", "nselUser", Cells.text("<empty>", FlowField.USER_NAME)),
  PBSTART("pbstart", "Pb-Start", "pbStart", number(7, FlowField.PBLOCK_START)),
  PBEND("pbend", "Pb-End", "pbEnd", number(7, FlowField.PBLOCK_END)),
  PBSTEP("pbstep", "Pb-Step", "pbStep", number(7, FlowField.PBLOCK_STEP)),
  PBSIZE("pbsize", "Pb-Size", "pbSize", number(7, FlowField.PBLOCK_SIZE)),
  NBID("nbid", "nbar ID", "nbarID", EventCells.application()),
  NBNAM("nbnam", "nbar name", "nbarName", EventCells.applicationName()),

  IPL("ipl", "Input Payload", null, PayloadCells.payload(FlowField.IN_PAYLOAD)),
  OPL("opl", "Output Payload", null, PayloadCells.payload(FlowField.OUT_PAYLOAD)),

  ODID(
      "odid",
      "obsDomainID",
      "obsDomainID",
      EventCells.observation(9, FlowField.OBSERVATION_DOMAIN_ID)),
  OPID(
      "opid",
      "  obsPointID",
      "obsPointID",
      EventCells.observation(10, FlowField.OBSERVATION_POINT_ID)),
  VRF("vrf", "  I-VRF-ID", "ingressVrfID", number(10, FlowField.INGRESS_VRF)),
  IVRF("ivrf", "  I-VRF-ID", "ingressVrfID", number(10, FlowField.INGRESS_VRF)),
  IVRFNAM("ivrfnam", "  I-VRF-Name", "ingressVrfName", EventCells.vrfName(FlowField.INGRESS_VRF)),
  EVRF("evrf", "  E-VRF-ID", "egressVrfID", number(10, FlowField.EGRESS_VRF)),
  EVRFNAM("evrfnam", "  E-VRF-Name", "egressVrfName", EventCells.vrfName(FlowField.EGRESS_VRF)),

  PFIFN("pfifn", "interface", "pfInterface", EventCells.pfInterface()),
  PFACT("pfact", "action", "pfAction", EventCells.pfAction()),
  PFREA("pfrea", "reason", "pfReason", EventCells.pfReason()),
  PFDIR("pfdir", "dir", "pfDirection", EventCells.pfDirection()),
  PFRULE("pfrule", "rule", "pfRule", number(4, FlowField.PF_RULE)),

  FLID("flid", "               flowID", "flowID", EventCells.flowId()),
  ISID("isid", " inSrvID", "inSrvID", number(8, FlowField.IN_SERVICE_ID)),
  OSID("osid", "outSrvID", "outSrvID", number(8, FlowField.OUT_SERVICE_ID)),
  NATS("nats", "nat string", "natString", Cells.text("<unknown>", FlowField.NAT_STRING)),
  JA3("ja3", " ".repeat(35) + "ja3", "ja3", PayloadCells.ja3()),
  JA4("ja4", " ".repeat(35) + "ja4", "ja4", PayloadCells.ja4()),
  SNI("sni", "sni name", "sniName", PayloadCells.serverName()),
  TLS("tls", "TLS ver", "tlsVersion", PayloadCells.tlsVersion()),
  SC("sc", "SC", "srcGeo", GeoCells.country(FlowField.SRC_ADDR)),
  DC("dc", "DC", "dstGeo", GeoCells.country(FlowField.DST_ADDR)),
  SLOC("sloc", "Src IP location info", "srcLocation", GeoCells.place(FlowField.SRC_ADDR)),
  DLOC("dloc", "Dst IP location info", "dstLocation", GeoCells.place(FlowField.DST_ADDR)),
  SASN(
      "sasn",
      "Src AS organisation           ",
      "srcOrg",
      GeoCells.organization(FlowField.SRC_ADDR)),
  DASN(
      "dasn",
      "Dst AS organisation           ",
      "dstOrg",
      GeoCells.organization(FlowField.DST_ADDR)),
  STOR("stor", "STor", "srcTor", EventCells.noTorExit()),
  DTOR("dtor", "DTor", "dstTor", EventCells.noTorExit()),
  LBL("lbl", "           label", "label", EventCells.label()),
  TTL("ttl", "min/maxTTL", null, EventCells.ttl()),
  MINTTL("minttl", "minTTL", "minTTL", number(6, FlowField.MIN_TTL)),
  MAXTTL("maxttl", "maxTTL", "maxTTL", number(6, FlowField.MAX_TTL)),
  FRAG("frag", "Frag", "Frag", EventCells.fragment()),
  ETH("eth", "EtherType", null, EventCells.etherType()),
  N("n", "", null, EventCells.fixed("\n"));

  private static final Map<String, FormatToken> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(token -> token.text, Function.identity()));

  private final String text;
  private final String head;
  private final String csvName;
  private final TokenCell cell;

  FormatToken(String text, String head, String csvName, TokenCell cell) {
    this.text = text;
    this.head = head;
    this.csvName = csvName;
    this.cell = cell;
  }

  /** The token of this name, without its percent sign. */
  public static Optional<FormatToken> of(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** The name without its percent sign. */
  public String text() {
    return text;
  }

  /** What the token reads. */
  public List<FlowField> fields() {
    return cell.fields();
  }

  /** The column's name in CSV; empty where the token does not exist there. */
  public Optional<String> csvName() {
    return Optional.ofNullable(csvName);
  }

  String head(AddressWidth width) {
    return isAddress() && width == AddressWidth.LONG
        ? " ".repeat(AddressWidth.LONG.columns() - AddressWidth.SHORT.columns()) + head
        : head;
  }

  TokenCell cell() {
    return cell;
  }

  /** Heads of the bare translated addresses do not grow in nfdump, though their columns do. */
  private boolean isAddress() {
    return switch (this) {
      case GRA,
          GSA,
          GDA,
          GSAP,
          GDAP,
          SA,
          DA,
          SAP,
          DAP,
          SN,
          DN,
          NHB,
          NH,
          RA,
          XSAP,
          XDAP,
          NSAP,
          NDAP ->
          true;
      default -> false;
    };
  }

  private static List<FlowField> mplsFields() {
    return IntStream.rangeClosed(1, 10).mapToObj(i -> FlowField.valueOf("MPLS_" + i)).toList();
  }
}
