package org.flowlake.jobs.filter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.converters.flow.FlowFieldGroup;
import org.flowlake.converters.flow.FlowType;
import org.flowlake.udfs.ip.IpAddress;

/** Flows with values from small pools, so that filters over the same pools often match. */
final class FilterTestFlows {
  /** A TLS ClientHello of one cipher suite that names the server {@code alice}. */
  private static final String CLIENT_HELLO =
      "\u0016\u0003\u0001\u0000\u003d\u0001\u0000\u0000\u0039\u0003\u0003"
          + "\u0000".repeat(33)
          + "\u0000\u0002\u0013\u0001\u0001\u0000"
          + "\u0000\u000e\u0000\u0000\u0000\n\u0000\u0008\u0000\u0000\u0005alice";

  /** MD5 of {@code 771,4865,0,,}, which is the hello by the definition of JA3. */
  static final String JA3 = "1e7c622032b0cb79401b0f7be3793a1a";

  /** A DNS query for the address of {@code alice}. */
  private static final String DNS_QUERY =
      "\u0000\u0001\u0001\u0000\u0000\u0001"
          + "\u0000".repeat(6)
          + "\u0005alice\u0000\u0000\u0001\u0000\u0001";

  static final List<String> ADDRESSES =
      List.of(
          "10.1.2.3",
          "10.1.2.4",
          "10.200.0.1",
          "192.168.1.29",
          "8.8.8.8",
          "0.0.0.0",
          "255.255.255.255",
          "2001:db8::1",
          "2001:db8:0:ff::5c",
          "fe80::1",
          "::",
          "::1",
          "::ffff:10.1.2.3",
          "::10.1.2.3",
          "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
  static final long FIRST_MILLIS = 1_710_145_800_123L;

  private FilterTestFlows() {}

  /** One flow: fields without an entry are missing. */
  record Flow(Map<FlowField, Object> values) implements FlowValues {
    @Override
    public boolean isNull(FlowField field) {
      return !values.containsKey(field);
    }

    @Override
    public long number(FlowField field) {
      Object value = values.get(field);
      return value instanceof Instant time
          ? ChronoUnit.MICROS.between(Instant.EPOCH, time)
          : ((Number) value).longValue();
    }

    @Override
    public byte[] bytes(FlowField field) {
      Object value = values.get(field);
      return value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) value;
    }

    /** The flow as a row with all columns. */
    Row row() {
      Object[] columns = new Object[FlowField.values().length];
      values.forEach((field, value) -> columns[field.ordinal()] = value);
      return RowFactory.create(columns);
    }
  }

  static List<Flow> random(int count, long seed) {
    Random random = new Random(seed);
    List<Flow> flows = new ArrayList<>();
    flows.add(new Flow(Map.of()));
    while (flows.size() < count) {
      flows.add(flow(random));
    }
    return flows;
  }

  /**
   * Flows as records have them: the fields of a group are all there or all missing, and every flow
   * has its core. Flow i was received i milliseconds after the first.
   *
   * @param share of the other groups that a flow has, of 10
   */
  static List<Flow> records(int count, long seed, int share, List<String> addresses) {
    Random random = new Random(seed);
    List<Flow> flows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<FlowField, Object> values = new EnumMap<>(FlowField.class);
      for (FlowFieldGroup group : FlowFieldGroup.values()) {
        if (group == FlowFieldGroup.CORE || random.nextInt(10) < share) {
          group(values, group, addresses, random);
        }
      }
      values.put(FlowField.RECEIVED, Instant.ofEpochMilli(FIRST_MILLIS + i));
      flows.add(new Flow(values));
    }
    return flows;
  }

  private static void group(
      Map<FlowField, Object> values, FlowFieldGroup group, List<String> addresses, Random random) {
    int family = random.nextBoolean() ? 4 : 6;
    List<IpAddress> pool =
        addresses.stream()
            .map(IpAddress::parse)
            .filter(address -> address.ipVersion() == family)
            .toList();
    for (FlowField field : FlowField.values()) {
      if (field.group() == group) {
        boolean version = field == FlowField.IP_VERSION || field == FlowField.TUN_IP_VERSION;
        values.put(
            field,
            field.type() == FlowType.ADDRESS
                ? pool.get(random.nextInt(pool.size())).toBytes()
                : version ? family : value(field, random));
      }
    }
    values.values().removeIf(FilterTestFlows::isEmpty);
  }

  private static Flow flow(Random random) {
    Map<FlowField, Object> values = new EnumMap<>(FlowField.class);
    boolean sparse = random.nextInt(4) == 0;
    for (FlowField field : FlowField.values()) {
      if (random.nextInt(10) < (sparse ? 7 : 1)) {
        continue;
      }
      values.put(field, value(field, random));
    }
    family(values, FlowField.IP_VERSION, FlowField.SRC_ADDR, FlowField.DST_ADDR, random);
    family(
        values, FlowField.TUN_IP_VERSION, FlowField.TUN_SRC_ADDR, FlowField.TUN_DST_ADDR, random);
    return new Flow(values);
  }

  /** Both addresses of one family, with the version beside them, as a record has them. */
  private static void family(
      Map<FlowField, Object> values,
      FlowField version,
      FlowField source,
      FlowField destination,
      Random random) {
    int family = random.nextBoolean() ? 4 : 6;
    values.remove(version);
    for (FlowField field : List.of(source, destination)) {
      if (values.containsKey(field)) {
        List<IpAddress> pool =
            ADDRESSES.stream()
                .map(IpAddress::parse)
                .filter(address -> address.ipVersion() == family)
                .toList();
        values.put(field, pool.get(random.nextInt(pool.size())).toBytes());
        values.put(version, family);
      }
    }
  }

  /** As records have it: a payload that is empty is not there. */
  private static boolean isEmpty(Object value) {
    return value instanceof byte[] bytes && bytes.length == 0;
  }

  private static Object value(FlowField field, Random random) {
    FlowType type = field.type();
    return switch (field) {
      case PROTO, TUN_PROTO -> new int[] {1, 6, 6, 6, 17, 58}[random.nextInt(6)];
      case TCP_FLAGS -> random.nextInt(256);
      case FIRST_SEEN, LAST_SEEN -> Instant.ofEpochMilli(FIRST_MILLIS + 500L * random.nextInt(20));
      case IN_PACKETS, OUT_PACKETS -> (long) random.nextInt(12);
      case IN_BYTES, OUT_BYTES -> (long) random.nextInt(3000);
      case DST_PORT -> new int[] {80, 443, 53, 769, 2048, 0, 65535}[random.nextInt(7)];
      case SRC_PORT, NAT_SRC_PORT, NAT_DST_PORT ->
          new int[] {80, 443, 1024, 1025, 65535}[random.nextInt(5)];
      case PBLOCK_START -> 1000;
      case PBLOCK_END -> 1024;
      case FLOWS -> (long) random.nextInt(3);
      case MPLS_1, MPLS_2, MPLS_3 -> (random.nextInt(40) << 4) | random.nextInt(16);
      case MPLS_10 -> 1; // a stack has a bottom (RFC 3032)
      case IN_SRC_MAC, IN_DST_MAC, OUT_SRC_MAC, OUT_DST_MAC -> 0x001122334455L + random.nextInt(3);
      default ->
          switch (type) {
            case INT -> random.nextInt(5);
            case LONG -> (long) random.nextInt(5);
            case TIMESTAMP -> Instant.ofEpochMilli(FIRST_MILLIS);
            case ADDRESS ->
                IpAddress.parse(ADDRESSES.get(random.nextInt(ADDRESSES.size()))).toBytes();
            case TEXT -> List.of("alice", "bob", "em0").get(random.nextInt(3));
            case BYTES ->
                List.of("GET / HTTP/1.1\r\n", "\u00ff\u0000POST /x", "", CLIENT_HELLO, DNS_QUERY)
                    .get(random.nextInt(5))
                    .getBytes(StandardCharsets.ISO_8859_1);
          };
    };
  }
}
