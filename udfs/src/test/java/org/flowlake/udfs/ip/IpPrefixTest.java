package org.flowlake.udfs.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpPrefixTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.0.0.0/8, 10.0.0.0, 10.255.255.255",
    "10.1.2.3/8, 10.0.0.0/8, 10.0.0.0, 10.255.255.255",
    "10.1.2.3/255.255.0.0, 10.1.0.0/16, 10.1.0.0, 10.1.255.255",
    "192.168.1.129/26, 192.168.1.128/26, 192.168.1.128, 192.168.1.191",
    "10.1.2.3, 10.1.2.3/32, 10.1.2.3, 10.1.2.3",
    "0.0.0.0/0, 0.0.0.0/0, 0.0.0.0, 255.255.255.255",
    "10.1.2.3/0.0.0.0, 0.0.0.0/0, 0.0.0.0, 255.255.255.255",
    // RFC 4291, 2.3
    "2001:0DB8:0:CD30::/60, 2001:db8:0:cd30::/60, 2001:db8:0:cd30::, 2001:db8:0:cd3f:ffff:ffff:ffff:ffff",
    "2001:db8::1/128, 2001:db8::1/128, 2001:db8::1, 2001:db8::1",
    "2001:db8::1/32, 2001:db8::/32, 2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
    "::/0, ::/0, ::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
  })
  void prefixIsItsFirstAndLastAddress(String text, String canonical, String first, String last) {
    IpPrefix prefix = IpPrefix.parse(text);
    assertThat(prefix).hasToString(canonical);
    assertThat(prefix.first()).isEqualTo(IpAddress.parse(first).toBytes());
    assertThat(prefix.last()).isEqualTo(IpAddress.parse(last).toBytes());
    assertThat(prefix.range()).hasToString(first + "-" + last);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "192.168.1.128/26, 192.168.1.191, true",
    "192.168.1.128/26, 192.168.1.192, false",
    "0.0.0.0/0, 255.1.2.3, true",
    "0.0.0.0/0, ::ffff:1.2.3.4, false",
    "::/0, 1.2.3.4, false",
    "::/0, ::ffff:1.2.3.4, true",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false"
  })
  void containmentStaysInTheFamily(String prefix, String address, boolean contained) {
    assertThat(IpPrefix.parse(prefix).contains(IpAddress.parse(address))).isEqualTo(contained);
  }

  @Property
  void containsAgreesWithTheBounds(
      @ForAll @Size(16) byte[] network,
      @ForAll @Size(16) byte[] other,
      @ForAll @IntRange(max = 128) int length,
      @ForAll @IntRange(max = 16) int shared) {
    System.arraycopy(network, 0, other, 0, shared);
    IpPrefix prefix = new IpPrefix(IpAddress.of(network, 6), length);
    boolean inRange =
        IpAddress.compare(prefix.first(), other) <= 0
            && IpAddress.compare(other, prefix.last()) <= 0;
    assertThat(prefix.contains(other, 6)).isEqualTo(inRange);
    assertThat(prefix.contains(other, 4)).isFalse();
  }

  @Test
  void badPrefixNamesWhatIsWrong() {
    assertThatThrownBy(() -> IpPrefix.parse("10.0.0.0/33"))
        .hasMessage("Prefix length 33 is out of range 0 to 32 for the IPv4 address 10.0.0.0");
    assertThatThrownBy(() -> IpPrefix.parse("::/129"))
        .hasMessage("Prefix length 129 is out of range 0 to 128 for the IPv6 address ::");
    assertThatThrownBy(() -> IpPrefix.parse("10.0.0.0/"))
        .hasMessage("Not a prefix length: '' in '10.0.0.0/'; expected a number of bits");
    assertThatThrownBy(() -> IpPrefix.parse("10.0.0.0/-1"))
        .hasMessage("Not a prefix length: '-1' in '10.0.0.0/-1'; expected a number of bits");
    assertThatThrownBy(() -> IpPrefix.parse("10.0.0.0/255.0.255.0"))
        .hasMessage(
            "Mask 255.0.255.0 is not a prefix; expected ones followed by zeros, as 255.255.0.0");
    assertThatThrownBy(() -> IpPrefix.parse("2001:db8::/255.255.0.0"))
        .hasMessage("Mask 255.255.0.0 for 2001:db8::; a dotted mask goes with an IPv4 address");
    assertThatThrownBy(() -> IpPrefix.parse("10.0.0/8"))
        .hasMessage(
            "Not an IP address: '10.0.0': an IPv4 address has four parts, a.b.c.d, here are 3");
  }
}
