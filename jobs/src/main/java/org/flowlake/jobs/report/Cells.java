package org.flowlake.jobs.report;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.udfs.flow.FlowRates;
import org.flowlake.udfs.flow.IcmpMessage;
import org.flowlake.udfs.flow.IpProtocol;
import org.flowlake.udfs.flow.MacAddress;
import org.flowlake.udfs.flow.TcpFlags;
import org.flowlake.udfs.ip.AddressMask;

/** The kinds of cells that several format tokens share. */
final class Cells {
  private static final String NO_ADDRESS = "0.0.0.0";
  private static final int PORT_WIDTH = 5;
  private static final int SCALED_WIDTH = 8;

  private Cells() {}

  /** A whole number; 0 where absent. */
  static TokenCell number(int width, FlowField field) {
    return TokenCell.right(width, (flow, context) -> Long.toString(flow.number(field)), field)
        .asNumber();
  }

  /** A whole number with a text of its own. */
  static TokenCell number(FlowField field, LongFunction<String> line, LongFunction<String> csv) {
    return TokenCell.both(
        (flow, context) -> line.apply(flow.number(field)),
        (flow, context) -> csv.apply(flow.number(field)),
        field);
  }

  /** Text, and what stands for an absent one. */
  static TokenCell text(String ifAbsent, FlowField field) {
    return TokenCell.right(
        0, (flow, context) -> flow.has(field) ? flow.text(field) : ifAbsent, field);
  }

  /** A counter: scaled in lines, whole in CSV; 0 where absent. */
  static TokenCell counter(FlowField field) {
    return TokenCell.right(
            SCALED_WIDTH, (flow, context) -> context.scale.compact(flow.number(field)), field)
        .withCsv((flow, context) -> Long.toString(flow.number(field)))
        .asNumber();
  }

  /** A time in the report's zone. */
  static TokenCell localTime(FlowField field) {
    return isoInJson(
        TokenCell.right(0, (flow, context) -> context.local.millis(flow.millis(field)), field));
  }

  /** A time in UTC. */
  static TokenCell utcTime(FlowField field) {
    return isoInJson(
        TokenCell.right(0, (flow, context) -> context.utc.millis(flow.millis(field)), field));
  }

  /** A date and time that takes the form of ISO 8601 in JSON. */
  static TokenCell isoInJson(TokenCell time) {
    return time.withJson(
        (flow, context, out) -> {
          StringBuilder text = new StringBuilder();
          time.csv().write(flow, context, text);
          out.append('"').append(text.toString().replace(' ', 'T')).append('"');
        });
  }

  /** Seconds since 1970 with milliseconds. */
  static TokenCell rawTime(FlowField field) {
    return TokenCell.right(14, (flow, context) -> ValueScale.seconds(flow.millis(field)), field)
        .asNumber();
  }

  /** From first to last seen; in seconds in CSV. */
  static TokenCell duration(BiFunction<ValueScale, Long, String> line) {
    return TokenCell.both(
            (flow, context) -> line.apply(context.scale, flow.durationMillis()),
            (flow, context) -> ValueScale.seconds(flow.durationMillis()),
            FlowField.FIRST_SEEN,
            FlowField.LAST_SEEN)
        .asNumber();
  }

  static TokenCell packetsPerSecond() {
    return rate(
        FlowField.IN_PACKETS, FlowRates::packetsPerSecond, FlowRates::packetsPerSecondOfSeconds);
  }

  static TokenCell bitsPerSecond() {
    return rate(FlowField.IN_BYTES, FlowRates::bitsPerSecond, FlowRates::bitsPerSecondOfSeconds);
  }

  private static TokenCell rate(
      FlowField counter, BiFunction<Long, Long, Long> line, BiFunction<Long, Long, Long> csv) {
    return TokenCell.right(
            SCALED_WIDTH,
            (flow, context) ->
                context.scale.compact(line.apply(flow.number(counter), flow.durationMillis())),
            counter,
            FlowField.FIRST_SEEN,
            FlowField.LAST_SEEN)
        .withCsv(
            (flow, context) ->
                Long.toString(csv.apply(flow.number(counter), flow.durationMillis())))
        .asNumber();
  }

  static TokenCell bytesPerPacket() {
    return TokenCell.right(
            6,
            (flow, context) ->
                Long.toString(
                    FlowRates.bytesPerPacket(
                        flow.number(FlowField.IN_BYTES), flow.number(FlowField.IN_PACKETS))),
            FlowField.IN_BYTES,
            FlowField.IN_PACKETS)
        .asNumber();
  }

  /** Protocol: name in lines, number in CSV. */
  static TokenCell protocol() {
    return new TokenCell(
            List.of(FlowField.PROTO),
            (flow, context, out) ->
                Padding.left(out, context.scale.protocol((int) flow.number(FlowField.PROTO)), 5),
            (flow, context, out) -> out.append(flow.number(FlowField.PROTO)))
        .asNumber();
  }

  /** TCP flags; none for other protocols. */
  static TokenCell tcpFlags() {
    return TokenCell.right(
        8,
        (flow, context) -> {
          int flags =
              flow.number(FlowField.PROTO) == IpProtocol.TCP
                  ? (int) flow.number(FlowField.TCP_FLAGS)
                  : 0;
          return context.scale == ValueScale.PLAIN ? Integer.toString(flags) : TcpFlags.text(flags);
        },
        FlowField.PROTO,
        FlowField.TCP_FLAGS);
  }

  /** An address of the flow itself, whose family the record states. */
  static TokenCell flowAddress(FlowField field) {
    return new TokenCell(
        List.of(FlowField.IP_VERSION, field),
        (flow, context, out) ->
            Padding.right(
                out, flowAddress(flow, field, context.addresses), context.addresses.columns()),
        (flow, context, out) -> out.append(flowAddress(flow, field, AddressWidth.LONG)));
  }

  /** An address beside the flow; an IPv4 one is known by its mapped form. */
  static TokenCell otherAddress(FlowField field) {
    return new TokenCell(
        List.of(field),
        (flow, context, out) ->
            Padding.right(
                out, otherAddress(flow, field, context.addresses), context.addresses.columns()),
        (flow, context, out) -> out.append(otherAddress(flow, field, AddressWidth.LONG)));
  }

  /** Source address and port. */
  static TokenCell sourceAddressPort() {
    return new TokenCell(
        List.of(FlowField.IP_VERSION, FlowField.SRC_ADDR, FlowField.SRC_PORT),
        (flow, context, out) -> {
          addressColumn(flow, FlowField.SRC_ADDR, context, out);
          Padding.left(out, Long.toString(flow.number(FlowField.SRC_PORT)), PORT_WIDTH);
        },
        null);
  }

  /** Destination address and port, {@code type.code} for ICMP. */
  static TokenCell destinationAddressPort() {
    return new TokenCell(
        List.of(FlowField.IP_VERSION, FlowField.DST_ADDR, FlowField.DST_PORT, FlowField.PROTO),
        (flow, context, out) -> {
          addressColumn(flow, FlowField.DST_ADDR, context, out);
          Padding.left(out, destinationPort(flow), PORT_WIDTH);
        },
        null);
  }

  /** A translated address and port. */
  static TokenCell otherAddressPort(FlowField address, FlowField port) {
    return new TokenCell(
        List.of(address, port),
        (flow, context, out) -> {
          Padding.right(
              out, otherAddress(flow, address, context.addresses), context.addresses.columns());
          out.append(isIpv6(flow.bytes(address)) ? '.' : ':');
          Padding.left(out, Long.toString(flow.number(port)), PORT_WIDTH);
        },
        null);
  }

  private static void addressColumn(
      FlowRecord flow, FlowField field, CellContext context, StringBuilder out) {
    Padding.right(out, flowAddress(flow, field, context.addresses), context.addresses.columns());
    out.append(flow.ipVersion() == 6 ? '.' : ':');
  }

  /** The route's network of an address: the address under the record's own mask. */
  static TokenCell network(FlowField address, FlowField mask) {
    return new TokenCell(
        List.of(FlowField.IP_VERSION, address, mask),
        (flow, context, out) -> {
          String text = network(flow, address, mask, context.addresses);
          Padding.right(out, text, context.addresses.columns()).append('/');
          Padding.left(out, Long.toString(flow.number(mask)), 2);
        },
        (flow, context, out) ->
            out.append(network(flow, address, mask, AddressWidth.LONG))
                .append('/')
                .append(flow.number(mask)));
  }

  /** The network in CIDR form. */
  static String network(FlowRecord flow, FlowField address, FlowField mask, AddressWidth width) {
    byte[] bytes = flow.bytes(address);
    if (bytes == null) {
      return NO_ADDRESS;
    }
    int version = flow.ipVersion();
    return width.text(AddressMask.apply(bytes, version, (int) flow.number(mask)), version);
  }

  private static String flowAddress(FlowRecord flow, FlowField field, AddressWidth width) {
    byte[] address = flow.bytes(field);
    return address == null ? NO_ADDRESS : width.text(address, flow.ipVersion());
  }

  private static String otherAddress(FlowRecord flow, FlowField field, AddressWidth width) {
    byte[] address = flow.bytes(field);
    return address == null ? NO_ADDRESS : width.text(address, isIpv6(address) ? 6 : 4);
  }

  private static boolean isIpv6(byte[] address) {
    return address != null && !org.flowlake.udfs.ip.IpAddress.isMappedIpv4(address);
  }

  static TokenCell destinationPort() {
    return TokenCell.right(
            6, (flow, context) -> destinationPort(flow), FlowField.DST_PORT, FlowField.PROTO)
        // The type.code of ICMP would read as a number with decimals.
        .withJson((flow, context, out) -> out.append(flow.number(FlowField.DST_PORT)));
  }

  private static String destinationPort(FlowRecord flow) {
    int port = (int) flow.number(FlowField.DST_PORT);
    return IpProtocol.isIcmp((int) flow.number(FlowField.PROTO))
        ? IcmpMessage.ofPort(port).toString()
        : Integer.toString(port);
  }

  static TokenCell mac(FlowField field) {
    return TokenCell.right(17, (flow, context) -> MacAddress.text(flow.number(field)), field);
  }

  /** {@code label-exp-bos}. */
  static TokenCell mpls(FlowField field) {
    return TokenCell.right(12, (flow, context) -> mplsText(flow.number(field)), field);
  }

  static TokenCell mplsStack(List<FlowField> labels) {
    TokenCell.Text all =
        (flow, context) ->
            labels.stream()
                .map(label -> mplsText(flow.number(label)) + ' ')
                .collect(Collectors.joining());
    return TokenCell.right(0, all, labels.toArray(FlowField[]::new));
  }

  /** An MPLS label stack entry, its label eight characters wide. */
  static String mplsText(long entry) {
    return Padding.right(Long.toString(entry >> 4), 8)
        + '-'
        + ((entry & 0xF) >> 1)
        + '-'
        + (entry & 1);
  }

  /** Microseconds as milliseconds with three decimals. */
  static TokenCell latency(FlowField field) {
    return TokenCell.right(9, (flow, context) -> ValueScale.seconds(flow.number(field)), field)
        .asNumber();
  }
}
