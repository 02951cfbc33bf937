package org.flowlake.udfs.flow;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** Cisco ASA's extended event codes of NSEL records that nfdump has words for. */
public enum FirewallExtendedEvent {
  IGNORE(0, "IGNORE"),
  INGRESS_ACL(1001, "I-ACL", "ingress"),
  EGRESS_ACL(1002, "E-ACL", "egress"),
  INTERFACE_ACCESS_DENIED(1003, "DENY", "access", "interface"),
  NO_SYN(1004, "NOSYN");

  private final int code;
  private final List<String> words;

  FirewallExtendedEvent(int code, String... words) {
    this.code = code;
    this.words = List.of(words);
  }

  /** The number in the flow. */
  public int code() {
    return code;
  }

  /** nfdump's text of this number: {@code I-ACL}, or the number itself where it has no word. */
  public static String text(int code) {
    return Arrays.stream(values())
        .filter(event -> event.code == code)
        .map(event -> event.words.get(0))
        .findFirst()
        .orElseGet(() -> Integer.toString(code));
  }

  /** The number that this word, in either case and whole, stands for; empty if none. */
  public static OptionalInt code(String word) {
    return Arrays.stream(values())
        .filter(event -> event.words.stream().anyMatch(word::equalsIgnoreCase))
        .mapToInt(FirewallExtendedEvent::code)
        .findFirst();
  }
}
