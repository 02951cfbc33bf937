package org.flowlake.udfs.ip;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A network: an address and how many of its leading bits count.
 *
 * @param address the network's first address; host bits that were given are cleared
 * @param length 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record IpPrefix(IpAddress address, int length) implements Serializable {

  public IpPrefix {
    int bits = bits(address.ipVersion());
    if (length < 0 || length > bits) {
      throw new IllegalArgumentException(
          "Prefix length "
              + length
              + " is out of range 0 to "
              + bits
              + " for the IPv"
              + address.ipVersion()
              + " address "
              + address);
    }
    byte[] first = address.toBytes();
    fill(first, length + IpAddress.BYTES * 8 - bits, 0);
    address = IpAddress.of(first, address.ipVersion());
  }

  /**
   * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32}, {@code 10.0.0.0/255.0.0.0}, or an address
   * alone, which is a network of one. Host bits are cleared: {@code 10.1.2.3/8} is {@code
   * 10.0.0.0/8}.
   *
   * @throws IllegalArgumentException if the text is none of these; the message says why
   */
  public static IpPrefix parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return of(IpAddress.parse(text));
    }
    IpAddress address = IpAddress.parse(text.substring(0, slash));
    String suffix = text.substring(slash + 1);
    if (suffix.indexOf('.') >= 0) {
      return ofMask(address, IpAddress.parse(suffix));
    }
    if (suffix.isEmpty() || suffix.length() > 3 || !suffix.chars().allMatch(IpPrefix::isDecimal)) {
      throw new IllegalArgumentException(
          "Not a prefix length: '" + suffix + "' in '" + text + "'; expected a number of bits");
    }
    return new IpPrefix(address, Integer.parseInt(suffix));
  }

  /** The network that holds this address alone. */
  public static IpPrefix of(IpAddress address) {
    return new IpPrefix(address, bits(address.ipVersion()));
  }

  /**
   * The network of an IPv4 address and a mask such as {@code 255.255.0.0}.
   *
   * @throws IllegalArgumentException if one of them is not IPv4 or the mask's ones are not in front
   */
  public static IpPrefix ofMask(IpAddress address, IpAddress mask) {
    if (address.ipVersion() != 4 || mask.ipVersion() != 4) {
      throw new IllegalArgumentException(
          "Mask " + mask + " for " + address + "; a dotted mask goes with an IPv4 address");
    }
    int bits = 0;
    for (int i = IpAddress.IPV4_OFFSET; i < IpAddress.BYTES; i++) {
      bits = bits << 8 | (mask.bytes()[i] & 0xff);
    }
    int length = Integer.numberOfLeadingZeros(~bits);
    if (length < 32 && bits << length != 0) {
      throw new IllegalArgumentException(
          "Mask " + mask + " is not a prefix; expected ones followed by zeros, as 255.255.0.0");
    }
    return new IpPrefix(address, length);
  }

  /** 4 or 6. */
  public int ipVersion() {
    return address.ipVersion();
  }

  /** The 16 bytes of the first address, a new array. */
  public byte[] first() {
    return address.toBytes();
  }

  /** The 16 bytes of the last address, a new array. */
  public byte[] last() {
    byte[] last = address.toBytes();
    fill(last, length + IpAddress.BYTES * 8 - bits(ipVersion()), 0xff);
    return last;
  }

  /** The network as a range of addresses. */
  public IpRange range() {
    return new IpRange(address, IpAddress.of(last(), ipVersion()));
  }

  /**
   * Whether the address belongs to this network; never across families, so {@code ::/0} does not
   * contain the IPv4 address {@code ::ffff:a.b.c.d}.
   *
   * @param ipVersion the version of that address, 4 or 6
   */
  public boolean contains(byte[] other, int ipVersion) {
    if (ipVersion != ipVersion()) {
      return false;
    }
    byte[] first = address.bytes();
    int bits = length + IpAddress.BYTES * 8 - bits(ipVersion);
    int whole = bits / 8;
    if (Arrays.mismatch(first, 0, whole, other, 0, whole) >= 0) {
      return false;
    }
    int rest = bits % 8;
    return rest == 0 || ((first[whole] ^ other[whole]) & 0xff) >>> (8 - rest) == 0;
  }

  /** As {@link #contains(byte[], int)}. */
  public boolean contains(IpAddress other) {
    return contains(other.bytes(), other.ipVersion());
  }

  /** {@code address/length}. */
  @Override
  public String toString() {
    return address + "/" + length;
  }

  private static int bits(int ipVersion) {
    return ipVersion == 4 ? 32 : 128;
  }

  /** Sets every bit from this one on to those of the pattern, 0 or 0xff. */
  private static void fill(byte[] bytes, int fromBit, int pattern) {
    int index = fromBit / 8;
    if (index < bytes.length) {
      int hostMask = 0xff >>> fromBit % 8;
      bytes[index] = (byte) (bytes[index] & ~hostMask | pattern & hostMask);
      Arrays.fill(bytes, index + 1, bytes.length, (byte) pattern);
    }
  }

  private static boolean isDecimal(int c) {
    return c >= '0' && c <= '9';
  }
}
