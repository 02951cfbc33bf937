package org.flowlake.udfs.flow;

import java.util.List;

/** How the direction of a biflow was chosen (IPFIX element 239, RFC 5103), under nfdump's words. */
public final class BiflowDirection {
  /** The position is the code; 0 stands for arbitrary. */
  private static final List<String> WORDS =
      List.of("", "initiator", "reverseInitiator", "perimeter");

  private BiflowDirection() {}

  /** The word of a direction; {@code undef} where there is none. */
  public static String text(int code) {
    return code >= 0 && code < WORDS.size() ? WORDS.get(code) : "undef";
  }
}
