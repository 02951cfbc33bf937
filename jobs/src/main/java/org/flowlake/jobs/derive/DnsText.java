package org.flowlake.jobs.derive;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.udfs.flow.IpProtocol;
import org.flowlake.udfs.payload.DnsMessage;

/**
 * What the DNS message in a payload says; port 53 only, as in nfdump.
 *
 * @param payload which of the two payloads
 */
public record DnsText(FlowField payload, Part part) implements Derivation {
  private static final int DNS_PORT = 53;

  /** What of the message. */
  public enum Part {
    /** The names that are asked for; the empty text of a message that asks for none. */
    NAMES,
    /** The addresses of answers and additional records. */
    ADDRESSES
  }

  @Override
  public List<FlowField> fields() {
    return List.of(FlowField.PROTO, FlowField.SRC_PORT, FlowField.DST_PORT, payload);
  }

  @Override
  public List<String> texts(FlowFields flow) {
    return message(flow, payload).map(this::texts).orElse(List.of());
  }

  private List<String> texts(DnsMessage message) {
    return switch (part) {
      case NAMES ->
          message.questions().isEmpty()
              ? List.of("")
              : message.questions().stream().map(DnsMessage.Question::name).toList();
      case ADDRESSES ->
          Stream.concat(message.answers().stream(), message.additionals().stream())
              .map(DnsMessage.Resource::data)
              .filter(DnsMessage.Address.class::isInstance)
              .map(data -> ((DnsMessage.Address) data).address().toString())
              .toList();
    };
  }

  /** Whether the flow is one of DNS, by its port. */
  public static boolean isDns(FlowFields flow) {
    return (flow.has(FlowField.SRC_PORT) && flow.number(FlowField.SRC_PORT) == DNS_PORT)
        || (flow.has(FlowField.DST_PORT) && flow.number(FlowField.DST_PORT) == DNS_PORT);
  }

  /** The message in a payload of a DNS flow; empty where there is none. */
  public static Optional<DnsMessage> message(FlowFields flow, FlowField payload) {
    if (!flow.has(payload) || !isDns(flow)) {
      return Optional.empty();
    }
    boolean tcp = flow.has(FlowField.PROTO) && flow.number(FlowField.PROTO) == IpProtocol.TCP;
    byte[] bytes = flow.bytes(payload);
    return tcp ? DnsMessage.findOverTcp(bytes) : DnsMessage.find(bytes);
  }
}
