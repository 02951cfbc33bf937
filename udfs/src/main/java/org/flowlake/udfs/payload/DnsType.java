package org.flowlake.udfs.payload;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Types of DNS resource records by their number in IANA's registry. */
public enum DnsType {
  A(1),
  NS(2),
  MD(3),
  MF(4),
  CNAME(5),
  SOA(6),
  MB(7),
  MG(8),
  MR(9),
  NULL(10),
  WKS(11),
  PTR(12),
  HINFO(13),
  MINFO(14),
  MX(15),
  TXT(16),
  RP(17),
  AFSDB(18),
  X25(19),
  ISDN(20),
  RT(21),
  NSAP(22),
  NSAP_PTR(23),
  SIG(24),
  KEY(25),
  PX(26),
  GPOS(27),
  AAAA(28),
  LOC(29),
  NXT(30),
  EID(31),
  NIMLOC(32),
  SRV(33),
  ATMA(34),
  NAPTR(35),
  KX(36),
  CERT(37),
  A6(38),
  DNAME(39),
  SINK(40),
  OPT(41),
  APL(42),
  DS(43),
  SSHFP(44),
  IPSECKEY(45),
  RRSIG(46),
  NSEC(47),
  DNSKEY(48),
  DHCID(49),
  NSEC3(50),
  NSEC3PARAM(51),
  TLSA(52),
  SMIMEA(53),
  HIP(55),
  NINFO(56),
  RKEY(57),
  TALINK(58),
  CDS(59),
  CDNSKEY(60),
  OPENPGPKEY(61),
  CSYNC(62),
  ZONEMD(63),
  SVCB(64),
  HTTPS(65),
  SPF(99),
  NID(104),
  L32(105),
  L64(106),
  LP(107),
  EUI48(108),
  EUI64(109),
  TKEY(249),
  TSIG(250),
  IXFR(251),
  AXFR(252),
  MAILB(253),
  MAILA(254),
  ANY(255),
  URI(256),
  CAA(257),
  UNKNOWN(-1);

  private static final Map<Integer, DnsType> BY_NUMBER = new HashMap<>();

  static {
    for (DnsType type : values()) {
      BY_NUMBER.put(type.number, type);
    }
  }

  private final int number;

  DnsType(int number) {
    this.number = number;
  }

  /** The type of this number, or {@link #UNKNOWN}. */
  public static DnsType of(int number) {
    return BY_NUMBER.getOrDefault(number, UNKNOWN);
  }

  /** The name in zone files; {@code X-UNKN}, as nfdump writes, for an unknown one. */
  public String text() {
    return this == UNKNOWN ? "X-UNKN" : name().replace('_', '-').toUpperCase(Locale.ROOT);
  }
}
