package org.flowlake.udfs.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Fingerprints against digests that the inventors of JA3 and JA4 published. */
class FingerprintsTest {
  @Test
  void ja3OfClientsIsAsPublished() {
    byte[] withExtensions =
        TlsHelloBytes.client(769, 47, 53, 5, 10, 49161, 49162, 49171, 49172, 50, 56, 19, 4)
            .serverName("example.org")
            .numbers(10, 23, 24, 25)
            .extension(11, (byte) 1, (byte) 0)
            .record();
    assertThat(ja3(withExtensions)).isEqualTo("ada70206e40642a3e4461f35503241d5");
    byte[] without = TlsHelloBytes.client(769, 4, 5, 10, 9, 100, 98, 3, 6, 19, 18, 99).record();
    assertThat(ja3(without)).isEqualTo("de350869b8c85de67a350c8d186f11e6");
  }

  /** RFC 8448's server answers as many do; nfdump 1.7.8 prints this digest of theirs. */
  @Test
  void ja3OfAServerIsThatOfItsThreeParts() {
    assertThat(ja3(TlsHelloBytes.RFC_8448_SERVER)).isEqualTo("eb1d94daa7e0344597e756a1fb6e7054");
  }

  @Test
  void ja4IsAsPublished() {
    TlsHello hello = TlsHello.find(chrome()).orElseThrow();
    assertThat(Ja4.of(hello)).contains("t13d1516h2_8daaf6152771_e5627efa2ab1");
  }

  @Test
  void nfdumpTakesTheVersionOfTheHelloItself() {
    TlsHello hello = TlsHello.find(chrome()).orElseThrow();
    assertThat(Ja4.ofNfdump(hello)).contains("t12d1516h2_8daaf6152771_e5627efa2ab1");
  }

  @Test
  void emptyListsHaveADigestOfZeros() {
    byte[] record = TlsHelloBytes.client(0x0301).record();
    assertThat(Ja4.of(TlsHello.find(record).orElseThrow()))
        .contains("t10i000000_000000000000_000000000000");
    assertThat(Ja4.ofNfdump(TlsHello.find(record).orElseThrow())).isEmpty();
  }

  @Test
  void countsEndAtNinetyNine() {
    int[] suites = IntStream.rangeClosed(1, 120).toArray();
    byte[] record = TlsHelloBytes.client(0x0303, suites).extension(23).record();
    assertThat(Ja4.of(TlsHello.find(record).orElseThrow()).orElseThrow()).startsWith("t12i9901");
    assertThat(Ja4.ofNfdump(TlsHello.find(record).orElseThrow())).isEmpty();
  }

  @Test
  void protocolThatIsNoTextIsGivenByItsHexadecimalDigits() {
    byte[] record =
        TlsHelloBytes.client(0x0303, 0x1301)
            .extension(16, (byte) 0, (byte) 3, (byte) 2, (byte) 0x6a, (byte) 0x0b)
            .record();
    assertThat(Ja4.of(TlsHello.find(record).orElseThrow()).orElseThrow()).startsWith("t12i01016b_");
  }

  @Test
  void serversHaveNoJa4() {
    TlsHello hello = TlsHello.find(TlsHelloBytes.RFC_8448_SERVER).orElseThrow();
    assertThat(Ja4.of(hello)).isEmpty();
    assertThat(Ja4.ofNfdump(hello)).isEmpty();
  }

  private static String ja3(byte[] record) {
    return Ja3.of(TlsHello.find(record).orElseThrow());
  }

  /** The hello of Chrome that JA4's definition explains, with GREASE in three places. */
  private static byte[] chrome() {
    return TlsHelloBytes.client(
            0x0303, 0x8a8a, 0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8,
            0xc013, 0xc014, 0x009c, 0x009d, 0x002f, 0x0035)
        .extension(0x1a1a)
        .serverName("www.example.org")
        .extension(0x0017)
        .extension(0xff01, (byte) 0)
        .numbers(0x000a, 0x6a6a, 0x001d, 0x0017, 0x0018)
        .extension(0x000b, (byte) 1, (byte) 0)
        .extension(0x0023)
        .applicationProtocol("h2")
        .extension(0x0005, (byte) 1, (byte) 0, (byte) 0, (byte) 0, (byte) 0)
        .numbers(0x000d, 0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601)
        .extension(0x0012)
        .extension(0x0033)
        .extension(0x002d, (byte) 1, (byte) 1)
        .extension(0x002b, (byte) 4, (byte) 3, (byte) 4, (byte) 3, (byte) 3)
        .extension(0x001b, (byte) 2, (byte) 0, (byte) 2)
        .extension(0x4469)
        .extension(0x0015)
        .record();
  }
}
