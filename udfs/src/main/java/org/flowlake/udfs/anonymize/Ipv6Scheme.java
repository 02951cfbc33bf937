package org.flowlake.udfs.anonymize;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How the bits of an IPv6 address are taken. IPv4 is the same everywhere; for IPv6 every nfanon has
 * its own way, and none keeps prefixes: it walks each half of the address from its last byte, and
 * does not take the bits that follow the prefix out of the block that it encrypts.
 */
public enum Ipv6Scheme {
  /**
   * As nfanon 1.7.1, which is Debian's, does it with source addresses: the bits of each byte of the
   * result in reverse. It mixes further addresses of a record with the one before; that is not done
   * here, as a host would have as many names as there are others.
   */
  NFANON_1_7_1("nfanon-1.7.1"),
  /** As nfanon 1.7.8. */
  NFANON_1_7_8("nfanon-1.7.8"),
  /** As the paper has it for IPv4: addresses that share a prefix share one afterwards. */
  PREFIX_PRESERVING("prefix");

  private final String text;

  Ipv6Scheme(String text) {
    this.text = text;
  }

  /**
   * The scheme of this name, as {@link #toString()} gives it.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public static Ipv6Scheme parse(String name) {
    return Arrays.stream(values())
        .filter(scheme -> scheme.text.equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("'" + name + "' is no scheme; known: " + known()));
  }

  private static String known() {
    return Arrays.stream(values()).map(Ipv6Scheme::toString).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return text;
  }
}
