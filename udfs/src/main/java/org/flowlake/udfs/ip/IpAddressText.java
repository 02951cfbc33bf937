package org.flowlake.udfs.ip;

/**
 * Prints addresses as inet_ntop of glibc does. That is RFC 5952 (lower case, no leading zeros, the
 * longest run of at least two zero groups as {@code ::}, the first of equals), with its one choice
 * made so: the dotted form is used for {@code ::ffff:a.b.c.d} and for {@code ::a.b.c.d} where the
 * first of the last two groups is not zero.
 */
final class IpAddressText {
  /** As long as inet_ntop's text can be: {@code INET6_ADDRSTRLEN} without the final zero. */
  static final int MAX_LENGTH = 45;

  private static final int GROUPS = 8;
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private IpAddressText() {}

  static void appendIpv4(StringBuilder out, byte[] address, int offset) {
    appendOctet(out, address[offset] & 0xff);
    for (int i = 1; i < 4; i++) {
      out.append('.');
      appendOctet(out, address[offset + i] & 0xff);
    }
  }

  static void appendIpv6(StringBuilder out, byte[] address) {
    int zerosBegin = -1;
    int zerosLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && group(address, end) == 0) {
        end++;
      }
      if (end - i > zerosLength) {
        zerosBegin = i;
        zerosLength = end - i;
      }
      i = Math.max(i, end);
    }
    boolean dotted =
        zerosBegin == 0 && (zerosLength == 6 || (zerosLength == 5 && group(address, 5) == 0xffff));
    int groups = dotted ? 6 : GROUPS;
    int i = 0;
    while (i < groups) {
      if (i == zerosBegin) {
        // The colon that ends the group before is already there; at the start both are needed.
        out.append(i == 0 ? "::" : ":");
        i += zerosLength;
        continue;
      }
      appendGroup(out, group(address, i));
      i++;
      if (i < GROUPS) {
        out.append(':');
      }
    }
    if (dotted) {
      appendIpv4(out, address, IpAddress.IPV4_OFFSET);
    }
  }

  private static int group(byte[] address, int index) {
    return (address[2 * index] & 0xff) << 8 | (address[2 * index + 1] & 0xff);
  }

  private static void appendOctet(StringBuilder out, int value) {
    if (value >= 100) {
      out.append((char) ('0' + value / 100));
    }
    if (value >= 10) {
      out.append((char) ('0' + value / 10 % 10));
    }
    out.append((char) ('0' + value % 10));
  }

  private static void appendGroup(StringBuilder out, int value) {
    if (value >= 0x1000) {
      out.append(HEX[value >>> 12]);
    }
    if (value >= 0x100) {
      out.append(HEX[value >>> 8 & 0xf]);
    }
    if (value >= 0x10) {
      out.append(HEX[value >>> 4 & 0xf]);
    }
    out.append(HEX[value & 0xf]);
  }
}
