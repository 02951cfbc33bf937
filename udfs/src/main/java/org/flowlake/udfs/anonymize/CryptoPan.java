package org.flowlake.udfs.anonymize;

import java.nio.ByteBuffer;
import org.flowlake.udfs.ip.IpAddress;

/**
 * Anonymises addresses. Recent ones and beginnings are kept, as flows name the same hosts again and
 * again: an address costs 32 (IPv4) or 128 (IPv6) AES blocks when it is new. Not safe for use by
 * two threads.
 */
public final class CryptoPan {
  private static final int IPV4_AT = 12;
  private static final int HALF = 16;
  private static final int IPV4_CACHE_BITS = 16;
  private static final int IPV6_CACHE_BITS = 14;

  /** Spreads numbers over the places of a cache (Knuth: multiplicative hashing). */
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private final BitPads pads;
  private final Ipv6Scheme scheme;
  private final byte[] bytes = new byte[16];

  /** Pads of the first 16 bits of IPv4 by these bits, plus one; 0 where not computed. */
  private final int[] ipv4Starts = new int[1 << HALF];

  private final long[] ipv4Known = new long[1 << IPV4_CACHE_BITS];
  private final boolean[] ipv4Filled = new boolean[1 << IPV4_CACHE_BITS];

  private final Halves highHalves = new Halves();
  private final Halves lowHalves = new Halves();

  public CryptoPan(Anonymization anonymization) {
    this.pads = new BitPads(anonymization.key());
    this.scheme = anonymization.ipv6();
  }

  /** The anonymised IPv4 address; both are the four bytes as one number, first byte highest. */
  public int ipv4(int address) {
    int place = place(address, IPV4_CACHE_BITS);
    long known = ipv4Known[place];
    if (ipv4Filled[place] && (int) (known >>> Integer.SIZE) == address) {
      return (int) known;
    }
    int anonymous = address ^ ipv4Pad(address);
    ipv4Known[place] = (long) address << Integer.SIZE | anonymous & 0xFFFF_FFFFL;
    ipv4Filled[place] = true;
    return anonymous;
  }

  /**
   * The anonymised address; a new array.
   *
   * @param address 16 bytes in network order, IPv4 as {@code ::ffff:a.b.c.d}
   * @param ipVersion 4 or 6
   */
  public byte[] address(byte[] address, int ipVersion) {
    ByteBuffer in = ByteBuffer.wrap(address);
    ByteBuffer out = ByteBuffer.allocate(IpAddress.BYTES);
    if (ipVersion == 4) {
      out.put(address, 0, IPV4_AT).putInt(ipv4(in.getInt(IPV4_AT)));
    } else {
      long high = in.getLong();
      long low = in.getLong();
      out.putLong(ipv6High(high)).putLong(ipv6Low(high, low));
    }
    return out.array();
  }

  private int ipv4Pad(int address) {
    for (int i = 0; i < Integer.BYTES; i++) {
      bytes[i] = (byte) (address >>> (24 - 8 * i));
    }
    int start = address >>> HALF;
    if (ipv4Starts[start] == 0) {
      ipv4Starts[start] = (int) pads.bits(bytes, 0, HALF, false) + 1;
    }
    return (ipv4Starts[start] - 1) << HALF | (int) pads.bits(bytes, HALF, Integer.SIZE, false);
  }

  /** The upper 64 bits of the anonymised IPv6 address, which depend on the upper 64 bits only. */
  public long ipv6High(long high) {
    int place = place(high, IPV6_CACHE_BITS);
    if (!highHalves.holds(place, high, 0)) {
      highHalves.put(place, high, 0, high ^ ipv6Pad(high, 0, 0));
    }
    return highHalves.anonymous[place];
  }

  /** The lower 64 bits of the anonymised IPv6 address. */
  public long ipv6Low(long high, long low) {
    int place = place(high * 31 + low, IPV6_CACHE_BITS);
    if (!lowHalves.holds(place, high, low)) {
      lowHalves.put(place, high, low, low ^ ipv6Pad(high, low, Long.SIZE));
    }
    return lowHalves.anonymous[place];
  }

  private long ipv6Pad(long high, long low, int from) {
    boolean nfanon = scheme != Ipv6Scheme.PREFIX_PRESERVING;
    // nfanon goes over the bytes as they lie in the memory of a little-endian machine.
    long first = nfanon ? high : Long.reverseBytes(high);
    long second = nfanon ? low : Long.reverseBytes(low);
    for (int i = 0; i < Long.BYTES; i++) {
      bytes[i] = (byte) (first >>> 8 * i);
      bytes[Long.BYTES + i] = (byte) (second >>> 8 * i);
    }
    long bits = pads.bits(bytes, from, from + Long.SIZE, nfanon);
    return switch (scheme) {
      case NFANON_1_7_1 -> Long.reverse(bits);
      case NFANON_1_7_8 -> Long.reverseBytes(bits);
      case PREFIX_PRESERVING -> bits;
    };
  }

  private static int place(long value, int bits) {
    return (int) (value * SPREAD >>> (Long.SIZE - bits));
  }

  /** A place per hash; the newest value stays. */
  private static final class Halves {
    private final long[] highs = new long[1 << IPV6_CACHE_BITS];
    private final long[] lows = new long[1 << IPV6_CACHE_BITS];
    private final long[] anonymous = new long[1 << IPV6_CACHE_BITS];
    private final boolean[] filled = new boolean[1 << IPV6_CACHE_BITS];

    boolean holds(int place, long high, long low) {
      return filled[place] && highs[place] == high && lows[place] == low;
    }

    void put(int place, long high, long low, long value) {
      filled[place] = true;
      highs[place] = high;
      lows[place] = low;
      anonymous[place] = value;
    }
  }
}
