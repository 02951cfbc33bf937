package org.flowlake.udfs.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts are those of RFC 5952 and of inet_ntop and inet_pton of glibc 2.36. */
class IpAddressTest {
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 00000000000000000000ffff00000000",
    "10.1.2.3, 00000000000000000000ffff0a010203",
    "192.168.10.20, 00000000000000000000ffffc0a80a14",
    "255.255.255.255, 00000000000000000000ffffffffffff"
  })
  void ipv4IsHeldMapped(String text, String hex) {
    IpAddress address = IpAddress.parse(text);
    assertThat(HexFormat.of().formatHex(address.toBytes())).isEqualTo(hex);
    assertThat(address.ipVersion()).isEqualTo(4);
    assertThat(address).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({
    // RFC 5952, 2 and 4: one text for all the ways to write an address
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:0db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8::1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8::0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:0db8::1:0:0:1, 2001:db8::1:0:0:1",
    "2001:DB8:0:0:1::1, 2001:db8::1:0:0:1",
    "2001:db8:aaaa:bbbb:cccc:dddd:eeee:0001, 2001:db8:aaaa:bbbb:cccc:dddd:eeee:1",
    "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
    "2001:db8::0:1, 2001:db8::1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:DB8::AbCd, 2001:db8::abcd",
    // inet_ntop: runs at both ends, and the dotted forms
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "0:0:0:1::, 0:0:0:1::",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
    "::ffff:1.2.3.4, ::ffff:1.2.3.4",
    "::ffff:0:0, ::ffff:0.0.0.0",
    "::1.2.3.4, ::1.2.3.4",
    "::1:0, ::0.1.0.0",
    "::0:1234, ::1234",
    "::0.0.1.1, ::101",
    "::ffff:0:1.2.3.4, ::ffff:0:102:304",
    "::fffe:1.2.3.4, ::fffe:102:304",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304"
  })
  void ipv6PrintsAsInetNtop(String text, String expected) {
    IpAddress address = IpAddress.parse(text);
    assertThat(address).hasToString(expected);
    assertThat(address.ipVersion()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|an IPv4 address has four parts, a.b.c.d, here are 0",
        "10.1.2|an IPv4 address has four parts, a.b.c.d, here are 3",
        "10.1.2.|an IPv4 address has four parts, a.b.c.d, here are 3",
        "10.1.2.3.4|unexpected '.' at position 9",
        "10..2.3|unexpected '.' at position 4",
        "10.1.2.256|part 4 is out of range 0 to 255",
        "10.01.2.3|part 2 begins with 0, which some read as octal",
        "10.1.2.3/8|unexpected '/' at position 9",
        "www.example.org|unexpected 'w' at position 1",
        ":|an IPv6 address does not begin with a single colon",
        ":1|an IPv6 address does not begin with a single colon",
        ":::|unexpected ':' at position 3",
        "1:|an IPv6 address does not end with a single colon",
        "1::2::3|'::' may stand only once",
        "1:2:3:4:5:6:7|an IPv6 address has eight groups, here are 7",
        "1:2:3:4:5:6:7:8:9|an IPv6 address has eight groups, here are more",
        "::1:2:3:4:5:6:7:8|'::' stands beside eight groups",
        "1:2:3:4::5:6:7:8|'::' stands beside eight groups",
        "00001::|a group has at most four hexadecimal digits",
        "::g|unexpected 'g' at position 3",
        "fe80::1%eth0|unexpected '%' at position 8",
        "1:2:3:4:5:6:7:1.2.3.4|there is no room for the dotted part",
        "::1.2.3|an IPv4 address has four parts, a.b.c.d, here are 3",
        "::01.2.3.4|part 1 begins with 0, which some read as octal",
        "::1.2.3.4:5|unexpected ':' at position 10"
      })
  void textThatIsNoAddressIsRefusedWithTheReason(String text, String reason) {
    assertThat(IpAddress.tryParse(text)).isEmpty();
    assertThatThrownBy(() -> IpAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Not an IP address: '" + text + "': " + reason);
  }

  @Property
  void everyTextReadsBackAsTheJdkReadsIt(@ForAll @Size(16) byte[] bytes)
      throws UnknownHostException {
    for (byte[] address : new byte[][] {bytes, withZeroGroups(bytes)}) {
      String text = IpAddress.text(address, 6);
      assertThat(IpAddress.parse(text).toBytes()).isEqualTo(address);
      // The JDK turns a mapped address into an IPv4 one, so it cannot judge those.
      if (!IpAddress.isMappedIpv4(address)) {
        assertThat(InetAddress.getByName(text).getAddress()).isEqualTo(address);
      }
    }
  }

  private static byte[] withZeroGroups(byte[] bytes) {
    byte[] copy = bytes.clone();
    int mask = ThreadLocalRandom.current().nextInt(256);
    for (int group = 0; group < 8; group++) {
      if ((mask & 1 << group) != 0) {
        copy[2 * group] = 0;
        copy[2 * group + 1] = 0;
      }
    }
    return copy;
  }

  @Test
  void mappedAddressOfAnIpv6FlowStaysIpv6() {
    byte[] bytes = IpAddress.parse("1.2.3.4").toBytes();
    assertThat(IpAddress.text(bytes, 4)).isEqualTo("1.2.3.4");
    assertThat(IpAddress.text(bytes, 6)).isEqualTo("::ffff:1.2.3.4");
    assertThat(IpAddress.text(bytes)).isEqualTo("1.2.3.4");
    assertThat(IpAddress.parse("::ffff:1.2.3.4")).isNotEqualTo(IpAddress.parse("1.2.3.4"));
  }

  @Test
  void orderIsUnsigned() {
    assertThat(IpAddress.parse("10.0.0.1")).isLessThan(IpAddress.parse("200.0.0.1"));
    assertThat(IpAddress.parse("200.0.0.1")).isLessThan(IpAddress.parse("2001:db8::"));
    assertThat(IpAddress.parse("2001:db8::")).isLessThan(IpAddress.parse("fe80::1"));
    assertThat(IpAddress.parse("1.2.3.4")).isLessThan(IpAddress.parse("::ffff:1.2.3.4"));
  }

  @Test
  void ipv4NumberIsInNetworkOrder() {
    assertThat(IpAddress.ofIpv4(0x0a000001)).isEqualTo(IpAddress.parse("10.0.0.1"));
    assertThat(IpAddress.ofIpv4(0xfffefdfc)).isEqualTo(IpAddress.parse("255.254.253.252"));
  }

  @Test
  void otherLengthsAndVersionsAreRefused() {
    assertThatThrownBy(() -> IpAddress.text(new byte[4], 4))
        .hasMessage(
            "Address of 4 bytes; expected 16 bytes in network order, IPv4 as ::ffff:a.b.c.d");
    assertThatThrownBy(() -> IpAddress.text(new byte[16], 5))
        .hasMessage("IP version 5; expected 4 or 6");
    assertThatThrownBy(() -> IpAddress.of(IpAddress.parse("2001:db8::1").toBytes(), 4))
        .hasMessage("Not an IPv4 address: 2001:db8::1; expected ::ffff:a.b.c.d");
  }
}
