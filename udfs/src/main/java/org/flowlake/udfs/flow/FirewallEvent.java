package org.flowlake.udfs.flow;

import java.util.Arrays;
import java.util.OptionalInt;

/** Firewall events of NSEL records (IPFIX element 233) under nfdump's words. */
public enum FirewallEvent {
  IGNORE,
  CREATE,
  DELETE,
  DENIED,
  ALERT,
  UPDATE;

  /** The number in the flow. */
  public int code() {
    return ordinal();
  }

  /** nfdump's text of this number: {@code CREATE}, or {@code 9-Unknw} where it has no word. */
  public static String text(int code) {
    return code >= 0 && code < values().length ? values()[code].name() : code + "-Unknw";
  }

  /** The number that this word, in either case and whole, stands for; empty if none. */
  public static OptionalInt code(String word) {
    return Arrays.stream(values())
        .filter(event -> event.name().equalsIgnoreCase(word))
        .mapToInt(FirewallEvent::code)
        .findFirst();
  }
}
