package org.flowlake.converters.nfcapd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.flowlake.converters.nfcapd.NfcapdBytes.block;
import static org.flowlake.converters.nfcapd.NfcapdBytes.input;
import static org.flowlake.converters.nfcapd.NfcapdBytes.join;
import static org.flowlake.converters.nfcapd.NfcapdBytes.layoutOne;
import static org.flowlake.converters.nfcapd.NfcapdBytes.le;
import static org.flowlake.converters.nfcapd.NfcapdBytes.map;
import static org.flowlake.converters.nfcapd.NfcapdBytes.oldFlow;

import java.io.IOException;
import java.util.Map;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowReader;
import org.flowlake.converters.io.DamagePolicy;
import org.junit.jupiter.api.Test;

class LayoutOneConverterTest {
  @Test
  void commonPartBecomesHeaderGenericFlowAndAddresses() throws IOException {
    FlowView flow = one(map(0, 28), oldFlow(new byte[0]));
    assertThat(flow.number(FlowField.FIRST_SEEN)).isEqualTo(1_700_000_000_007_000L);
    assertThat(flow.number(FlowField.LAST_SEEN)).isEqualTo(1_700_000_060_008_000L);
    assertThat(flow.flowAddress(FlowField.SRC_ADDR)).isEqualTo("10.0.0.1");
    assertThat(flow.flowAddress(FlowField.DST_ADDR)).isEqualTo("192.168.1.2");
    assertThat(flow.number(FlowField.IN_PACKETS)).isEqualTo(10);
    assertThat(flow.number(FlowField.IN_BYTES)).isEqualTo(4000);
    assertThat(flow.number(FlowField.SRC_PORT)).isEqualTo(443);
    assertThat(flow.number(FlowField.PROTO)).isEqualTo(6);
    assertThat(flow.tcpFlags()).isEqualTo("...AP.SF");
    assertThat(flow.number(FlowField.FWD_STATUS)).isEqualTo(64);
    assertThat(flow.number(FlowField.SRC_TOS)).isEqualTo(8);
    assertThat(flow.number(FlowField.EXPORTER_ID)).isEqualTo(1);
    assertThat(flow.number(FlowField.NF_VERSION)).isZero();
  }

  @Test
  void convertedSizeCountsAsBytesRead() throws IOException {
    // Header 12, generic 52, IPv4 12; with interfaces flow misc 20 more.
    assertThat(bytesOf(map(0, 28), oldFlow(new byte[0]))).isEqualTo(76);
    assertThat(bytesOf(map(4, 4), oldFlow(le((short) 3, (short) 4)))).isEqualTo(96);
    assertThat(bytesOf(map(4, 4), oldFlow(le(0)))).isEqualTo(76);
  }

  @Test
  void interfacesJoinTheMiscellaneousExtension() throws IOException {
    FlowView flow =
        one(map(12, 8, 5), oldFlow(le((byte) 4, (byte) 1, (byte) 24, (byte) 16, 70_000, 2)));
    assertThat(flow.number(FlowField.INPUT_IF)).isEqualTo(70_000);
    assertThat(flow.number(FlowField.OUTPUT_IF)).isEqualTo(2);
    assertThat(flow.number(FlowField.SRC_MASK)).isEqualTo(24);
    assertThat(flow.number(FlowField.DST_MASK)).isEqualTo(16);
    assertThat(flow.number(FlowField.DIRECTION)).isEqualTo(1);
    assertThat(flow.number(FlowField.DST_TOS)).isEqualTo(4);
    assertThat(flow.number(FlowField.BIFLOW_DIRECTION)).isEqualTo(1);
    assertThat(flow.number(FlowField.FLOW_END_REASON)).isEqualTo(3);
  }

  @Test
  void outCountersAndFlowsAreOneExtensionLeftOutWhenZero() throws IOException {
    FlowView counted = one(map(16, 14, 17, 18), oldFlow(le(7, 900L, 0)));
    assertThat(counted.number(FlowField.OUT_PACKETS)).isEqualTo(7);
    assertThat(counted.number(FlowField.OUT_BYTES)).isEqualTo(900);
    assertThat(counted.has(FlowField.FLOWS)).isTrue();
    FlowView zero = one(map(16, 14, 17, 18), oldFlow(le(0, 0L, 0)));
    assertThat(zero.has(FlowField.FLOWS)).isFalse();
  }

  @Test
  void macPairsShareOneExtension() throws IOException {
    FlowView flow = one(map(32, 20, 21), oldFlow(le(1L, 2L, 3L, 4L)));
    assertThat(flow.mac(FlowField.IN_SRC_MAC)).isEqualTo("00:00:00:00:00:01");
    assertThat(flow.mac(FlowField.OUT_DST_MAC)).isEqualTo("00:00:00:00:00:02");
    assertThat(flow.mac(FlowField.IN_DST_MAC)).isEqualTo("00:00:00:00:00:03");
    assertThat(flow.mac(FlowField.OUT_SRC_MAC)).isEqualTo("00:00:00:00:00:04");
  }

  @Test
  void engineReceivedAndNarrowNumbersFindTheirPlace() throws IOException {
    FlowView flow =
        one(
            map(20, 25, 27, 6, 13),
            oldFlow(
                le((short) 0, (byte) 7, (byte) 8, 1_700_000_061_000L, 0xFFFE_0001, 0x0002_0003)));
    assertThat(flow.number(FlowField.ENGINE_TYPE)).isEqualTo(7);
    assertThat(flow.number(FlowField.ENGINE_ID)).isEqualTo(8);
    assertThat(flow.number(FlowField.RECEIVED)).isEqualTo(1_700_000_061_000_000L);
    assertThat(flow.number(FlowField.SRC_AS)).isEqualTo(1);
    assertThat(flow.number(FlowField.DST_AS)).isEqualTo(65534);
    assertThat(flow.number(FlowField.SRC_VLAN)).isEqualTo(3);
    assertThat(flow.number(FlowField.DST_VLAN)).isEqualTo(2);
  }

  @Test
  void firewallEventReplacesTheDestinationPort() throws IOException {
    byte[] nsel = le(5000L, 99, (short) 0x0803, (byte) 2, (byte) 0, (short) 1001, (short) 0);
    FlowView flow = one(map(20, 37), oldFlow(nsel));
    assertThat(flow.number(FlowField.EVENT_TIME)).isEqualTo(5_000_000);
    assertThat(flow.number(FlowField.CONN_ID)).isEqualTo(99);
    assertThat(flow.number(FlowField.FW_EVENT)).isEqualTo(2);
    assertThat(flow.number(FlowField.FW_XEVENT)).isEqualTo(1001);
    assertThat(flow.number(FlowField.DST_PORT)).isEqualTo(0x0803);
  }

  @Test
  void natEventSplitsIntoEventAndVrf() throws IOException {
    FlowView flow = one(map(12, 46), oldFlow(le((byte) 4, (byte) 0, (short) 0, 11, 12)));
    assertThat(flow.number(FlowField.NAT_EVENT)).isEqualTo(4);
    assertThat(flow.number(FlowField.EGRESS_VRF)).isEqualTo(11);
    assertThat(flow.number(FlowField.INGRESS_VRF)).isEqualTo(12);
  }

  @Test
  void endOfAPortBlockFollowsFromItsSize() throws IOException {
    FlowView flow = one(map(8, 48), oldFlow(le((short) 1024, (short) 0, (short) 1, (short) 64)));
    assertThat(flow.number(FlowField.PBLOCK_END)).isEqualTo(1087);
  }

  @Test
  void recordOfAnUnknownMapIsNamed() throws IOException {
    byte[] file = layoutOne(0, block(2, 1, oldFlow(new byte[0])));
    try (NfcapdFile open = NfcapdFile.open(input(file), DamagePolicy.FAIL)) {
      FlowReader reader = open.flows(1);
      assertThatThrownBy(() -> reader.readBlock(new FlowBatch(FlowView.ALL_FIELDS, 1)))
          .hasMessage(
              "test.nfcapd, offset 0x120: flow record of extension map 5, which was not defined"
                  + " before");
    }
    try (NfcapdFile open = NfcapdFile.open(input(file), DamagePolicy.SKIP)) {
      FlowReader reader = open.flows(1);
      reader.readBlock(new FlowBatch(FlowView.ALL_FIELDS, 1));
      assertThat(reader.counts().skipped()).isEqualTo(Map.of("damaged flow record", 1L));
    }
  }

  @Test
  void recordShorterThanItsMapIsNamed() throws IOException {
    byte[] file = layoutOne(0, block(2, 2, join(map(40, 22), oldFlow(new byte[8]))));
    try (NfcapdFile open = NfcapdFile.open(input(file), DamagePolicy.FAIL)) {
      FlowReader reader = open.flows(1);
      assertThatThrownBy(() -> reader.readBlock(new FlowBatch(FlowView.ALL_FIELDS, 1)))
          .hasMessage(
              "test.nfcapd, offset 0x12C: flow record of 56 bytes, its extension map needs 88");
    }
  }

  @Test
  void mapWithAWrongSizeIsNamed() throws IOException {
    byte[] file = layoutOne(0, block(2, 1, map(41, 22)));
    try (NfcapdFile open = NfcapdFile.open(input(file), DamagePolicy.FAIL)) {
      FlowReader reader = open.flows(1);
      assertThatThrownBy(() -> reader.readBlock(new FlowBatch(FlowView.ALL_FIELDS, 1)))
          .hasMessage(
              "test.nfcapd, offset 0x120: extension map that states 41 bytes for extensions of 40");
    }
  }

  private static FlowView one(byte[] map, byte[] record) throws IOException {
    FlowBatch batch = new FlowBatch(FlowView.ALL_FIELDS, 1);
    read(batch, map, record);
    assertThat(batch.size()).isEqualTo(1);
    return new FlowView(batch, 0);
  }

  private static long bytesOf(byte[] map, byte[] record) throws IOException {
    return read(new FlowBatch(FlowView.ALL_FIELDS, 1), map, record).counts().lastBlockBytes();
  }

  private static FlowReader read(FlowBatch batch, byte[] map, byte[] record) throws IOException {
    byte[] file = layoutOne(0, block(2, 2, join(map, record)));
    try (NfcapdFile open = NfcapdFile.open(input(file), DamagePolicy.FAIL)) {
      FlowReader reader = open.flows(1);
      reader.readBlock(batch);
      return reader;
    }
  }
}
