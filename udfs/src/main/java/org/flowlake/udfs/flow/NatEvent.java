package org.flowlake.udfs.flow;

import java.util.Arrays;
import java.util.OptionalInt;

/** NAT events (RFC 8158, 4.3; IPFIX element 230) under nfdump's short and long words. */
public enum NatEvent {
  INVALID("INVALID", "INVALID"),
  CREATE("ADD", "NAT translation create"),
  DELETE("DELETE", "NAT translation delete"),
  ADDRESSES_EXHAUSTED("EXHAUST", "NAT Addresses exhausted"),
  NAT44_CREATE("ADD44", "NAT44 session create"),
  NAT44_DELETE("DEL44", "NAT44 session delete"),
  NAT64_CREATE("ADD64", "NAT64 session create"),
  NAT64_DELETE("DEL64", "NAT64 session delete"),
  NAT44_BIB_CREATE("ADD44BIB", "NAT44 BIB create"),
  NAT44_BIB_DELETE("DEL44BIB", "NAT44 BIB delete"),
  NAT64_BIB_CREATE("ADD64BIB", "NAT64 BIB create"),
  NAT64_BIB_DELETE("DEL64BIB", "NAT64 BIB delete"),
  PORTS_EXHAUSTED("PEXHAUST", "NAT ports exhausted"),
  QUOTA_EXCEEDED("QUOTAEXH", "Quota Exceeded"),
  ADDRESS_CREATE("ADDADDR", "Address binding create"),
  ADDRESS_DELETE("DELADDR", "Address binding delete"),
  PORT_BLOCK_CREATE("ADDPBLK", "Port block allocation"),
  PORT_BLOCK_DELETE("DELPBLK", "Port block de-allocation"),
  THRESHOLD_REACHED("THRESHLD", "Threshold Reached");

  private final String word;
  private final String longText;

  NatEvent(String word, String longText) {
    this.word = word;
    this.longText = longText;
  }

  /** The number in the flow. */
  public int code() {
    return ordinal();
  }

  /** nfdump's word, which {@code nat event} takes and the format token {@code %evt} prints. */
  public String word() {
    return word;
  }

  /** The short text of this number: {@code ADD44}, or {@code 19-Unknown} where there is no word. */
  public static String text(int code) {
    return isKnown(code) ? values()[code].word : code + "-Unknown";
  }

  /** The long text of this number, which the raw and JSON outputs print. */
  public static String longText(int code) {
    return isKnown(code) ? values()[code].longText : code + "-Unknown";
  }

  /** The number that this word, in either case and whole, stands for; empty if none. */
  public static OptionalInt code(String word) {
    return Arrays.stream(values())
        .filter(event -> event.word.equalsIgnoreCase(word))
        .mapToInt(NatEvent::code)
        .findFirst();
  }

  private static boolean isKnown(int code) {
    return code >= 0 && code < values().length;
  }
}
