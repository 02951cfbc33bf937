package org.flowlake.udfs.payload;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * JA4 of a client over TCP (FoxIO, technical details of JA4, 2023): {@code
 * t13d1516h2_8daaf6152771_e5627efa2ab1}.
 *
 * <p>nfdump 1.7.8 takes the version from the hello's own field, which says 1.2 for TLS 1.3 too; the
 * definition takes the highest of the extension for it. Both texts are here.
 */
public final class Ja4 {
  private static final int SERVER_NAME = 0;
  private static final int APPLICATION_PROTOCOLS = 16;
  private static final int MOST_COUNTED = 99;
  private static final String NO_PROTOCOL = "00";
  private static final String NO_DIGEST = "0".repeat(12);

  private Ja4() {}

  /** The fingerprint as it is defined; empty for a server's hello. */
  public static Optional<String> of(TlsHello hello) {
    if (hello.role() != TlsHello.Role.CLIENT) {
      return Optional.empty();
    }
    int newest =
        hello.supportedVersions().stream()
            .mapToInt(Integer::intValue)
            .max()
            .orElse(hello.version());
    return Optional.of(
        text(
            hello,
            newest,
            hello.extensions().contains(SERVER_NAME),
            ends(hello.applicationProtocol())));
  }

  /**
   * The fingerprint as nfdump 1.7.8 prints it; it has none for a hello that offers more than 99
   * cipher suites or extensions, or no extension besides server name and application protocol.
   */
  public static Optional<String> ofNfdump(TlsHello hello) {
    boolean printed =
        hello.role() == TlsHello.Role.CLIENT
            && hello.cipherSuites().size() <= MOST_COUNTED
            && hello.extensions().size() <= MOST_COUNTED
            && hello.extensions().stream().anyMatch(Ja4::isDigested);
    if (!printed) {
      return Optional.empty();
    }
    String protocol = hello.applicationProtocol();
    return Optional.of(
        text(
            hello,
            hello.version(),
            !hello.serverName().isEmpty(),
            protocol.isEmpty() ? NO_PROTOCOL : firstAndLast(protocol)));
  }

  private static String text(TlsHello hello, int version, boolean named, String protocol) {
    return "t"
        + versionCode(version)
        + (named ? 'd' : 'i')
        + count(hello.cipherSuites())
        + count(hello.extensions())
        + protocol
        + '_'
        + digest(sorted(hello.cipherSuites()))
        + '_'
        + extensionsDigest(hello);
  }

  private static String versionCode(int version) {
    return switch (version) {
      case 0x0002 -> "s2";
      case 0x0300 -> "s3";
      case 0x0301 -> "10";
      case 0x0302 -> "11";
      case 0x0303 -> "12";
      case 0x0304 -> "13";
      default -> "00";
    };
  }

  private static String count(List<Integer> numbers) {
    int count = Math.min(numbers.size(), MOST_COUNTED);
    return "" + count / 10 + count % 10;
  }

  /** First and last character; of the hexadecimal digits where they are no letters or digits. */
  private static String ends(String protocol) {
    if (protocol.isEmpty()) {
      return NO_PROTOCOL;
    }
    String ends = firstAndLast(protocol);
    boolean readable = ends.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c));
    return readable
        ? ends
        : firstAndLast(HexFormat.of().formatHex(protocol.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static String firstAndLast(String text) {
    return "" + text.charAt(0) + text.charAt(text.length() - 1);
  }

  private static String extensionsDigest(TlsHello hello) {
    String extensions = sorted(hello.extensions().stream().filter(Ja4::isDigested).toList());
    if (extensions.isEmpty() || hello.signatureAlgorithms().isEmpty()) {
      return digest(extensions);
    }
    return digest(extensions + "_" + joined(hello.signatureAlgorithms()));
  }

  private static boolean isDigested(int extension) {
    return extension != SERVER_NAME && extension != APPLICATION_PROTOCOLS;
  }

  private static String digest(String text) {
    return text.isEmpty() ? NO_DIGEST : Fingerprint.sha256(text).substring(0, NO_DIGEST.length());
  }

  private static String sorted(List<Integer> numbers) {
    return joined(numbers.stream().sorted().toList());
  }

  private static String joined(List<Integer> numbers) {
    return numbers.stream()
        .map(number -> String.format("%04x", number))
        .collect(Collectors.joining(","));
  }
}
