package org.flowlake.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.udfs.ip.IpAddress;
import org.junit.jupiter.api.Test;

/** Lines and heads as nfdump 1.7.8 printed them. */
class LineFormatTest {
  private static final MapRecord TCP_FLOW =
      flow("2023-11-14T22:13:00.500Z", "2023-11-14T22:13:10.500Z", 6)
          .with(FlowField.SRC_ADDR, IpAddress.parse("10.1.2.3").toBytes())
          .with(FlowField.DST_ADDR, IpAddress.parse("192.168.10.20").toBytes())
          .with(FlowField.IP_VERSION, 4)
          .with(FlowField.SRC_PORT, 40000)
          .with(FlowField.DST_PORT, 80)
          .with(FlowField.TCP_FLAGS, 27)
          .with(FlowField.SRC_TOS, 16)
          .with(FlowField.IN_PACKETS, 10)
          .with(FlowField.IN_BYTES, 1500);

  @Test
  void lineOfTcpFlow() {
    assertThat(print("line", TCP_FLOW))
        .isEqualTo(
            """
            Date first seen         Duration         Proto      Src IP Addr:Port          Dst IP Addr:Port   Packets    Bytes Flows
            2023-11-14 22:13:00.500     00:00:10.000 TCP           10.1.2.3:40000 ->    192.168.10.20:80          10     1500     1
            """);
  }

  @Test
  void longLineShowsFlagsAndTos() {
    assertThat(print("long", TCP_FLOW))
        .isEqualTo(
            """
            Date first seen         Duration         Proto      Src IP Addr:Port          Dst IP Addr:Port     Flags  Tos  Packets    Bytes Flows
            2023-11-14 22:13:00.500     00:00:10.000 TCP           10.1.2.3:40000 ->    192.168.10.20:80    ...AP.SF   16       10     1500     1
            """);
  }

  @Test
  void portOfIcmpIsTypeAndCode() {
    MapRecord ping =
        flow("2023-11-14T22:12:20.500Z", "2023-11-14T22:13:19.500Z", 1)
            .with(FlowField.SRC_ADDR, IpAddress.parse("10.1.2.3").toBytes())
            .with(FlowField.DST_ADDR, IpAddress.parse("172.16.0.1").toBytes())
            .with(FlowField.IP_VERSION, 4)
            .with(FlowField.DST_PORT, 8 * 256)
            .with(FlowField.IN_PACKETS, 5)
            .with(FlowField.IN_BYTES, 420);
    assertThat(print("line", ping))
        .endsWith(
            "2023-11-14 22:12:20.500     00:00:59.000 ICMP          10.1.2.3:0     ->"
                + "       172.16.0.1:8.0          5      420     1\n");
  }

  @Test
  void ipv6AddressIsSeparatedByDotFromItsPort() {
    MapRecord flow =
        flow("2023-11-14T22:12:49Z", "2023-11-14T22:13:19Z", 6)
            .with(FlowField.SRC_ADDR, IpAddress.parse("2001:db8::1").toBytes())
            .with(FlowField.DST_ADDR, IpAddress.parse("2001:db8:1::2").toBytes())
            .with(FlowField.IP_VERSION, 6)
            .with(FlowField.SRC_PORT, 55555)
            .with(FlowField.DST_PORT, 443)
            .with(FlowField.IN_PACKETS, 1000)
            .with(FlowField.IN_BYTES, 123_456_000);
    assertThat(print("line", flow))
        .endsWith(
            "2023-11-14 22:12:49.000     00:00:30.000 TCP        2001:db8::1.55555 ->"
                + "    2001:db8:1::2.443       1000  123.5 M     1\n");
  }

  @Test
  void longIpv6AddressIsShortened() {
    byte[] address = IpAddress.parse("2001:620:1000:cafe:20e:35ff:fec0:fed5").toBytes();
    assertThat(AddressWidth.SHORT.text(address, 6))
        .isEqualTo("2001:62..e0:fed5".replace("e0", "c0"));
    assertThat(AddressWidth.LONG.text(address, 6))
        .isEqualTo("2001:620:1000:cafe:20e:35ff:fec0:fed5");
  }

  @Test
  void tunnelIsListedBeforeItsFlow() {
    MapRecord flow =
        flow("2023-11-14T22:13:00.500Z", "2023-11-14T22:13:10.500Z", 6)
            .with(FlowField.TUN_SRC_ADDR, IpAddress.parse("192.0.2.1").toBytes())
            .with(FlowField.TUN_DST_ADDR, IpAddress.parse("192.0.2.2").toBytes())
            .with(FlowField.TUN_IP_VERSION, 4)
            .with(FlowField.TUN_PROTO, 47);
    assertThat(print("fmt:%pr %sa %da", flow).lines().skip(1))
        .containsExactly(
            "GRE          192.0.2.1        192.0.2.2", "TCP            0.0.0.0          0.0.0.0");
  }

  @Test
  void formatInsideAFormatIsReplaced() {
    assertThat(print("fmt:%line %flg", TCP_FLOW)).contains("     1 ...AP.SF\n");
  }

  @Test
  void unknownTokenNamesItsPlace() {
    assertThatThrownBy(() -> OutputFormats.parse("fmt:%ts %foo"))
        .isInstanceOf(QuestionException.class)
        .hasMessage("Output format parse error at: %foo");
  }

  @Test
  void csvIsBare() {
    assertThat(print("csv", TCP_FLOW))
        .isEqualTo(
            """
            firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort,packets,bytes,flows
            2023-11-14 22:13:00.500,10.000,6,10.1.2.3,40000,192.168.10.20,80,10,1500,1
            """);
  }

  private static MapRecord flow(String first, String last, int proto) {
    return new MapRecord()
        .with(FlowField.FIRST_SEEN, micros(first))
        .with(FlowField.LAST_SEEN, micros(last))
        .with(FlowField.PROTO, proto);
  }

  private static long micros(String time) {
    return Instant.parse(time).toEpochMilli() * 1000;
  }

  private static String print(String format, FlowRecord flow) {
    StringBuilder out = new StringBuilder();
    FlowPrinter printer = OutputFormats.parse(format).printer(PrintStyle.DEFAULT, Verbosity.FULL);
    printer.begin(out);
    printer.flow(flow, out);
    printer.end(1, out);
    return out.toString();
  }
}
