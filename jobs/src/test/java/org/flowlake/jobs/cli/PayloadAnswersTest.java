package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What payloads of the corpus tell, against the recorded text of nfdump 1.7.8. */
class PayloadAnswersTest {
  private static final Path FLOWS =
      Path.of(
          System.getProperty("flowlake.corpus", "."),
          "nfcapd/payload/one-hour-v2-1.7.8-fat-payload-zstd.nfcapd");

  @BeforeAll
  static void corpusIsThere() {
    assumeTrue(Files.exists(FLOWS), "no " + FLOWS + "; set -Dflowlake.corpus=DIR");
  }

  @ParameterizedTest
  @CsvSource({
    "payload ssl defined, 7",
    "payload tls defined, 7",
    "payload ja3 defined, 7",
    "payload ja4 defined, 3",
    "payload tls version 1.2, 7",
    "payload tls version 1.0, 0",
    "payload ssl version 3.0, 0",
    "payload tls sni google, 2",
    "payload ssl sni com, 2",
    "payload ja3 b5001237acdf006056b409cc433726b0, 1",
    "payload ja3 579ccef312d18482fc42e2b822ca2430, 0",
    "payload ja4 t12d1715h2_5b57614c22b0_5c2c66f702b0, 1",
    "payload dns defined, 4",
    "in payload dns defined, 4",
    "out payload dns defined, 0",
    "payload dns name nest.com, 4",
    "payload dns name google, 0",
    "payload dns address 35.188.154.186, 1",
    "payload dns address 35., 2",
    "payload dns address 10., 0",
    "not payload tls defined, 872"
  })
  void filtersPassAsManyFlowsAsNfdumps(String filter, int flows) {
    List<String> answer = answer("-o", "csv:%sa", filter);
    assertThat(answer.stream().filter(line -> line.contains("."))).hasSize(flows);
  }

  /** TLS 1.3 has its version in an extension; nfdump finds this flow as of TLS 1.2 only. */
  @Test
  void ja4AsDefinedFindsTheFlowToo() {
    assertThat(answer("-o", "csv:%sa", "payload ja4 t13d1715h2_5b57614c22b0_5c2c66f702b0"))
        .containsExactly("srcAddr", "192.168.88.231");
  }

  @Test
  void tokensAreNfdumps() {
    assertThat(answer("-q", "-o", "fmt:%sa %ja3 %ja4|%sni|%tls|", "payload tls defined"))
        .containsExactlyInAnyOrder(
            "   10.206.131.18 ja3 : b2498734f22ddc9be05c39837ac8ac54                                 no ja4|      |TLS 1.2|",
            "   10.206.65.249 ja3s: 9d456958a9e86bb0d503543beaf1a65b                                 no ja4|      |TLS 1.3|",
            "  192.168.12.156 ja3 : c67e9dc27d283f1f89b4ebb4b4670c21 ja4 : t12d1713h1_5b57614c22b0_352634941f3a|www.google.com|TLS 1.2|",
            "    192.168.1.13 ja3 : a69708a64f853c3bcc214c2c5faf84f3 ja4 : t12d2010h2_2a284e3b0c56_f05fdf8c38a9|www.ntop.org|TLS 1.2|",
            "  192.168.88.231 ja3 : b5001237acdf006056b409cc433726b0 ja4 : t12d1715h2_5b57614c22b0_5c2c66f702b0|chat.google.com|TLS 1.2|",
            "  178.62.197.130 ja3s: f9fcb52580329fb6a9b61d7542087b90                                 no ja4|      |TLS 1.3|",
            "   142.251.1.100 ja3s: eb1d94daa7e0344597e756a1fb6e7054                                 no ja4|      |TLS 1.3|");
    assertThat(
            answer("-o", "csv:%sa,%ja3,%ja4,%sni,%tls", "payload ja4 defined or ip 192.168.242.1"))
        .contains(
            "srcAddr,ja3,ja4,sniName,tlsVersion",
            "192.168.12.156,c67e9dc27d283f1f89b4ebb4b4670c21,t12d1713h1_5b57614c22b0_352634941f3a,www.google.com,TLS-1.2",
            "192.168.242.15,no-ja3,no-ja4,0,0");
    assertThat(
            answer("-c", "1", "-o", "fmt:%ja3 %ja4 %sni %tls", "payload dns defined").subList(0, 2))
        .containsExactly(
            "                                   ja3                                    ja4 sni name TLS ver",
            "                                no ja3                                 no ja4    0    0");
  }

  @Test
  void payloadsArePrintedAsNfdumpPrintsThem() {
    assertThat(answer("-q", "-o", "fmt:%ipl|%opl", "payload dns address 35.188.154.186"))
        .containsExactly(
            "DNS Header : Queries: 1, Answers: 1, Nameservers: 0, Additional: 0, Authoritative: false",
            "DNS header : Truncated: false, Recursion desired: true, Recursion available: true",
            "DNS header : Authentic data: false, Checking disabled: false, Result: No error",
            "DNS Query  :  0: weave-logsink.nest.com. IN A",
            "DNS Answer :  0: weave-logsink.nest.com. ttl: 120, IN A: 35.188.154.186",
            "|<no payload>");
  }

  @Test
  void fingerprintsAreCounted() {
    List<String> answer = answer("-s", "ja3/bytes", "-n", "2");
    assertThat(answer.subList(0, 4))
        .containsExactly(
            "Top 2 ja3                              ordered by bytes:",
            "Date first seen             Duration     Proto ja3                                 Flows(%)     Packets(%)       Bytes(%)         pps      bps   bpp",
            "2024-03-13 09:49:51.814     00:00:01.055 any   f9fcb52580329fb6a9b61d7542087b90        1( 0.1)       20( 1.2)    17454( 5.7)       18   132352   872",
            "2024-03-13 09:15:47.364     00:00:00.194 any   9d456958a9e86bb0d503543beaf1a65b        1( 0.1)        6( 0.4)     3844( 1.3)       30   158515   640");
    assertThat(answer("-s", "ja4/bytes", "-n", "1", "-q"))
        .containsExactly(
            "2024-03-13 09:49:51.775     00:00:01.095 any   t12d2010h2_2a284e3b0c56_f05fdf8c38a9        1( 0.1)       21( 1.2)     1901( 0.6)       19    13888    90");
  }

  private static List<String> answer(String... question) {
    List<String> words = new ArrayList<>(List.of("dump", "--tz", "UTC", "-r", FLOWS.toString()));
    words.addAll(List.of(question));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    int status = FlowlakeCommand.execute(stream, words.toArray(String[]::new));
    assertThat(status).isEqualTo(ExitCode.OK);
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
