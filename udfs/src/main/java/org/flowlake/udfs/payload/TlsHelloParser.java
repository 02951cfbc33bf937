package org.flowlake.udfs.payload;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowlake.udfs.payload.TlsHello.Role;

/**
 * Parses a TLS record that holds a hello.
 *
 * <pre>
 * record:    u8 type (22), u16 version, u16 length | content
 * handshake: u8 type (1 client, 2 server), u24 length | hello
 * client:    u16 version, 32 random, u8 length | session, u16 length | u16 cipher suites,
 *            u8 length | compressions, [u16 length | extensions]
 * server:    u16 version, 32 random, u8 length | session, u16 cipher suite, u8 compression,
 *            [u16 length | extensions]
 * extension: u16 type, u16 length | data
 * </pre>
 */
final class TlsHelloParser {
  private static final int HANDSHAKE_RECORD = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int SERVER_HELLO = 2;
  private static final int SSL_2 = 0x0002;
  private static final int SSL_3 = 0x0300;
  private static final int TLS_1_2 = 0x0303;
  private static final int TLS_1_3 = 0x0304;
  private static final int RANDOM_BYTES = 32;

  private static final int SERVER_NAME = 0;
  private static final int SUPPORTED_GROUPS = 10;
  private static final int POINT_FORMATS = 11;
  private static final int SIGNATURE_ALGORITHMS = 13;
  private static final int APPLICATION_PROTOCOLS = 16;
  private static final int SUPPORTED_VERSIONS = 43;

  private final List<Integer> cipherSuites = new ArrayList<>();
  private final List<Integer> extensions = new ArrayList<>();
  private final List<Integer> groups = new ArrayList<>();
  private final List<Integer> pointFormats = new ArrayList<>();
  private final List<Integer> signatureAlgorithms = new ArrayList<>();
  private final List<Integer> supportedVersions = new ArrayList<>();
  private String serverName = "";
  private String applicationProtocol = "";

  private TlsHelloParser() {}

  static Optional<TlsHello> find(byte[] payload) {
    if (payload == null || payload.length == 0 || payload[0] != HANDSHAKE_RECORD) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new TlsHelloParser().record(new PayloadReader(payload, 0, payload.length)));
    } catch (MalformedPayloadException e) {
      return Optional.empty();
    }
  }

  private TlsHello record(PayloadReader payload) throws MalformedPayloadException {
    payload.skip(1);
    checkVersion(payload.u16(), TLS_1_2);
    PayloadReader content = payload.part(payload.u16());
    int type = content.u8();
    PayloadReader message = content.part(content.u24());
    return switch (type) {
      case CLIENT_HELLO -> client(message);
      case SERVER_HELLO -> server(message);
      default -> throw new MalformedPayloadException("handshake message " + type);
    };
  }

  private static int checkVersion(int version, int newest) throws MalformedPayloadException {
    if (version != SSL_2 && (version < SSL_3 || version > newest)) {
      throw new MalformedPayloadException("version " + version);
    }
    return version;
  }

  private TlsHello client(PayloadReader hello) throws MalformedPayloadException {
    int version = checkVersion(hello.u16(), TLS_1_3);
    hello.skip(RANDOM_BYTES);
    hello.skip(hello.u8());
    numbers(hello.part(hello.u16()), cipherSuites);
    hello.skip(hello.u8());
    if (hello.remaining() > 0) {
      PayloadReader all = hello.part(hello.u16());
      while (all.remaining() > 0) {
        int type = all.u16();
        PayloadReader data = all.part(all.u16());
        if (!isGrease(type)) {
          extensions.add(type);
          clientExtension(type, data);
        }
      }
    }
    return hello(Role.CLIENT, version);
  }

  private TlsHello server(PayloadReader hello) throws MalformedPayloadException {
    int version = checkVersion(hello.u16(), TLS_1_3);
    hello.skip(RANDOM_BYTES);
    hello.skip(hello.u8());
    cipherSuites.add(hello.u16());
    hello.skip(1);
    if (hello.remaining() > 0) {
      PayloadReader all = hello.part(hello.u16());
      while (all.remaining() > 0) {
        int type = all.u16();
        all.skip(all.u16());
        if (!isGrease(type)) {
          extensions.add(type);
        }
      }
    }
    return hello(Role.SERVER, version);
  }

  private void clientExtension(int type, PayloadReader data) throws MalformedPayloadException {
    switch (type) {
      case SERVER_NAME -> {
        PayloadReader names = data.part(data.u16());
        names.skip(1);
        serverName = names.text(names.u16());
      }
      case SUPPORTED_GROUPS -> numbers(data.part(data.u16()), groups);
      case POINT_FORMATS -> {
        PayloadReader formats = data.part(data.u8());
        while (formats.remaining() > 0) {
          pointFormats.add(formats.u8());
        }
      }
      case SIGNATURE_ALGORITHMS -> numbers(data.part(data.u16()), signatureAlgorithms);
      case APPLICATION_PROTOCOLS -> {
        PayloadReader names = data.part(data.u16());
        applicationProtocol = new String(names.bytes(names.u8()), StandardCharsets.ISO_8859_1);
      }
      case SUPPORTED_VERSIONS -> numbers(data.part(data.u8()), supportedVersions);
      default -> {}
    }
  }

  private static void numbers(PayloadReader list, List<Integer> into)
      throws MalformedPayloadException {
    while (list.remaining() > 0) {
      int number = list.u16();
      if (!isGrease(number)) {
        into.add(number);
      }
    }
  }

  /** 0x0a0a, 0x1a1a, ... 0xfafa (RFC 8701). */
  private static boolean isGrease(int number) {
    return (number & 0x0F0F) == 0x0A0A && number >> 8 == (number & 0xFF);
  }

  private TlsHello hello(Role role, int version) {
    return new TlsHello(
        role,
        version,
        cipherSuites,
        extensions,
        groups,
        pointFormats,
        signatureAlgorithms,
        supportedVersions,
        serverName,
        applicationProtocol);
  }
}
