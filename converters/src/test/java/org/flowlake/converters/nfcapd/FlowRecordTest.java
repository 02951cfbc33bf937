package org.flowlake.converters.nfcapd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.flowlake.converters.nfcapd.NfcapdBytes.block;
import static org.flowlake.converters.nfcapd.NfcapdBytes.element;
import static org.flowlake.converters.nfcapd.NfcapdBytes.flow;
import static org.flowlake.converters.nfcapd.NfcapdBytes.generic;
import static org.flowlake.converters.nfcapd.NfcapdBytes.input;
import static org.flowlake.converters.nfcapd.NfcapdBytes.ipv4;
import static org.flowlake.converters.nfcapd.NfcapdBytes.ipv6;
import static org.flowlake.converters.nfcapd.NfcapdBytes.join;
import static org.flowlake.converters.nfcapd.NfcapdBytes.layoutTwo;
import static org.flowlake.converters.nfcapd.NfcapdBytes.le;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.flowlake.converters.flow.FlowBatch;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowFieldGroup;
import org.flowlake.converters.flow.FlowReader;
import org.flowlake.converters.io.DamagePolicy;
import org.junit.jupiter.api.Test;

/** What a layout 2 record means, element by element. */
class FlowRecordTest {
  @Test
  void everyFieldHasAPlace() {
    for (FlowField field : FlowField.values()) {
      assertThat(FieldLayout.of(field)).as(field.column()).isNotNull();
    }
  }

  @Test
  void headerAndGenericFlowAreRead() throws IOException {
    FlowView flow = one(flow(generic(), ipv4()));
    assertThat(flow.number(FlowField.FIRST_SEEN)).isEqualTo(1_000_000);
    assertThat(flow.number(FlowField.LAST_SEEN)).isEqualTo(2_500_000);
    assertThat(flow.has(FlowField.RECEIVED)).isFalse();
    assertThat(flow.number(FlowField.IN_PACKETS)).isEqualTo(10);
    assertThat(flow.number(FlowField.IN_BYTES)).isEqualTo(4000);
    assertThat(flow.number(FlowField.SRC_PORT)).isEqualTo(443);
    assertThat(flow.number(FlowField.DST_PORT)).isEqualTo(50000);
    assertThat(flow.number(FlowField.PROTO)).isEqualTo(6);
    assertThat(flow.tcpFlags()).isEqualTo("...AP.SF");
    assertThat(flow.number(FlowField.FWD_STATUS)).isEqualTo(64);
    assertThat(flow.number(FlowField.SRC_TOS)).isEqualTo(8);
    assertThat(flow.flowAddress(FlowField.SRC_ADDR)).isEqualTo("10.0.0.1");
    assertThat(flow.flowAddress(FlowField.DST_ADDR)).isEqualTo("192.168.1.2");
    assertThat(flow.number(FlowField.ENGINE_TYPE)).isEqualTo(2);
    assertThat(flow.number(FlowField.ENGINE_ID)).isEqualTo(3);
    assertThat(flow.number(FlowField.EXPORTER_ID)).isEqualTo(1);
    assertThat(flow.number(FlowField.NF_VERSION)).isEqualTo(9);
    assertThat(flow.number(FlowField.RECORD_FLAGS)).isEqualTo(3);
    assertThat(flow.number(FlowField.SOURCE_ID)).isEqualTo(77);
  }

  @Test
  void recordWithoutExtensionsIsAFlowOfNulls() throws IOException {
    FlowView flow = one(flow());
    for (FlowField field : FlowField.values()) {
      boolean ofHeader = FieldLayout.of(field).extension() == null;
      assertThat(flow.has(field)).as(field.column()).isEqualTo(ofHeader);
    }
  }

  @Test
  void lastElementOfANumberWins() throws IOException {
    FlowView flow = one(flow(generic(1000), generic(1500)));
    assertThat(flow.number(FlowField.FIRST_SEEN)).isEqualTo(1_500_000);
  }

  @Test
  void maskedAndUnknownElementsAreSteppedOver() throws IOException {
    FlowReader reader = read(flow(element(0, new byte[8]), element(60, new byte[16]), ipv4()), 1);
    assertThat(reader.counts().skipped()).isEqualTo(Map.of("unknown extension 60", 1L));
  }

  @Test
  void elementTooShortForItsValuesIsAbsent() throws IOException {
    FlowReader reader = read(flow(element(6, le(100))), 1);
    assertThat(reader.counts().skipped())
        .isEqualTo(Map.of("extension 6 of 8 bytes, too short for its values", 1L));
  }

  @Test
  void ofTwoFamiliesTheStatedOneIsKept() throws IOException {
    FlowView stated = one(flow(ipv4(), ipv6(), element(38, layer2(6))));
    assertThat(stated.flowAddress(FlowField.SRC_ADDR)).isEqualTo("2001:db8::1");
    FlowView unstated = one(flow(ipv6(), ipv4()));
    assertThat(unstated.flowAddress(FlowField.SRC_ADDR)).isEqualTo("10.0.0.1");
    FlowView zero = one(flow(ipv6(), element(2, new byte[8])));
    assertThat(zero.flowAddress(FlowField.DST_ADDR)).isEqualTo("2001:db8::2");
    assertThat(zero.number(FlowField.IP_VERSION)).isEqualTo(6);
  }

  private static byte[] layer2(int ipVersion) {
    byte[] payload = new byte[32];
    payload[26] = (byte) ipVersion;
    return payload;
  }

  @Test
  void eventTimeStandsForAMissingFirstPacket() throws IOException {
    byte[] nsel = element(19, le(9000L, 7, (short) 2, (byte) 1, (byte) 0));
    byte[] nat = element(25, le(8000L, 5, (byte) 4, (byte) 0, (short) 0));
    assertThat(one(flow(generic(0), nsel, nat)).number(FlowField.FIRST_SEEN)).isEqualTo(9_000_000);
    assertThat(one(flow(nat, generic(0))).number(FlowField.FIRST_SEEN)).isEqualTo(8_000_000);
    assertThat(one(flow(generic(1), nsel)).number(FlowField.FIRST_SEEN)).isEqualTo(1000);
  }

  @Test
  void oldFormsOfSamplerAndNatEventAreBroughtUpToDate() throws IOException {
    byte[] sampler = element(18, le(-2, 100, (short) 1, (short) 9));
    byte[] nat = element(25, le(8000L, 1, 2, 33, (byte) 4, (byte) 0, (short) 0));
    FlowView flow = one(flow(sampler, nat));
    assertThat(flow.number(FlowField.SAMPLER_ID)).isEqualTo(-2);
    assertThat(flow.number(FlowField.NAT_POOL_ID)).isEqualTo(33);
    assertThat(flow.number(FlowField.NAT_EVENT)).isEqualTo(4);
  }

  @Test
  void textEndsAtItsZeroAndIsUtf8() throws IOException {
    byte[] name = new byte[68];
    System.arraycopy("Müller".getBytes(StandardCharsets.ISO_8859_1), 0, name, 0, 6);
    name[7] = 'x';
    byte[] bytes = one(flow(element(24, name))).batch().column(FlowField.USER_NAME).bytesAt(0);
    assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("Müller");
  }

  @Test
  void payloadIsAllBytesOfItsElement() throws IOException {
    FlowView flow = one(flow(element(29, new byte[] {1, 0, 2}), ipv4()));
    assertThat(flow.batch().column(FlowField.IN_PAYLOAD).bytesAt(0)).containsExactly(1, 0, 2);
    assertThat(flow.has(FlowField.OUT_PAYLOAD)).isFalse();
  }

  @Test
  void damagedElementDropsItsRecordAlone() throws IOException {
    byte[] damaged = flow(generic(), element(6, le(1, 2)));
    damaged[12 + 52 + 2] = 0;
    byte[] block = block(3, 3, join(flow(ipv4()), damaged, flow(ipv4())));
    try (NfcapdFile file = NfcapdFile.open(input(layoutTwo(0, 3, block)), DamagePolicy.FAIL)) {
      assertThatThrownBy(() -> file.flows(1).readBlock(new FlowBatch(List.of(), 1)))
          .hasMessage("test.nfcapd, offset 0x4C: element of length 0 where 4 to 12 bytes can be");
    }
    try (NfcapdFile file = NfcapdFile.open(input(layoutTwo(0, 3, block)), DamagePolicy.SKIP)) {
      FlowBatch batch = new FlowBatch(List.of(FlowField.DST_ADDR), 1);
      FlowReader reader = file.flows(1);
      reader.readBlock(batch);
      assertThat(batch.size()).isEqualTo(2);
      assertThat(reader.counts().skipped()).isEqualTo(Map.of("damaged flow record", 1L));
    }
  }

  @Test
  void batchMayChangeItsFieldsAndKeepsEarlierFlows() throws IOException {
    byte[] file = layoutTwo(0, 2, block(3, 1, flow(ipv4())), block(3, 1, flow(generic())));
    try (NfcapdFile open = NfcapdFile.open(input(file), DamagePolicy.FAIL)) {
      FlowReader reader = open.flows(5);
      FlowBatch addresses = new FlowBatch(List.of(FlowField.SRC_ADDR), 1);
      reader.readBlock(addresses);
      FlowBatch ports = new FlowBatch(List.of(FlowField.SRC_PORT, FlowField.SOURCE_ID), 1);
      reader.readBlock(ports);
      assertThat(addresses.size()).isEqualTo(1);
      assertThat(ports.column(FlowField.SRC_PORT).intAt(0)).isEqualTo(443);
      assertThat(reader.readBlock(ports)).isFalse();
    }
  }

  @Test
  void inspectionTellsTotalsGroupsAndExporters() throws IOException {
    byte[] exporter =
        join(
            le((short) 7, (short) 32, 9),
            new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 255, (byte) 255, (byte) 192, 0, 2, 1},
            le((short) 0, (short) 4, 256));
    byte[] counts = le((short) 8, (short) 32, 1, 4, 2, 1000L, 30_000L);
    byte[] counters = element(5, le(3L, 5L, 700L));
    byte[] block = block(3, 4, join(exporter, counts, flow(generic(), counters), flow(ipv4())));
    try (NfcapdFile file = NfcapdFile.open(input(layoutTwo(0, 3, block)), DamagePolicy.FAIL)) {
      NfcapdInspection found = file.inspect();
      assertThat(found.records()).isEqualTo(2);
      assertThat(found.totals().tcp().flows()).isEqualTo(3);
      assertThat(found.totals().all().bytes()).isEqualTo(4700);
      assertThat(found.forwardTotals().all().packets()).isEqualTo(10);
      assertThat(found.groups())
          .containsExactlyInAnyOrder(FlowFieldGroup.CORE, FlowFieldGroup.COUNTERS);
      assertThat(found.exporters()).hasSize(1);
      NfcapdExporter known = found.exporters().get(0);
      assertThat(known.address().orElseThrow()).hasToString("192.0.2.1");
      assertThat(known.sequenceFailures()).isEqualTo(2);
      assertThat(known.flows()).isEqualTo(30_000);
      assertThat(found.differencesFrom(file.statistics()))
          .contains("bytes: statistics 0, flows 4700")
          .doesNotContain("flows: statistics 3, flows 3");
    }
  }

  private static FlowView one(byte[] record) throws IOException {
    FlowBatch batch = new FlowBatch(FlowView.ALL_FIELDS, 1);
    try (NfcapdFile file =
        NfcapdFile.open(input(layoutTwo(0, 1, block(3, 1, record))), DamagePolicy.FAIL)) {
      file.flows(77).readBlock(batch);
    }
    assertThat(batch.size()).isEqualTo(1);
    return new FlowView(batch, 0);
  }

  private static FlowReader read(byte[] record, int flows) throws IOException {
    FlowBatch batch = new FlowBatch(FlowView.ALL_FIELDS, 1);
    try (NfcapdFile file =
        NfcapdFile.open(input(layoutTwo(0, 1, block(3, 1, record))), DamagePolicy.FAIL)) {
      FlowReader reader = file.flows(1);
      reader.readBlock(batch);
      assertThat(batch.size()).isEqualTo(flows);
      return reader;
    }
  }
}
