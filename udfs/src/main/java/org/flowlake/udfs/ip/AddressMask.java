package org.flowlake.udfs.ip;

import java.util.Arrays;

/** Addresses under a prefix length. */
public final class AddressMask {
  private static final int MAPPED_BITS = 96;

  private AddressMask() {}

  /**
   * The address with all bits behind the prefix zero; a new array.
   *
   * @param address 16 bytes, IPv4 as {@code ::ffff:a.b.c.d}
   * @param ipVersion 4 or 6
   * @param prefixLength bits that stay, of 32 or of 128
   */
  public static byte[] apply(byte[] address, int ipVersion, int prefixLength) {
    int kept = ipVersion == 4 ? MAPPED_BITS + prefixLength : prefixLength;
    byte[] masked = Arrays.copyOf(address, address.length);
    for (int i = 0; i < masked.length; i++) {
      int bits = Math.max(0, Math.min(8, kept - 8 * i));
      masked[i] &= (byte) (0xFF << (8 - bits));
    }
    return masked;
  }
}
