package org.flowlake.udfs.flow;

import java.util.List;

/** Why a flow ended (IPFIX element 136, RFC 5102), under nfdump's words. */
public final class FlowEndReason {
  /** The position is the code; 0 stands for none. */
  private static final List<String> WORDS =
      List.of(
          "",
          "idle timeout",
          "active timeout",
          "end of Flow detected",
          "forced end",
          "lack of resources");

  private FlowEndReason() {}

  /** The words of a reason; {@code undef} where there are none. */
  public static String text(int code) {
    return code >= 0 && code < WORDS.size() ? WORDS.get(code) : "undef";
  }
}
