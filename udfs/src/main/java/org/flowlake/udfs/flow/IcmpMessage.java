package org.flowlake.udfs.flow;

/**
 * ICMP type and code, which exporters put into the destination port as {@code type * 256 + code}.
 *
 * @param type 0 to 255
 * @param code 0 to 255
 */
public record IcmpMessage(int type, int code) {

  public IcmpMessage {
    if ((type & ~0xff) != 0 || (code & ~0xff) != 0) {
      throw new IllegalArgumentException(
          "ICMP type " + type + ", code " + code + "; expected 0 to 255 each");
    }
  }

  /** What a destination port of 0 to 65535 says. */
  public static IcmpMessage ofPort(int dstPort) {
    return new IcmpMessage(dstPort >>> 8, dstPort & 0xff);
  }

  /** The destination port that says this. */
  public int port() {
    return type << 8 | code;
  }

  /** Appends {@code type.code}, nfdump's text for the destination port of an ICMP flow. */
  public static void appendTo(StringBuilder out, int dstPort) {
    out.append(dstPort >>> 8).append('.').append(dstPort & 0xff);
  }

  /** {@code type.code}, as {@code 8.0}. */
  @Override
  public String toString() {
    return type + "." + code;
  }
}
