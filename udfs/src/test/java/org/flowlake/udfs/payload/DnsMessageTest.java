package org.flowlake.udfs.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.flowlake.udfs.ip.IpAddress;
import org.junit.jupiter.api.Test;

class DnsMessageTest {
  /** One question, a CNAME, an A and an AAAA, an OPT; names compressed (RFC 1035, 4.1.4). */
  private static final byte[] RESPONSE =
      TlsHelloBytes.hex(
          """
          abcd 8580 0001 0003 0000 0001
          01 46 03 495349 04 41525041 00 0001 0001
          c00c 0005 0001 0000003c 0006 03 464f4f c00c
          c028 0001 0001 00000e10 0004 0a000034
          c028 001c 0001 00000e10 0010 20010db8000000000000000000000001
          00 0029 1000 00008000 0000
          """);

  @Test
  void compressedNamesAreFollowed() {
    DnsMessage message = DnsMessage.find(RESPONSE).orElseThrow();
    assertThat(message.questions()).containsExactly(new DnsMessage.Question("F.ISI.ARPA.", 1, 1));
    assertThat(message.answers())
        .extracting(DnsMessage.Resource::data)
        .containsExactly(
            new DnsMessage.Name("FOO.F.ISI.ARPA."),
            new DnsMessage.Address(IpAddress.parse("10.0.0.52")),
            new DnsMessage.Address(IpAddress.parse("2001:db8::1")));
    assertThat(message.answers().get(1).name()).isEqualTo("FOO.F.ISI.ARPA.");
    assertThat(message.additionals())
        .extracting(DnsMessage.Resource::data)
        .containsExactly(new DnsMessage.Options(4096, true, 0));
  }

  @Test
  void flagsAreThoseOfTheHeader() {
    DnsMessage message = DnsMessage.find(RESPONSE).orElseThrow();
    assertThat(message.isAuthoritative()).isTrue();
    assertThat(message.isTruncated()).isFalse();
    assertThat(message.isRecursionDesired()).isTrue();
    assertThat(message.isRecursionAvailable()).isTrue();
    assertThat(message.responseCode()).isZero();
  }

  @Test
  void overTcpALengthComesFirst() {
    byte[] payload = new byte[RESPONSE.length + 2];
    payload[1] = (byte) RESPONSE.length;
    System.arraycopy(RESPONSE, 0, payload, 2, RESPONSE.length);
    assertThat(DnsMessage.findOverTcp(payload)).isEqualTo(DnsMessage.find(RESPONSE));
  }

  @Test
  void namesThatPointForwardOrInCirclesAreRefused() {
    byte[] circle = TlsHelloBytes.hex("0001 0000 0001 0000 0000 0000 c00c 0001 0001");
    assertThat(DnsMessage.find(circle)).isEmpty();
    byte[] forward = TlsHelloBytes.hex("0001 0000 0001 0000 0000 0000 c00e 00 0001 0001");
    assertThat(DnsMessage.find(forward)).isEmpty();
  }

  @Test
  void countsThatTheBytesDoNotHoldAreRefused() {
    byte[] many = TlsHelloBytes.hex("0001 0000 ffff ffff ffff ffff 00 0001 0001");
    assertThat(DnsMessage.find(many)).isEmpty();
  }

  @Property
  void cutMessageIsNone(@ForAll @IntRange(max = 120) int length) {
    byte[] cut = Arrays.copyOf(RESPONSE, Math.min(length, RESPONSE.length - 1));
    assertThat(DnsMessage.find(cut)).isEmpty();
    assertThat(DnsMessage.findOverTcp(cut)).isEmpty();
  }

  @Property
  void anyBytesAreReadOrLeft(
      @ForAll @IntRange(max = 120) int at, @ForAll @Size(max = 6) byte[] noise) {
    byte[] bytes = RESPONSE.clone();
    for (int i = 0; i < noise.length; i++) {
      bytes[Math.min(at + i, bytes.length - 1)] = noise[i];
    }
    DnsMessage.find(bytes)
        .ifPresent(
            message ->
                assertThat(message.questions())
                    .allSatisfy(question -> assertThat(question.name()).endsWith(".")));
  }
}
