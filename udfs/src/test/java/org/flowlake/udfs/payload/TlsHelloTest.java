package org.flowlake.udfs.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TlsHelloTest {
  @Test
  void clientHelloOfRfc8448IsRead() {
    TlsHello hello = TlsHello.find(TlsHelloBytes.RFC_8448_CLIENT).orElseThrow();
    assertThat(hello.role()).isEqualTo(TlsHello.Role.CLIENT);
    assertThat(hello.version()).isEqualTo(0x0303);
    assertThat(hello.supportedVersions()).containsExactly(0x0304);
    assertThat(hello.serverName()).isEqualTo("server");
    assertThat(hello.applicationProtocol()).isEmpty();
    assertThat(hello.cipherSuites()).containsExactly(0x1301, 0x1303, 0x1302);
    assertThat(hello.extensions())
        .containsExactly(0, 0xff01, 0x0a, 0x23, 0x33, 0x2b, 0x0d, 0x2d, 0x1c);
    assertThat(hello.groups())
        .containsExactly(0x1d, 0x17, 0x18, 0x19, 0x100, 0x101, 0x102, 0x103, 0x104);
    assertThat(hello.signatureAlgorithms()).startsWith(0x0403, 0x0503).hasSize(15);
  }

  @Test
  void serverHelloOfRfc8448IsRead() {
    TlsHello hello = TlsHello.find(TlsHelloBytes.RFC_8448_SERVER).orElseThrow();
    assertThat(hello.role()).isEqualTo(TlsHello.Role.SERVER);
    assertThat(hello.version()).isEqualTo(0x0303);
    assertThat(hello.cipherSuites()).containsExactly(0x1301);
    assertThat(hello.extensions()).containsExactly(0x33, 0x2b);
  }

  @Test
  void helloWithoutExtensionsIsAHello() {
    byte[] record = TlsHelloBytes.client(0x0300, 4, 5).record();
    assertThat(TlsHello.find(record).orElseThrow().extensions()).isEmpty();
  }

  @Test
  void greaseIsLeftOutOfEveryList() {
    byte[] record =
        TlsHelloBytes.client(0x0303, 0x0a0a, 0x1301)
            .extension(0x2a2a)
            .numbers(10, 0xfafa, 29)
            .numbers(13, 0x3a3a, 0x0403)
            .extension(0xdada, (byte) 0)
            .record();
    TlsHello hello = TlsHello.find(record).orElseThrow();
    assertThat(hello.cipherSuites()).containsExactly(0x1301);
    assertThat(hello.extensions()).containsExactly(10, 13);
    assertThat(hello.groups()).containsExactly(29);
    assertThat(hello.signatureAlgorithms()).containsExactly(0x0403);
  }

  @Test
  void controlCharactersOfANameBecomeDots() {
    byte[] record = TlsHelloBytes.client(0x0303, 0x1301).serverName("a\u001b[2Jb").record();
    assertThat(TlsHello.find(record).orElseThrow().serverName()).isEqualTo("a.[2Jb");
  }

  @Test
  void otherPayloadsHaveNoHello() {
    assertThat(TlsHello.find(null)).isEmpty();
    assertThat(TlsHello.find(new byte[0])).isEmpty();
    assertThat(TlsHello.find("GET / HTTP/1.1\r\n\r\n".getBytes())).isEmpty();
    byte[] alert = {21, 3, 3, 0, 2, 2, 40};
    assertThat(TlsHello.find(alert)).isEmpty();
    byte[] certificate = TlsHelloBytes.RFC_8448_SERVER.clone();
    certificate[5] = 11;
    assertThat(TlsHello.find(certificate)).isEmpty();
    byte[] unknownVersion = TlsHelloBytes.RFC_8448_CLIENT.clone();
    unknownVersion[1] = 4;
    assertThat(TlsHello.find(unknownVersion)).isEmpty();
  }

  @Property
  void cutHelloIsNone(@ForAll @IntRange(max = 200) int length) {
    byte[] whole = TlsHelloBytes.RFC_8448_CLIENT;
    byte[] cut = Arrays.copyOf(whole, Math.min(length, whole.length - 1));
    assertThat(TlsHello.find(cut)).isEmpty();
  }

  @Property
  void anyBytesAreReadOrLeft(
      @ForAll @IntRange(max = 200) int at, @ForAll @Size(max = 8) byte[] noise) {
    byte[] bytes = TlsHelloBytes.RFC_8448_CLIENT.clone();
    for (int i = 0; i < noise.length; i++) {
      bytes[Math.min(at + i, bytes.length - 1)] = noise[i];
    }
    TlsHello.find(bytes)
        .ifPresent(
            hello -> {
              assertThat(Ja3.of(hello)).hasSize(32);
              Ja4.of(hello).ifPresent(text -> assertThat(text).hasSize(36));
            });
  }
}
