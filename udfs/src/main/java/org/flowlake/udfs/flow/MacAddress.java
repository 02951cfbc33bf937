package org.flowlake.udfs.flow;

/**
 * MAC addresses as the flow table holds them: the first byte on the wire is the highest of 48 bits.
 */
public final class MacAddress {
  private static final int BYTES = 6;
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private MacAddress() {}

  /**
   * Six two-digit hexadecimal bytes, as {@code 00:11:22:aa:bb:cc}; bits above the 48 are ignored.
   */
  public static String text(long mac) {
    StringBuilder out = new StringBuilder(3 * BYTES - 1);
    appendTo(out, mac);
    return out.toString();
  }

  /** Appends what {@link #text} returns. */
  public static void appendTo(StringBuilder out, long mac) {
    for (int shift = 8 * (BYTES - 1); shift >= 0; shift -= 8) {
      int octet = (int) (mac >>> shift) & 0xff;
      out.append(HEX[octet >>> 4]).append(HEX[octet & 0xf]);
      if (shift > 0) {
        out.append(':');
      }
    }
  }

  /**
   * Reads six hexadecimal bytes of one or two digits, separated by colons, in either case.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  public static long parse(String text) {
    String[] octets = text.split(":", -1);
    long mac = 0;
    boolean valid = octets.length == BYTES;
    for (int i = 0; valid && i < BYTES; i++) {
      int octet = octet(octets[i]);
      valid = octet >= 0;
      mac = mac << 8 | octet;
    }
    if (!valid) {
      throw new IllegalArgumentException(
          "Not a MAC address: '"
              + text
              + "'; expected six hexadecimal bytes, as 00:11:22:aa:bb:cc");
    }
    return mac;
  }

  /** The value of one or two hexadecimal digits, or -1. */
  private static int octet(String digits) {
    if (digits.isEmpty() || digits.length() > 2) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
