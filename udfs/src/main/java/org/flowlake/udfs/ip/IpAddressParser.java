package org.flowlake.udfs.ip;

import java.util.Arrays;

/**
 * Reads one address text. It does not throw: a column of text may hold much that is no address, and
 * exceptions would cost more than the reading.
 */
final class IpAddressParser {
  private static final int IPV4_PARTS = 4;

  private final String text;
  private final byte[] bytes = new byte[IpAddress.BYTES];
  private int at;
  private int ipVersion;
  private String reason;

  IpAddressParser(String text) {
    this.text = text;
  }

  /** The 16 bytes, or null if the text is no address; then {@link #reason()} says why. */
  byte[] parse() {
    boolean isIpv6 = text.indexOf(':') >= 0;
    ipVersion = isIpv6 ? 6 : 4;
    return (isIpv6 ? readIpv6() : readMappedIpv4()) ? bytes : null;
  }

  int ipVersion() {
    return ipVersion;
  }

  String reason() {
    return reason;
  }

  private boolean readMappedIpv4() {
    bytes[10] = (byte) 0xff;
    bytes[11] = (byte) 0xff;
    return readIpv4(IpAddress.IPV4_OFFSET);
  }

  /** Reads {@code a.b.c.d} up to the end of the text into four bytes. */
  private boolean readIpv4(int offset) {
    for (int part = 0; part < IPV4_PARTS; part++) {
      if (part > 0) {
        if (at == text.length()) {
          return fail("an IPv4 address has four parts, a.b.c.d, here are " + part);
        }
        if (text.charAt(at) != '.') {
          return failAtCharacter();
        }
        at++;
      }
      int begin = at;
      int value = 0;
      while (at < text.length() && isDecimal(text.charAt(at)) && at - begin < 4) {
        value = 10 * value + (text.charAt(at++) - '0');
      }
      if (at == begin) {
        return at == text.length()
            ? fail("an IPv4 address has four parts, a.b.c.d, here are " + part)
            : failAtCharacter();
      }
      if (value > 255) {
        return fail("part " + (part + 1) + " is out of range 0 to 255");
      }
      if (at - begin > 1 && text.charAt(begin) == '0') {
        return fail("part " + (part + 1) + " begins with 0, which some read as octal");
      }
      bytes[offset + part] = (byte) value;
    }
    return at == text.length() || failAtCharacter();
  }

  private boolean readIpv6() {
    int written = 0;
    int gap = -1;
    if (text.startsWith("::")) {
      gap = 0;
      at = 2;
    } else if (text.startsWith(":")) {
      return fail("an IPv6 address does not begin with a single colon");
    }
    while (at < text.length()) {
      int begin = at;
      int value = 0;
      while (at < text.length() && Character.digit(text.charAt(at), 16) >= 0 && isAscii()) {
        value = value << 4 | Character.digit(text.charAt(at++), 16);
        if (at - begin > 4) {
          return fail("a group has at most four hexadecimal digits");
        }
      }
      if (at < text.length() && text.charAt(at) == '.') {
        if (written > IpAddress.IPV4_OFFSET) {
          return fail("there is no room for the dotted part");
        }
        at = begin;
        if (!readIpv4(written)) {
          return false;
        }
        written += IPV4_PARTS;
        break;
      }
      if (at == begin) {
        return failAtCharacter();
      }
      if (written == IpAddress.BYTES) {
        return fail("an IPv6 address has eight groups, here are more");
      }
      bytes[written++] = (byte) (value >>> 8);
      bytes[written++] = (byte) value;
      if (at == text.length()) {
        break;
      }
      if (text.charAt(at) != ':') {
        return failAtCharacter();
      }
      at++;
      if (at == text.length()) {
        return fail("an IPv6 address does not end with a single colon");
      }
      if (text.charAt(at) == ':') {
        if (gap >= 0) {
          return fail("'::' may stand only once");
        }
        gap = written;
        at++;
      }
    }
    return closeGap(written, gap);
  }

  /** Moves what stands behind {@code ::} to the end; {@code ::} stands for one group at least. */
  private boolean closeGap(int written, int gap) {
    if (gap < 0) {
      return written == IpAddress.BYTES
          || fail("an IPv6 address has eight groups, here are " + written / 2);
    }
    if (written == IpAddress.BYTES) {
      return fail("'::' stands beside eight groups");
    }
    int tail = written - gap;
    System.arraycopy(bytes, gap, bytes, IpAddress.BYTES - tail, tail);
    Arrays.fill(bytes, gap, IpAddress.BYTES - tail, (byte) 0);
    return true;
  }

  private boolean isAscii() {
    return text.charAt(at) < 0x80;
  }

  private static boolean isDecimal(char c) {
    return c >= '0' && c <= '9';
  }

  private boolean failAtCharacter() {
    return fail("unexpected '" + text.charAt(at) + "' at position " + (at + 1));
  }

  private boolean fail(String why) {
    reason = why;
    return false;
  }
}
