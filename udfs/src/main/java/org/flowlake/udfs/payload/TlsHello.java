package org.flowlake.udfs.payload;

import java.util.List;
import java.util.Optional;

/**
 * The ClientHello or ServerHello that a TLS connection begins with (RFC 8446, 4.1; RFC 5246, 7.4.1;
 * SSL 3.0, RFC 6101). Values that RFC 8701 (GREASE) reserves for noise are left out of every list.
 *
 * @param role whose hello it is
 * @param version the version field of the hello: 0x0303 is TLS 1.2, and TLS 1.3 too
 * @param cipherSuites offered, or the one chosen, in the order sent
 * @param extensions types, in the order sent
 * @param groups of the extension 10 (elliptic curves); empty in a ServerHello
 * @param pointFormats of the extension 11; empty in a ServerHello
 * @param signatureAlgorithms of the extension 13; empty in a ServerHello
 * @param supportedVersions of the extension 43; empty in a ServerHello
 * @param serverName first name of the extension 0, printable ASCII; empty text where there is none
 * @param applicationProtocol first name of the extension 16, any bytes as ISO 8859-1; empty text
 *     where there is none
 */
public record TlsHello(
    Role role,
    int version,
    List<Integer> cipherSuites,
    List<Integer> extensions,
    List<Integer> groups,
    List<Integer> pointFormats,
    List<Integer> signatureAlgorithms,
    List<Integer> supportedVersions,
    String serverName,
    String applicationProtocol) {

  /** Who says hello. */
  public enum Role {
    CLIENT,
    SERVER
  }

  public TlsHello {
    cipherSuites = List.copyOf(cipherSuites);
    extensions = List.copyOf(extensions);
    groups = List.copyOf(groups);
    pointFormats = List.copyOf(pointFormats);
    signatureAlgorithms = List.copyOf(signatureAlgorithms);
    supportedVersions = List.copyOf(supportedVersions);
  }

  /**
   * The hello at the beginning of a TCP payload; empty where there is none, or not all of it: the
   * TLS record has to end within the payload.
   *
   * @param payload may be null
   */
  public static Optional<TlsHello> find(byte[] payload) {
    return TlsHelloParser.find(payload);
  }
}
