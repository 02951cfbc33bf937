package org.flowlake.udfs.flow;

import java.util.List;
import java.util.OptionalInt;

/** Actions and reasons that OpenBSD's packet filter logs (pflog), under nfdump's words. */
public final class PacketFilterLog {
  private static final String UNDEFINED = "<undef>";

  /** The position is the code. */
  private static final List<String> ACTIONS =
      List.of(
          "pass",
          "block",
          "scrub",
          "noscrub",
          "nat",
          "nonat",
          "binat",
          "nobinat",
          "rdr",
          "nordr",
          "synblock",
          "defer",
          "match",
          "divert",
          "rt",
          "afrt");

  /** The position is the code; the stray bracket is nfdump's. */
  private static final List<String> REASONS =
      List.of(
          "match",
          "bad-offset",
          "fragment",
          "short",
          "normalize",
          "memory)",
          "bad-timestamp",
          "congestion",
          "ip-option",
          "proto-cksum",
          "state-mismatch",
          "state-insert",
          "state-limit",
          "src-limit",
          "synproxy",
          "translate",
          "no-route");

  private PacketFilterLog() {}

  /** The word of an action, {@code <undef>} where nfdump has none. */
  public static String actionText(int code) {
    return word(ACTIONS, code);
  }

  /** The word of a reason, {@code <undef>} where nfdump has none. */
  public static String reasonText(int code) {
    return word(REASONS, code);
  }

  /** The action that this word, in either case and whole, stands for; empty if none. */
  public static OptionalInt actionCode(String word) {
    return code(ACTIONS, word);
  }

  /** The reason that this word, in either case and whole, stands for; empty if none. */
  public static OptionalInt reasonCode(String word) {
    return code(REASONS, word);
  }

  private static String word(List<String> words, int code) {
    return code >= 0 && code < words.size() ? words.get(code) : UNDEFINED;
  }

  private static OptionalInt code(List<String> words, String word) {
    for (int code = 0; code < words.size(); code++) {
      if (words.get(code).equalsIgnoreCase(word)) {
        return OptionalInt.of(code);
      }
    }
    return OptionalInt.empty();
  }
}
