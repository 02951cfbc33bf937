package org.flowlake.udfs.ip;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;

/**
 * An IPv4 or IPv6 address, and the static functions that read and print the 16-byte form in which
 * the flow table holds every address.
 *
 * <p>The bytes are in network order; an IPv4 address is held as {@code ::ffff:a.b.c.d} (RFC 4291,
 * 2.5.5.2). The IP version is kept beside the bytes, because an exporter may also report the IPv6
 * address {@code ::ffff:a.b.c.d}, which is another address than {@code a.b.c.d}. No name is ever
 * looked up.
 */
public final class IpAddress implements Comparable<IpAddress>, Serializable {
  private static final long serialVersionUID = 1L;

  /** Length of every address in the flow table. */
  public static final int BYTES = 16;

  /** Where the four bytes of an IPv4 address begin. */
  static final int IPV4_OFFSET = 12;

  private final byte[] bytes;
  private final int ipVersion;

  private IpAddress(byte[] bytes, int ipVersion) {
    this.bytes = bytes;
    this.ipVersion = ipVersion;
  }

  /**
   * The address in these 16 bytes, which are copied.
   *
   * @param ipVersion 4 or 6
   * @throws IllegalArgumentException if the length or the version is another one, or if version 4
   *     comes with bytes that are not {@code ::ffff:a.b.c.d}
   */
  public static IpAddress of(byte[] address, int ipVersion) {
    checkLength(address);
    checkVersion(ipVersion);
    if (ipVersion == 4 && !isMappedIpv4(address)) {
      throw new IllegalArgumentException(
          "Not an IPv4 address: " + text(address, 6) + "; expected ::ffff:a.b.c.d");
    }
    return new IpAddress(address.clone(), ipVersion);
  }

  /**
   * Reads {@code a.b.c.d} or any text form of RFC 4291, 2.2. What it accepts is what inet_pton
   * accepts: no leading zero in an IPv4 part, no zone, no prefix length, no blanks.
   *
   * @throws IllegalArgumentException if the text is not an address; the message says why
   */
  public static IpAddress parse(String text) {
    IpAddressParser parser = new IpAddressParser(text);
    byte[] bytes = parser.parse();
    if (bytes == null) {
      throw new IllegalArgumentException("Not an IP address: '" + text + "': " + parser.reason());
    }
    return new IpAddress(bytes, parser.ipVersion());
  }

  /** As {@link #parse}, but empty where that throws. */
  public static Optional<IpAddress> tryParse(String text) {
    IpAddressParser parser = new IpAddressParser(text);
    byte[] bytes = parser.parse();
    return bytes == null ? Optional.empty() : Optional.of(new IpAddress(bytes, parser.ipVersion()));
  }

  /** The IPv4 address that this number is in network order: {@code 0x0a000001} is 10.0.0.1. */
  public static IpAddress ofIpv4(int address) {
    byte[] bytes = new byte[BYTES];
    bytes[10] = (byte) 0xff;
    bytes[11] = (byte) 0xff;
    for (int i = 0; i < 4; i++) {
      bytes[IPV4_OFFSET + i] = (byte) (address >>> (24 - 8 * i));
    }
    return new IpAddress(bytes, 4);
  }

  /** A copy of the 16 bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** The bytes themselves, for this package, which does not change them. */
  byte[] bytes() {
    return bytes;
  }

  /** 4 or 6. */
  public int ipVersion() {
    return ipVersion;
  }

  /**
   * The text of a 16-byte address, as inet_ntop of glibc, and so nfdump, prints it.
   *
   * @param ipVersion 4 prints the last four bytes as {@code a.b.c.d}; 6 prints all of them, an
   *     IPv4-mapped address as {@code ::ffff:a.b.c.d}
   * @throws IllegalArgumentException if the address is not 16 bytes long or the version another one
   */
  public static String text(byte[] address, int ipVersion) {
    StringBuilder out = new StringBuilder(IpAddressText.MAX_LENGTH);
    appendTo(out, address, ipVersion);
    return out.toString();
  }

  /**
   * The text of a 16-byte address whose version nobody recorded: {@code ::ffff:a.b.c.d} is taken
   * for the IPv4 address.
   */
  public static String text(byte[] address) {
    checkLength(address);
    return text(address, inferredVersion(address));
  }

  /** Appends what {@link #text(byte[], int)} returns, without an object of its own. */
  public static void appendTo(StringBuilder out, byte[] address, int ipVersion) {
    checkLength(address);
    checkVersion(ipVersion);
    if (ipVersion == 4) {
      IpAddressText.appendIpv4(out, address, IPV4_OFFSET);
    } else {
      IpAddressText.appendIpv6(out, address);
    }
  }

  /**
   * 4 if the 16 bytes are {@code ::ffff:a.b.c.d}, else 6: a guess where no version was recorded.
   */
  public static int inferredVersion(byte[] address) {
    return isMappedIpv4(address) ? 4 : 6;
  }

  /** Whether the 16 bytes are {@code ::ffff:a.b.c.d}. */
  public static boolean isMappedIpv4(byte[] address) {
    for (int i = 0; i < 10; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return address[10] == -1 && address[11] == -1;
  }

  /** Unsigned order of the bytes, which is Spark's and Parquet's order of a binary column. */
  public static int compare(byte[] left, byte[] right) {
    return Arrays.compareUnsigned(left, right);
  }

  /** By bytes, unsigned; the IPv4 address before the IPv6 address of the same bytes. */
  @Override
  public int compareTo(IpAddress other) {
    int order = compare(bytes, other.bytes);
    return order != 0 ? order : Integer.compare(ipVersion, other.ipVersion);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IpAddress that
        && ipVersion == that.ipVersion
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(bytes) + ipVersion;
  }

  /** The text, as {@link #text(byte[], int)}. */
  @Override
  public String toString() {
    return text(bytes, ipVersion);
  }

  private static void checkLength(byte[] address) {
    if (address.length != BYTES) {
      throw new IllegalArgumentException(
          "Address of "
              + address.length
              + " bytes; expected 16 bytes in network order, IPv4 as ::ffff:a.b.c.d");
    }
  }

  private static void checkVersion(int ipVersion) {
    if (ipVersion != 4 && ipVersion != 6) {
      throw new IllegalArgumentException("IP version " + ipVersion + "; expected 4 or 6");
    }
  }
}
