package org.flowlake.jobs.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.JobsSession;
import org.flowlake.jobs.derive.GeoFiles;
import org.flowlake.jobs.filter.FilterTestFlows.Flow;
import org.flowlake.udfs.ip.IpAddress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every example of docs/filter-syntax.md, asked of a file that has a flow which it is made for and
 * others which it is not: the condition over the file and the interpreter find the same flows, at
 * least that one, and not all.
 */
class FilterExamplesTest {
  private static final FilterSettings SETTINGS =
      FilterSettings.local().withZone(ZoneOffset.UTC).withGeo(GeoFiles.NONE);

  /** Refused without more than flows; each has a test of its own. */
  private static final Set<FilterPrimitive> REFUSED =
      EnumSet.of(FilterPrimitive.GEO, FilterPrimitive.JA4S);

  /** Examples whose payload nobody makes up: a digest, a version of long ago. */
  private static final Set<FilterPrimitive> MATCH_NOTHING =
      EnumSet.of(
          FilterPrimitive.TLS_SNI,
          FilterPrimitive.SSL_VERSION,
          FilterPrimitive.JA3,
          FilterPrimitive.JA4,
          FilterPrimitive.JA4_DEFINED,
          FilterPrimitive.DNS_NAME,
          FilterPrimitive.DNS_ADDRESS);

  @TempDir static Path folder;

  private static Dataset<Row> table;
  private static DecodedFlows decoded;

  @BeforeAll
  static void writeFlows() throws IOException {
    List<Flow> flows =
        new ArrayList<>(FilterTestFlows.records(300, 20240311, 5, NfdumpTerms.ADDRESSES));
    flows.add(madeForTheExamples(flows.get(0)));
    Path file = FilterTestFile.write(folder.resolve("nfcapd.examples"), flows);
    decoded = DecodedFlows.of(file);
    table =
        JobsSession.get()
            .read()
            .format("nfcapd")
            .load(file.toString())
            .coalesce(1)
            .withColumn(FlowFilter.RUNNING_NUMBER, functions.monotonically_increasing_id().plus(1L))
            .cache();
  }

  private static Flow madeForTheExamples(Flow core) {
    Map<FlowField, Object> flow = new EnumMap<>(FlowField.class);
    core.values().forEach(flow::put);
    flow.put(FlowField.FIRST_SEEN, Instant.parse("2024-03-11T09:00:00Z"));
    flow.put(FlowField.LAST_SEEN, Instant.parse("2024-03-11T09:00:10Z"));
    flow.put(FlowField.IP_VERSION, 4);
    flow.put(FlowField.SRC_ADDR, IpAddress.parse("10.1.2.3").toBytes());
    flow.put(FlowField.DST_ADDR, IpAddress.parse("192.168.1.29").toBytes());
    flow.put(FlowField.SRC_TOS, 16);
    flow.put(FlowField.IN_PACKETS, 20_000L);
    flow.put(FlowField.IN_BYTES, 20_000_000L);
    flow.put(FlowField.FWD_STATUS, 16);
    flow.put(FlowField.ENGINE_TYPE, 1);
    flow.put(FlowField.ENGINE_ID, 2);
    flow.put(FlowField.EXPORTER_ID, 1);
    flow.put(FlowField.NF_VERSION, 9);
    flow.put(FlowField.FLOWS, 2L);
    flow.put(FlowField.OUT_PACKETS, 1L);
    flow.put(FlowField.OUT_BYTES, 1L);
    flow.put(FlowField.SRC_AS, 65_001L);
    flow.put(FlowField.DST_AS, 65_002L);
    flow.put(FlowField.SRC_VLAN, 100L);
    flow.put(FlowField.DST_VLAN, 0L);
    flow.put(FlowField.INPUT_IF, 1L);
    flow.put(FlowField.OUTPUT_IF, 2L);
    flow.put(FlowField.SRC_MASK, 24);
    flow.put(FlowField.DST_MASK, 24);
    flow.put(FlowField.DIRECTION, 1);
    flow.put(FlowField.DST_TOS, 0);
    flow.put(FlowField.BIFLOW_DIRECTION, 0);
    flow.put(FlowField.FLOW_END_REASON, 0);
    flow.put(FlowField.MPLS_1, 16 << 4 | 1 << 1 | 1);
    flow.put(FlowField.MPLS_2, 32 << 4);
    for (int entry = 3; entry <= 10; entry++) {
      flow.put(FlowField.valueOf("MPLS_" + entry), 0);
    }
    flow.put(FlowField.CLIENT_LATENCY, 2000L);
    flow.put(FlowField.SERVER_LATENCY, 1L);
    flow.put(FlowField.APP_LATENCY, 1L);
    flow.put(FlowField.EVENT_TIME, Instant.parse("2024-03-11T09:00:00Z"));
    flow.put(FlowField.CONN_ID, 1L);
    flow.put(FlowField.FW_EVENT, 3);
    flow.put(FlowField.FW_XEVENT, 1001);
    flow.put(FlowField.FLOW_LABEL, "suspect");
    flow.put(FlowField.INGRESS_ACL, 5L);
    for (String other :
        List.of("INGRESS_ACE", "INGRESS_XACE", "EGRESS_ACL", "EGRESS_ACE", "EGRESS_XACE")) {
      flow.put(FlowField.valueOf(other), 0L);
    }
    flow.put(FlowField.IN_PAYLOAD, "GET / HTTP/1.1\r\n".getBytes(StandardCharsets.ISO_8859_1));
    flow.put(FlowField.PBLOCK_START, 2000);
    flow.put(FlowField.PBLOCK_END, 3000);
    flow.put(FlowField.PBLOCK_STEP, 1);
    flow.put(FlowField.PBLOCK_SIZE, 1000);
    flow.put(FlowField.VLAN_ID, 100);
    flow.put(FlowField.CUSTOMER_VLAN_ID, 0);
    flow.put(FlowField.POST_VLAN_ID, 0);
    flow.put(FlowField.POST_CUSTOMER_VLAN_ID, 0);
    flow.put(FlowField.PHYS_INPUT_IF, 0L);
    flow.put(FlowField.PHYS_OUTPUT_IF, 0L);
    flow.put(FlowField.VXLAN, 0L);
    flow.put(FlowField.ETHERTYPE, 0x0800);
    flow.put(FlowField.LAYER2_IP_VERSION, 4);
    flow.put(FlowField.PF_INTERFACE, "em0");
    return new Flow(flow);
  }

  @ParameterizedTest
  @EnumSource(FilterPrimitive.class)
  void everyExampleIsAnswered(FilterPrimitive primitive) {
    String example = primitive.example();
    if (REFUSED.contains(primitive)) {
      assertThatThrownBy(() -> FlowFilter.parse(example, SETTINGS))
          .isInstanceOf(FilterValueException.class);
      return;
    }
    FlowFilter filter =
        FlowFilter.parse(example, SETTINGS).from(ident -> Set.of()); // no file has an ident here
    FilterInterpreter interpreter = new FilterInterpreter(filter.bound());
    List<Long> interpreted = new ArrayList<>();
    for (int i = 0; i < decoded.size(); i++) {
      if (interpreter.matches(decoded.at(i))) {
        interpreted.add(i + 1L);
      }
    }

    List<Long> compiled =
        table
            .filter(filter.column(table.schema()))
            .select(FlowFilter.RUNNING_NUMBER)
            .collectAsList()
            .stream()
            .map(row -> row.getLong(0))
            .toList();

    assertThat(compiled).isEqualTo(interpreted);
    if (MATCH_NOTHING.contains(primitive) || primitive == FilterPrimitive.IDENT) {
      assertThat(compiled).isEmpty();
    } else if (primitive != FilterPrimitive.ANY) {
      assertThat(compiled.size()).as(example).isBetween(1, decoded.size() - 1);
    }
  }
}
