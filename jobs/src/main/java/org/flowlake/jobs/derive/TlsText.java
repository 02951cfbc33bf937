package org.flowlake.jobs.derive;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.udfs.flow.IpProtocol;
import org.flowlake.udfs.payload.Ja3;
import org.flowlake.udfs.payload.Ja4;
import org.flowlake.udfs.payload.TlsHello;

/**
 * What the TLS hello in a payload says; TCP only.
 *
 * @param payload which of the two payloads
 */
public record TlsText(FlowField payload, Part part) implements Derivation {
  /** What of the hello. */
  public enum Part {
    /** The version field, a decimal number. */
    VERSION,
    SERVER_NAME,
    JA3,
    /** As nfdump prints it. */
    JA4,
    /** As nfdump prints it, and as it is defined. */
    JA4_OF_EITHER_KIND
  }

  @Override
  public List<FlowField> fields() {
    return List.of(FlowField.PROTO, payload);
  }

  @Override
  public List<String> texts(FlowFields flow) {
    return hello(flow, payload).map(this::texts).orElse(List.of());
  }

  private List<String> texts(TlsHello hello) {
    return switch (part) {
      case VERSION -> List.of(Integer.toString(hello.version()));
      case SERVER_NAME -> hello.serverName().isEmpty() ? List.of() : List.of(hello.serverName());
      case JA3 -> List.of(Ja3.of(hello));
      case JA4 -> Ja4.ofNfdump(hello).stream().toList();
      case JA4_OF_EITHER_KIND ->
          Stream.concat(Ja4.ofNfdump(hello).stream(), Ja4.of(hello).stream()).toList();
    };
  }

  /** The hello in a payload of a TCP flow; empty where there is none. */
  public static Optional<TlsHello> hello(FlowFields flow, FlowField payload) {
    return flow.has(payload)
            && flow.has(FlowField.PROTO)
            && flow.number(FlowField.PROTO) == IpProtocol.TCP
        ? TlsHello.find(flow.bytes(payload))
        : Optional.empty();
  }
}
