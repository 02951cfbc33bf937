package org.flowlake.jobs.aggregate;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.report.FormatToken;

/** What {@code -A} can aggregate by, and the token that shows it. */
public enum AggregationKey {
  PROTO(FlowField.PROTO, FormatToken.PR),
  SRCPORT(FlowField.SRC_PORT, FormatToken.SP),
  DSTPORT(FlowField.DST_PORT, FormatToken.DP),
  TOS(FlowField.SRC_TOS, FormatToken.TOS),
  SRCTOS(FlowField.SRC_TOS, FormatToken.STOS),
  FLAGS(FlowField.TCP_FLAGS, FormatToken.FLG),
  SRCIP4(FlowField.SRC_ADDR, FormatToken.SA, Form.IPV4),
  DSTIP4(FlowField.DST_ADDR, FormatToken.DA, Form.IPV4),
  SRCIP6(FlowField.SRC_ADDR, FormatToken.SA, Form.IPV6),
  DSTIP6(FlowField.DST_ADDR, FormatToken.DA, Form.IPV6),
  SRCIP(FlowField.SRC_ADDR, FormatToken.SA),
  DSTIP(FlowField.DST_ADDR, FormatToken.DA),
  SRCNET(FlowField.SRC_ADDR, FormatToken.SN, Form.ROUTE),
  DSTNET(FlowField.DST_ADDR, FormatToken.DN, Form.ROUTE),
  XSRCIP(FlowField.NAT_SRC_ADDR, FormatToken.XSA),
  XDSTIP(FlowField.NAT_DST_ADDR, FormatToken.XDA),
  XSRCPORT(FlowField.NAT_SRC_PORT, FormatToken.XSP),
  XDSTPORT(FlowField.NAT_DST_PORT, FormatToken.XDP),
  NEXT(FlowField.NEXT_HOP, FormatToken.NH),
  BGPNEXT(FlowField.BGP_NEXT_HOP, FormatToken.NHB),
  ROUTER(FlowField.EXPORTER_ADDR, FormatToken.RA),
  INSRCMAC(FlowField.IN_SRC_MAC, FormatToken.ISMC),
  OUTDSTMAC(FlowField.OUT_DST_MAC, FormatToken.ODMC),
  INDSTMAC(FlowField.IN_DST_MAC, FormatToken.IDMC),
  OUTSRCMAC(FlowField.OUT_SRC_MAC, FormatToken.OSMC),
  SRCAS(FlowField.SRC_AS, FormatToken.SAS),
  DSTAS(FlowField.DST_AS, FormatToken.DAS),
  NEXTAS(FlowField.NEXT_AS, FormatToken.NAS),
  PREVAS(FlowField.PREV_AS, FormatToken.PAS),
  INIF(FlowField.INPUT_IF, FormatToken.IN),
  OUTIF(FlowField.OUTPUT_IF, FormatToken.OUT),
  SRCMASK(FlowField.SRC_MASK, FormatToken.SMK),
  DSTMASK(FlowField.DST_MASK, FormatToken.DMK),
  DSTTOS(FlowField.DST_TOS, FormatToken.DTOS),
  MPLS1(FlowField.MPLS_1, FormatToken.MPLS1),
  MPLS2(FlowField.MPLS_2, FormatToken.MPLS2),
  MPLS3(FlowField.MPLS_3, FormatToken.MPLS3),
  MPLS4(FlowField.MPLS_4, FormatToken.MPLS4),
  MPLS5(FlowField.MPLS_5, FormatToken.MPLS5),
  MPLS6(FlowField.MPLS_6, FormatToken.MPLS6),
  MPLS7(FlowField.MPLS_7, FormatToken.MPLS7),
  MPLS8(FlowField.MPLS_8, FormatToken.MPLS8),
  MPLS9(FlowField.MPLS_9, FormatToken.MPLS9),
  MPLS10(FlowField.MPLS_10, FormatToken.MPLS10),
  SRCVLAN(FlowField.SRC_VLAN, FormatToken.SVLN),
  DSTVLAN(FlowField.DST_VLAN, FormatToken.DVLN),
  ODID(FlowField.OBSERVATION_DOMAIN_ID, FormatToken.ODID),
  OPID(FlowField.OBSERVATION_POINT_ID, FormatToken.OPID),
  EXP(FlowField.EXPORTER_ID, FormatToken.EXP),
  ETHERTYPE(FlowField.ETHERTYPE, FormatToken.ETH),
  MINTTL(FlowField.MIN_TTL, FormatToken.MINTTL),
  MAXTTL(FlowField.MAX_TTL, FormatToken.MAXTTL),
  SRCGEO(FlowField.SRC_ADDR, FormatToken.SC, Form.COUNTRY),
  DSTGEO(FlowField.DST_ADDR, FormatToken.DC, Form.COUNTRY),
  SRCASN(FlowField.SRC_AS, FormatToken.SASN),
  DSTASN(FlowField.DST_AS, FormatToken.DASN);

  /** What of the field is the key. */
  enum Form {
    /** All of it. */
    WHOLE,
    /** The address of IPv4 flows; all others are one group. */
    IPV4,
    /** The address of IPv6 flows; all others are one group. */
    IPV6,
    /** The address under the mask of the record's own route. */
    ROUTE,
    /** The country of the address; it is shown by that of an address of the group. */
    COUNTRY
  }

  private final FlowField field;
  private final FormatToken token;
  private final Form form;

  AggregationKey(FlowField field, FormatToken token) {
    this(field, token, Form.WHOLE);
  }

  AggregationKey(FlowField field, FormatToken token, Form form) {
    this.field = field;
    this.token = token;
    this.form = form;
  }

  static Optional<AggregationKey> of(String name) {
    return Arrays.stream(values()).filter(key -> key.word().equalsIgnoreCase(name)).findFirst();
  }

  /** The name in {@code -A}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The field that is the key or that the key is made of. */
  public FlowField field() {
    return field;
  }

  /** The token of an output that shows the key. */
  public FormatToken token() {
    return token;
  }

  /** Whether the key is the country of the field. */
  public boolean isCountry() {
    return form == Form.COUNTRY;
  }

  Form form() {
    return form;
  }

  /** Whether it takes a prefix length, {@code /24}. */
  boolean takesPrefix() {
    return form == Form.IPV4 || form == Form.IPV6;
  }
}
