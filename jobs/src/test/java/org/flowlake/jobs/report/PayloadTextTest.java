package org.flowlake.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.flowlake.udfs.payload.DnsMessage;
import org.junit.jupiter.api.Test;

/** Payloads as nfdump 1.7.8 printed the same bytes. */
class PayloadTextTest {
  @Test
  void textIsPrintedAsItIs() {
    assertThat(PayloadDump.of("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo("GET / HTTP/1.1\r\n\n");
    assertThat(PayloadDump.of(new byte[] {'o', 'k', 0, 0})).isEqualTo("ok\n");
  }

  @Test
  void otherBytesArePrintedAsATable() {
    byte[] bytes = hex("0006000400170018000D0020001E020103000102");
    assertThat(PayloadDump.of(bytes))
        .isEqualTo(
            """
            00000000 00 06 00 04 00 17 00 18  00 0D 00 20 00 1E 02 01  |  ........... ....\s
            00000010 03 00 01 02                                       |  ....\s
            """);
  }

  @Test
  void fullLastRowIsFollowedByAnEmptyOne() {
    assertThat(PayloadDump.of(hex("01020304050607084142434445464748")))
        .isEqualTo(
            "00000000 01 02 03 04 05 06 07 08  41 42 43 44 45 46 47 48  |  ........ABCDEFGH \n"
                + "00000010 ");
  }

  @Test
  void dnsMessageIsExplained() {
    byte[] response =
        hex(
            "00018180000100020000000007637a6665313035046e65737403636f6d0000010001"
                + "c00c0005000100000078000603656332c014"
                + "c02e0001000100000078000423ae52ed");
    assertThat(DnsMessageText.of(DnsMessage.find(response).orElseThrow()))
        .isEqualTo(
            """
            DNS Header : Queries: 1, Answers: 2, Nameservers: 0, Additional: 0, Authoritative: false
            DNS header : Truncated: false, Recursion desired: true, Recursion available: true
            DNS header : Authentic data: false, Checking disabled: false, Result: No error
            DNS Query  :  0: czfe105.nest.com. IN A
            DNS Answer :  0: czfe105.nest.com. ttl: 120, IN CNAME: ec2.nest.com.
            DNS Answer :  1: ec2.nest.com. ttl: 120, IN A: 35.174.82.237
            """);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
