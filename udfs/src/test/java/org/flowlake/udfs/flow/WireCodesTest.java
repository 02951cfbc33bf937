package org.flowlake.udfs.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts are those that nfdump 1.7.8 prints and takes, numbers those of the RFCs. */
class WireCodesTest {
  @ParameterizedTest
  @CsvSource({
    "0, ........",
    "2, ......S.",
    "18, ...A..S.",
    "27, ...AP.SF",
    "63, ..UAPRSF",
    "255, CEUAPRSF",
    "194, CE....S."
  })
  void flagsPrintInEightPlaces(int flags, String text) {
    assertThat(TcpFlags.text(flags)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"S, 2", "SA, 18", "AS, 18", "FSRPAU, 63", "X, 63", "EX, 63", "CE, 192"})
  void flagLettersComeInAnyOrder(String letters, int flags) {
    assertThat(TcpFlags.parse(letters)).hasValue(flags);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "SS", "SZ", "S A"})
  void otherFlagLettersAreUnknown(String letters) {
    assertThat(TcpFlags.parse(letters)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, ICMP",
    "6, TCP",
    "17, UDP",
    "41, IPv6",
    "47, GRE",
    "58, ICMP6",
    "89, OSPF",
    "99, 99",
    "107, A/N",
    "114, 0hop",
    "132, SCTP",
    "137, MPLS",
    "138, 138",
    "255, 255"
  })
  void protocolPrintsItsNameOrNumber(int number, String name) {
    assertThat(IpProtocol.name(number)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "tcp, 6",
    "TCP, 6",
    "ICMP6, 58",
    "icmp, 1",
    "i, 1",
    "igm, 2",
    "udp-l, 136",
    "ipv6, 41",
    "idpr, 35",
    "esp, 50",
    "0h, 114"
  })
  void protocolIsFoundByPrefixInOrderOfNumbers(String word, int number) {
    assertThat(IpProtocol.number(word)).hasValue(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tcpp", "icmpv6", "foo"})
  void otherProtocolWordsAreUnknown(String word) {
    assertThat(IpProtocol.number(word)).isEqualTo(OptionalInt.empty());
  }

  @Test
  void icmpMessageIsThePort() {
    assertThat(IcmpMessage.ofPort(2048)).isEqualTo(new IcmpMessage(8, 0)).hasToString("8.0");
    assertThat(new IcmpMessage(3, 13).port()).isEqualTo(781);
    assertThatThrownBy(() -> new IcmpMessage(256, 0))
        .hasMessage("ICMP type 256, code 0; expected 0 to 255 each");
  }

  @Test
  void macIsSixBytesHighestFirst() {
    assertThat(MacAddress.text(0x001122aabbccL)).isEqualTo("00:11:22:aa:bb:cc");
    assertThat(MacAddress.parse("00:11:22:AA:bb:cc")).isEqualTo(0x001122aabbccL);
    assertThat(MacAddress.parse("0:1:2:3:4:5")).isEqualTo(0x000102030405L);
    assertThat(MacAddress.parse("ff:ff:ff:ff:ff:ff")).isEqualTo(0xffffffffffffL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "00:11:22:aa:bb", "00:11:22:aa:bb:cc:dd", "00:11:22:aa:bb:cg", "::::: "})
  void otherMacTextsAreRefused(String text) {
    assertThatThrownBy(() -> MacAddress.parse(text))
        .hasMessage(
            "Not a MAC address: '"
                + text
                + "'; expected six hexadecimal bytes, as 00:11:22:aa:bb:cc");
  }

  @Test
  void forwardingStatusIsAWholeWord() {
    assertThat(ForwardingStatus.code("drop")).hasValue(16);
    assertThat(ForwardingStatus.code("DBADTTL")).hasValue(25);
    assertThat(ForwardingStatus.code("dro")).isEmpty();
    assertThat(ForwardingStatus.ofCode(131)).hasValue(ForwardingStatus.CONSUMED_FOR_US);
    assertThat(ForwardingStatus.ofCode(3)).isEmpty();
  }

  @Test
  void firewallEventsHaveWords() {
    assertThat(FirewallEvent.text(1)).isEqualTo("CREATE");
    assertThat(FirewallEvent.text(9)).isEqualTo("9-Unknw");
    assertThat(FirewallEvent.code("denied")).hasValue(3);
    assertThat(FirewallEvent.code("deny")).isEmpty();
    assertThat(FirewallExtendedEvent.text(1001)).isEqualTo("I-ACL");
    assertThat(FirewallExtendedEvent.text(2011)).isEqualTo("2011");
    assertThat(FirewallExtendedEvent.code("interface")).hasValue(1003);
    assertThat(FirewallExtendedEvent.code("nosyn")).hasValue(1004);
  }

  @Test
  void natEventsHaveWords() {
    assertThat(NatEvent.text(4)).isEqualTo("ADD44");
    assertThat(NatEvent.longText(4)).isEqualTo("NAT44 session create");
    assertThat(NatEvent.text(19)).isEqualTo("19-Unknown");
    assertThat(NatEvent.code("threshld")).hasValue(18);
    assertThat(NatEvent.code("PEXHAUST")).hasValue(12);
    assertThat(NatEvent.code("nat")).isEmpty();
  }

  @Test
  void packetFilterLogHasWords() {
    assertThat(PacketFilterLog.actionText(1)).isEqualTo("block");
    assertThat(PacketFilterLog.actionText(16)).isEqualTo("<undef>");
    assertThat(PacketFilterLog.actionCode("AFRT")).hasValue(15);
    assertThat(PacketFilterLog.reasonText(16)).isEqualTo("no-route");
    assertThat(PacketFilterLog.reasonCode("match")).hasValue(0);
    assertThat(PacketFilterLog.reasonCode("x")).isEmpty();
  }
}
