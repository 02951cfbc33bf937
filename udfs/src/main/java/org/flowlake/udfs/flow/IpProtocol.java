package org.flowlake.udfs.flow;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * IP protocol numbers (IANA's registry "protocol-numbers") under the names that nfdump prints, at
 * most five characters each.
 */
public final class IpProtocol {
  public static final int ICMP = 1;
  public static final int TCP = 6;
  public static final int UDP = 17;
  public static final int ICMP6 = 58;

  private static final int MAX_NAME_LENGTH = 5;

  /** The position is the number. nfdump's table ends at 137 and leaves 0, 99, 128, 134 unnamed. */
  private static final String[] NAMES =
      """
      0 ICMP IGMP GGP IPIP ST TCP CBT EGP IGP
      BBN NVPII PUP ARGUS ENCOM XNET CHAOS UDP MUX DCN
      HMP PRM XNS Trnk1 Trnk2 Leaf1 Leaf2 RDP IRTP ISO-4
      NETBK MFESP MEINP DCCP 3PC IDPR XTP DDP IDPR TP++
      IL IPv6 SDRP Rte6 Frag6 IDRP RSVP GRE MHRP BNA
      ESP AH INLSP SWIPE NARP MOBIL TLSP SKIP ICMP6 NOHE6
      OPTS6 HOST CFTP NET SATNT KLAN RVD IPPC FS SATM
      VISA IPCV CPNX CPHB WSN PVP BSATM SUNND WBMON WBEXP
      ISOIP VMTP SVMTP VINES TTP NSIGP DGP TCF EIGRP OSPF
      S-RPC LARP MTP AX.25 OS MICP SCCSP ETHIP ENCAP 99
      GMTP IFMP PNNI PIM ARIS SCPS QNX A/N IPcmp SNP
      CpqPP IPXIP VRRP PGM 0hop L2TP DDX IATP STP SRP
      UTI SMP SM PTP ISIS4 FIRE CRTP CRUDP 128 IPLT
      SPS PIPE SCTP FC 134 MHEAD UDP-L MPLS
      """
          .strip()
          .split("\\s+");

  private IpProtocol() {}

  /** The name, or the number itself where nfdump has none: {@code TCP}, {@code 200}. */
  public static String name(int number) {
    return number >= 0 && number < NAMES.length ? NAMES[number] : Integer.toString(number);
  }

  /**
   * The number of the first name, in the order of the numbers, that begins with this text in either
   * case: {@code tcp} is 6, {@code i} is 1 (ICMP). nfdump reads the word after {@code proto} so.
   *
   * @return empty if no name begins so, or the text is empty or longer than any name
   */
  public static OptionalInt number(String prefix) {
    if (prefix.isEmpty() || prefix.length() > MAX_NAME_LENGTH) {
      return OptionalInt.empty();
    }
    String wanted = prefix.toLowerCase(Locale.ROOT);
    for (int number = 0; number < NAMES.length; number++) {
      if (NAMES[number].toLowerCase(Locale.ROOT).startsWith(wanted)) {
        return OptionalInt.of(number);
      }
    }
    return OptionalInt.empty();
  }

  /** Whether the destination port of such a flow is an ICMP type and code. */
  public static boolean isIcmp(int number) {
    return number == ICMP || number == ICMP6;
  }
}
