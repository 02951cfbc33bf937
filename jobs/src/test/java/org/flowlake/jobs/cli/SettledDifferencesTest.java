package org.flowlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowSchema;
import org.flowlake.jobs.JobsSession;
import org.flowlake.udfs.ip.IpAddress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/compatibility.md says of flows that nfdump 1.7.8 treats by chance, or apart: an IPv4
 * flow without masks, an IPv6 flow, a record whose own count of flows is 0 and a device's message.
 */
class SettledDifferencesTest {
  private static final List<FlowField> FIELDS =
      List.of(
          FlowField.FIRST_SEEN,
          FlowField.LAST_SEEN,
          FlowField.IP_VERSION,
          FlowField.SRC_ADDR,
          FlowField.DST_ADDR,
          FlowField.PROTO,
          FlowField.IN_PACKETS,
          FlowField.IN_BYTES,
          FlowField.SRC_MASK,
          FlowField.FLOWS,
          FlowField.INGRESS_ACL,
          FlowField.INGRESS_ACE,
          FlowField.INGRESS_XACE);

  @TempDir static Path folder;

  @BeforeAll
  static void write() {
    Map<FlowField, Object> ipv4 = flow("10.1.2.3", 4, 6);
    Map<FlowField, Object> ipv6 = flow("2001:db8::1", 6, 17);
    Map<FlowField, Object> uncounted = flow("10.1.2.9", 4, 1);
    uncounted.put(FlowField.FLOWS, 0L);
    uncounted.put(FlowField.SRC_MASK, 0);
    uncounted.put(FlowField.INGRESS_ACL, 0x11223344L);
    uncounted.put(FlowField.INGRESS_ACE, 5L);
    uncounted.put(FlowField.INGRESS_XACE, 6L);
    Map<FlowField, Object> message = new java.util.EnumMap<>(FlowField.class);
    List<Row> rows =
        Stream.of(ipv4, ipv6, uncounted, message)
            .map(flow -> RowFactory.create(FIELDS.stream().map(flow::get).toArray()))
            .toList();
    JobsSession.get()
        .createDataFrame(rows, FlowSchema.of(FIELDS))
        .coalesce(1)
        .write()
        .parquet(folder.resolve("flows").toString());
  }

  private static Map<FlowField, Object> flow(String source, int version, int proto) {
    Map<FlowField, Object> flow = new java.util.EnumMap<>(FlowField.class);
    flow.put(FlowField.FIRST_SEEN, new Timestamp(1_700_000_000_000L));
    flow.put(FlowField.LAST_SEEN, new Timestamp(1_700_000_001_000L));
    flow.put(FlowField.IP_VERSION, version);
    flow.put(FlowField.SRC_ADDR, IpAddress.parse(source).toBytes());
    flow.put(FlowField.DST_ADDR, IpAddress.parse(version == 4 ? "10.9.9.9" : "::9").toBytes());
    flow.put(FlowField.PROTO, proto);
    flow.put(FlowField.IN_PACKETS, 10L);
    flow.put(FlowField.IN_BYTES, 1000L);
    return flow;
  }

  private static List<String> dump(String... words) {
    List<String> all =
        new ArrayList<>(
            List.of("dump", "--tz", "UTC", "-r", folder.resolve("flows").toString(), "-N"));
    all.addAll(List.of(words));
    Said said = Said.to(all.toArray(String[]::new));
    assertThat(said.status()).isEqualTo(ExitCode.OK);
    return said.out().lines().map(String::strip).toList();
  }

  @Test
  void recordOfNoFlowsIsOne() {
    assertThat(dump("-q", "-o", "fmt:%fl", "proto icmp")).containsExactly("1");
  }

  @Test
  void messageOfADeviceIsAFlow() {
    assertThat(dump("-o", "null")).anyMatch(line -> line.startsWith("Summary: total flows: 4,"));
    assertThat(dump("-q", "-s", "proto", "-n", "0")).hasSize(4);
    assertThat(dump("-q", "-A", "proto", "-O", "flows", "-o", "fmt:%fl %byt"))
        .hasSize(4)
        .contains("1        0");
  }

  @Test
  void withoutAMaskTheNetworkIsZero() {
    assertThat(dump("-q", "-o", "fmt:%sn", "proto tcp or proto icmp"))
        .containsExactly("0.0.0.0/0", "0.0.0.0/0");
    assertThat(
            dump(
                "-q",
                "-A",
                "srcnet",
                "-O",
                "flows",
                "-o",
                "fmt:%sn %fl",
                "proto tcp or proto icmp"))
        .hasSize(1)
        .first()
        .asString()
        .endsWith(" 2");
  }

  @Test
  void otherFamilyIsZeroUnderAMaskOfOne() {
    assertThat(dump("-q", "-A", "srcip4/24", "-O", "flows", "-o", "fmt:%sa %fl"))
        .anyMatch(line -> line.matches("10\\.1\\.2\\.0 +2"));
  }

  @Test
  void aclIsTheFieldItself() {
    assertThat(dump("-q", "-n", "0", "-s", "iacl", "proto icmp"))
        .anyMatch(line -> line.contains("0x11223344"));
  }
}
