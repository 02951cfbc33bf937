package org.flowlake.jobs.filter;

import java.math.BigInteger;
import java.util.OptionalLong;

/** The number forms of the filter language: {@code 1500}, {@code 0x1F}, {@code 10k}. */
final class NumberText {
  private static final String SUFFIXES = "kmgt";

  private NumberText() {}

  /** Whether a word is a number as a whole. */
  static boolean isNumber(String word) {
    int length = word.length();
    if (length > 2 && word.charAt(0) == '0' && (word.charAt(1) | 0x20) == 'x') {
      return word.chars().skip(2).allMatch(c -> Character.digit(c, 16) >= 0);
    }
    int digits = length;
    if (length > 1 && SUFFIXES.indexOf(word.charAt(length - 1) | 0x20) >= 0) {
      digits--;
    }
    return digits > 0 && word.chars().limit(digits).allMatch(c -> c >= '0' && c <= '9');
  }

  /**
   * The value of a number word; the suffixes k m g t count in thousands. Empty if it needs more
   * than 63 bits.
   */
  static OptionalLong value(String word) {
    BigInteger value;
    if (word.length() > 2 && (word.charAt(1) | 0x20) == 'x') {
      value = new BigInteger(word.substring(2), 16);
    } else {
      int power = 1 + SUFFIXES.indexOf(word.charAt(word.length() - 1) | 0x20);
      String digits = power == 0 ? word : word.substring(0, word.length() - 1);
      value = new BigInteger(digits).multiply(BigInteger.valueOf(1000).pow(power));
    }
    return value.bitLength() < 64 ? OptionalLong.of(value.longValue()) : OptionalLong.empty();
  }
}
