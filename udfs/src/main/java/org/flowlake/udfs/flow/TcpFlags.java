package org.flowlake.udfs.flow;

import java.util.OptionalInt;

/**
 * The TCP flag byte (RFC 9293, 3.1; E and C: RFC 3168) and nfdump's two texts of it: eight places
 * {@code CEUAPRSF} with a dot for each flag that is not set, and the letters that a filter names.
 */
public final class TcpFlags {
  public static final int FIN = 0x01;
  public static final int SYN = 0x02;
  public static final int RST = 0x04;
  public static final int PSH = 0x08;
  public static final int ACK = 0x10;
  public static final int URG = 0x20;
  public static final int ECE = 0x40;
  public static final int CWR = 0x80;

  /** What the filter letter X means: the six flags of the original standard. */
  public static final int ALL_SIX = 0x3f;

  private static final String LETTERS = "CEUAPRSF";

  private TcpFlags() {}

  /** Eight characters, as {@code ...AP.SF}; bits above the low eight are ignored. */
  public static String text(int flags) {
    StringBuilder out = new StringBuilder(LETTERS.length());
    appendTo(out, flags);
    return out.toString();
  }

  /** Appends what {@link #text} returns. */
  public static void appendTo(StringBuilder out, int flags) {
    for (int i = 0; i < LETTERS.length(); i++) {
      out.append((flags & CWR >>> i) != 0 ? LETTERS.charAt(i) : '.');
    }
  }

  /**
   * The flags that upper-case letters name, each at most once, in any order; with an X among them,
   * the first six.
   *
   * @return empty if there is no letter, another character, or one twice; nfdump calls these
   *     "Unknown flags"
   */
  public static OptionalInt parse(String letters) {
    int flags = 0;
    for (int i = 0; i < letters.length(); i++) {
      int flag = flag(letters.charAt(i));
      if (flag == 0 || letters.indexOf(letters.charAt(i)) != i) {
        return OptionalInt.empty();
      }
      flags |= flag;
    }
    if (letters.isEmpty()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(letters.indexOf('X') >= 0 ? ALL_SIX : flags);
  }

  private static int flag(char letter) {
    if (letter == 'X') {
      return ALL_SIX;
    }
    int place = LETTERS.indexOf(letter);
    return place < 0 ? 0 : CWR >>> place;
  }
}
