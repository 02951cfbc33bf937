package org.flowlake.jobs.report;

import java.util.Optional;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.derive.DnsText;
import org.flowlake.jobs.derive.TlsText;
import org.flowlake.udfs.payload.Ja3;
import org.flowlake.udfs.payload.Ja4;
import org.flowlake.udfs.payload.TlsHello;
import org.flowlake.udfs.payload.TlsHello.Role;

/** Cells of what payloads tell. As in nfdump, TLS is looked for in the input payload only. */
final class PayloadCells {
  private static final int FINGERPRINT_WIDTH = 38;
  private static final int NAME_WIDTH = 6;
  private static final String NO_TLS = "   0";

  private PayloadCells() {}

  /** JA3 of a client, JA3S of a server. */
  static TokenCell ja3() {
    return TokenCell.both(
        (flow, context) ->
            hello(flow)
                .map(hello -> (isServer(hello) ? "ja3s: " : "ja3 : ") + Ja3.of(hello))
                .orElse(Padding.right("no ja3", FINGERPRINT_WIDTH)),
        (flow, context) -> hello(flow).map(Ja3::of).orElse("no-ja3"),
        FlowField.PROTO,
        FlowField.IN_PAYLOAD);
  }

  static TokenCell ja4() {
    return TokenCell.both(
        (flow, context) ->
            hello(flow)
                .flatMap(Ja4::ofNfdump)
                .map(text -> "ja4 : " + text)
                .orElse(Padding.right("no ja4", FINGERPRINT_WIDTH)),
        (flow, context) -> hello(flow).flatMap(Ja4::ofNfdump).orElse("no-ja4"),
        FlowField.PROTO,
        FlowField.IN_PAYLOAD);
  }

  static TokenCell serverName() {
    return TokenCell.both(
        (flow, context) ->
            hello(flow).map(hello -> Padding.right(hello.serverName(), NAME_WIDTH)).orElse(NO_TLS),
        (flow, context) -> hello(flow).map(TlsHello::serverName).orElse("0"),
        FlowField.PROTO,
        FlowField.IN_PAYLOAD);
  }

  static TokenCell tlsVersion() {
    return TokenCell.both(
        (flow, context) ->
            hello(flow).map(hello -> version(hello).replace('-', ' ')).orElse(NO_TLS),
        (flow, context) -> hello(flow).map(hello -> version(hello).strip()).orElse("0"),
        FlowField.PROTO,
        FlowField.IN_PAYLOAD);
  }

  /** nfdump 1.7.8 prints a version too high for servers of TLS 1.1 and 1.2. */
  private static String version(TlsHello hello) {
    int version = hello.version();
    if (isServer(hello) && (version == 0x0302 || version == 0x0303)) {
      version++;
    }
    return switch (version) {
      case 0x0002 -> "SSL-2  ";
      case 0x0300 -> "SSL-3  ";
      default -> "TLS-1." + (version - 0x0301);
    };
  }

  private static boolean isServer(TlsHello hello) {
    return hello.role() == Role.SERVER;
  }

  private static Optional<TlsHello> hello(FlowRecord flow) {
    return TlsText.hello(flow, FlowField.IN_PAYLOAD);
  }

  /** What a TLS hello in this payload adds to a flow's JSON object. */
  static void members(FlowRecord flow, FlowField payload, String side, JsonObject out) {
    TlsText.hello(flow, payload)
        .ifPresent(
            hello -> {
              out.text(side + "_tls", version(hello).strip().replace("-", ""));
              if (!hello.serverName().isEmpty()) {
                out.text(side + "_sni", hello.serverName());
              }
              out.text(side + "_ja3 hash", Ja3.of(hello));
              Ja4.ofNfdump(hello).ifPresent(text -> out.text(side + "_ja4 hash", text));
            });
  }

  /** A whole payload: a DNS message explained, text as it is, anything else in hexadecimal. */
  static TokenCell payload(FlowField field) {
    return TokenCell.right(
        0,
        (flow, context) -> flow.has(field) ? payload(flow, field) : "<no payload>",
        FlowField.PROTO,
        FlowField.SRC_PORT,
        FlowField.DST_PORT,
        field);
  }

  /** A payload as {@code -o raw} shows it: its length, what is in it, and its bytes. */
  static void lines(FlowRecord flow, FlowField payload, String label, LabelledLines out) {
    byte[] bytes = flow.bytes(payload);
    out.number(label, LabelledLines.COUNTER, bytes.length);
    if (DnsText.isDns(flow)) {
      DnsText.message(flow, payload).map(DnsMessageText::of).ifPresent(out::plain);
      return;
    }
    Optional<String> text = PayloadDump.text(bytes);
    text.ifPresent(out::plain);
    if (text.isEmpty()) {
      TlsText.hello(flow, payload).ifPresent(hello -> lines(hello, out.inner()));
    }
    out.plain(PayloadDump.table(bytes));
  }

  private static void lines(TlsHello hello, LabelledLines out) {
    String version = version(hello);
    String end = version.startsWith("SSL") ? "  " : "";
    out.value("TLS vers", LabelledLines.WHOLE, version.strip().replace('-', ' ') + end);
    if (!hello.serverName().isEmpty()) {
      out.text("sni name", 1, hello.serverName());
    }
    String side = isServer(hello) ? "s" : "";
    out.text("ja3" + side + " hash", 1, Ja3.of(hello));
    Ja4.ofNfdump(hello).ifPresent(found -> out.text("ja4" + side + " hash", 1, found));
  }

  private static String payload(FlowRecord flow, FlowField field) {
    return DnsText.isDns(flow)
        ? DnsText.message(flow, field).map(DnsMessageText::of).orElse("")
        : PayloadDump.of(flow.bytes(field));
  }
}
