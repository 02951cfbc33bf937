package org.flowlake.udfs.payload;

import java.util.List;
import java.util.stream.Collectors;

/**
 * JA3 of a client and JA3S of a server (Salesforce, 2017): the MD5 digest of what the hello lists,
 * in the order sent.
 */
public final class Ja3 {
  private Ja3() {}

  /** The fingerprint, 32 lower-case hexadecimal digits. */
  public static String of(TlsHello hello) {
    return Fingerprint.md5(text(hello));
  }

  /**
   * What is digested: {@code version,ciphers,extensions,groups,formats} of a client, {@code
   * version,cipher,extensions} of a server.
   */
  static String text(TlsHello hello) {
    String common =
        hello.version() + "," + joined(hello.cipherSuites()) + "," + joined(hello.extensions());
    return hello.role() == TlsHello.Role.SERVER
        ? common
        : common + "," + joined(hello.groups()) + "," + joined(hello.pointFormats());
  }

  private static String joined(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining("-"));
  }
}
