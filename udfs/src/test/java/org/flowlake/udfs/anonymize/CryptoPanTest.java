package org.flowlake.udfs.anonymize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.flowlake.udfs.ip.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the sample trace of the reference Crypto-PAn, and what nfanon makes of addresses. */
class CryptoPanTest {
  private static final AnonymizationKey SAMPLE_TRACE_KEY =
      AnonymizationKey.parse("0x1522178d33a4cf80130a5b1649907d10d8988f837979652762574c2d2a842202");
  private static final AnonymizationKey NFANON_KEY =
      AnonymizationKey.parse("abcdefghijklmnopqrstuvwxyz012345");

  @ParameterizedTest
  @CsvSource({
    "128.11.68.132, 135.242.180.132",
    "129.118.74.4, 134.136.186.123",
    "130.132.252.244, 133.68.164.234"
  })
  void ipv4IsTheReferencesSampleTrace(String plain, String anonymous) {
    for (Ipv6Scheme scheme : Ipv6Scheme.values()) {
      assertThat(anonymized(plain, SAMPLE_TRACE_KEY, scheme)).isEqualTo(anonymous);
    }
  }

  /** The first bits do not depend on those that follow, so those of the sample trace show there. */
  @ParameterizedTest
  @CsvSource({"800b:4484::1, 87f2:b484:", "8176:4a04:1::, 8688:ba7b:", "8284:fcf4::, 8544:a4ea:"})
  void ipv6KeepsPrefixesWhereAsked(String plain, String start) {
    assertThat(anonymized(plain, SAMPLE_TRACE_KEY, Ipv6Scheme.PREFIX_PRESERVING)).startsWith(start);
  }

  @ParameterizedTest
  @CsvSource({
    "192.168.56.1, NFANON_1_7_1, 216.72.56.14",
    "178.237.24.249, NFANON_1_7_8, 176.19.120.248",
    "fe80::1059:a858:f9e7:cf94, NFANON_1_7_1, f67f:0:ffff:ff00:1759:a8a7:8118:3193",
    "2001:4800:7817:101:be76:4eff:fe04:631d, NFANON_1_7_1, df7e:46ff:8728:fe01:be6a:4ec3:ce04:1c9a",
    "ff02::fb, NFANON_1_7_8, 97fd:0:ffff:ff00:ffff:0:ff00:ff1b",
    "fe80::1059:a858:f9e7:cf94, NFANON_1_7_8, ee7f:0:ffff:ff00:f059:a8a7:e718:b074",
    "2001:4800:7817:101:be76:4eff:fe04:631d, NFANON_1_7_8, dfff:38ff:87eb:fe01:be4e:4ec3:f204:9dfc"
  })
  void eachNfanonIsFollowed(String plain, Ipv6Scheme scheme, String anonymous) {
    assertThat(anonymized(plain, NFANON_KEY, scheme)).isEqualTo(anonymous);
  }

  @Test
  void commonPrefixesOfIpv4StayAndNoMore() {
    CryptoPan cryptoPan =
        new CryptoPan(new Anonymization(NFANON_KEY, Ipv6Scheme.PREFIX_PRESERVING));
    int address = 0x0A010203;
    for (int bit = 0; bit < Integer.SIZE; bit++) {
      int other = address ^ Integer.MIN_VALUE >>> bit;
      int difference = cryptoPan.ipv4(address) ^ cryptoPan.ipv4(other);
      assertThat(Integer.numberOfLeadingZeros(difference)).isEqualTo(bit);
    }
  }

  @Test
  void whatIsKeptIsWhatIsComputed() {
    Anonymization how = new Anonymization(NFANON_KEY, Ipv6Scheme.PREFIX_PRESERVING);
    CryptoPan used = new CryptoPan(how);
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 200_000; i += 97) {
        // More addresses than the cache has places, in both rounds.
        used.ipv4(i * 0x9E37_79B1);
        used.ipv6Low(i, i * 31L);
      }
    }
    CryptoPan fresh = new CryptoPan(how);
    for (int i = 0; i < 200_000; i += 9_700) {
      assertThat(used.ipv4(i * 0x9E37_79B1)).isEqualTo(fresh.ipv4(i * 0x9E37_79B1));
      assertThat(used.ipv6Low(i, i * 31L)).isEqualTo(fresh.ipv6Low(i, i * 31L));
    }
  }

  @Test
  void aKeyIsReadInBothFormsAndNeverShown() {
    String text = "abcdefghijklmnopqrstuvwxyz012345";
    String hex = "6162636465666768696a6b6c6d6e6f707172737475767778797a303132333435";

    assertThat(AnonymizationKey.parse(text + "\n").fingerprint())
        .isEqualTo(AnonymizationKey.parse("0x" + hex).fingerprint())
        .isEqualTo(AnonymizationKey.parse(hex).fingerprint())
        .hasSize(16);
    assertThat(new Anonymization(NFANON_KEY, Ipv6Scheme.NFANON_1_7_1).toString())
        .doesNotContain("abcdef", hex.substring(0, 8));
    assertThatThrownBy(() -> AnonymizationKey.parse("my secret"))
        .hasMessage(
            "the key has 9 bytes; expected 32 characters, or 0x and 64 hexadecimal digits, as"
                + " nfanon -K takes");
  }

  private static String anonymized(String plain, AnonymizationKey key, Ipv6Scheme scheme) {
    IpAddress address = IpAddress.parse(plain);
    byte[] anonymous =
        new CryptoPan(new Anonymization(key, scheme))
            .address(address.toBytes(), address.ipVersion());
    return IpAddress.text(anonymous, address.ipVersion());
  }
}
