package org.flowlake.jobs.filter;

import java.util.List;

/** What follows the words of a term, still unchecked: the binder knows what is in range. */
sealed interface Argument {

  record None() implements Argument {}

  /** A number, in a range of 63 bits. */
  record Number(Comparison comparison, long value, SourceSpan span) implements Argument {}

  /** A name, an address, a MAC address or a text; quotes removed. */
  record Word(String text, SourceSpan span) implements Argument {}

  /**
   * TCP flag letters.
   *
   * @param exact {@code =SA}: these and no others
   */
  record FlagLetters(boolean exact, String letters, SourceSpan span) implements Argument {}

  /** {@code address/length}, or an address and a dotted mask as text. */
  record Network(String address, String suffix, boolean dotted, SourceSpan span)
      implements Argument {}

  record Time(Comparison comparison, String text, SourceSpan span) implements Argument {}

  /** A regular expression and its option letters, perhaps none. */
  record Pattern(String expression, String options, SourceSpan span) implements Argument {}

  record NumberList(List<Number> numbers) implements Argument {
    public NumberList {
      numbers = List.copyOf(numbers);
    }
  }

  /** Addresses, host names ({@link Word}) and networks ({@link Network}). */
  record AddressList(List<Argument> addresses) implements Argument {
    public AddressList {
      addresses = List.copyOf(addresses);
    }
  }
}
