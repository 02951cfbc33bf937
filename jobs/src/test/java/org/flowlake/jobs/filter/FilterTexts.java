package org.flowlake.jobs.filter;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Filter texts over all primitives that can be asked, made from the table of primitives. */
final class FilterTexts {
  static final List<String> COMPARISONS =
      List.of("", "=", "==", ">", "<", ">=", "<=", "eq", "gt", "lt", "ge", "le");

  private FilterTexts() {}

  /** Whole filters: a few dozen terms at most, four levels deep. */
  static Arbitrary<String> filters() {
    return filters(terms(), 4);
  }

  /** Whole filters of these terms, so many levels deep. */
  static Arbitrary<String> filters(Arbitrary<String> terms, int levels) {
    Arbitrary<String> level = terms;
    for (int depth = 0; depth < levels; depth++) {
      level =
          Arbitraries.oneOf(
              terms,
              level.map(inner -> "not " + inner),
              level.map(inner -> "(" + inner + ")"),
              joined(level, "and"),
              joined(level, "or"));
    }
    return level;
  }

  private static Arbitrary<String> joined(Arbitrary<String> operands, String word) {
    return operands
        .list()
        .ofMinSize(2)
        .ofMaxSize(3)
        .map(list -> list.stream().collect(Collectors.joining(" " + word + " ")));
  }

  /** Single terms. */
  static Arbitrary<String> terms() {
    return terms(
        phrases().stream().filter(phrase -> isAnswered(phrase.form().primitive())).toList(),
        FilterTexts::argument);
  }

  /** Single terms of these phrases, with what follows them. */
  static Arbitrary<String> terms(
      List<PhraseAndForm> phrases, Function<TermForm, Arbitrary<String>> arguments) {
    // The common primitives more often than one in two hundred phrases.
    List<PhraseAndForm> common =
        phrases.stream()
            .filter(
                phrase ->
                    switch (phrase.form().primitive()) {
                      case IP, NET, PORT, PROTO, FLAGS, AS, FLOWS, BPS -> true;
                      default -> false;
                    })
            .toList();
    return Arbitraries.oneOf(Arbitraries.of(phrases), Arbitraries.of(common))
        .flatMap(
            phrase ->
                arguments
                    .apply(phrase.form())
                    .map(argument -> (phrase.words() + " " + argument).strip()));
  }

  /** Words that ask for a primitive, with what they stand for. */
  record PhraseAndForm(String words, TermForm form) {}

  /** Every way to ask for a primitive that needs no database. */
  static List<PhraseAndForm> phrases() {
    return Stream.of(FilterPrimitive.values())
        .filter(FilterTexts::isSupported)
        .flatMap(primitive -> primitive.phrases().stream())
        .map(entry -> new PhraseAndForm(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** Whether flows alone can answer, without the files that they are from. */
  private static boolean isAnswered(FilterPrimitive primitive) {
    return primitive != FilterPrimitive.COUNT && primitive != FilterPrimitive.IDENT;
  }

  private static boolean isSupported(FilterPrimitive primitive) {
    return switch (primitive) {
      case GEO, JA4S -> false;
      default -> true;
    };
  }

  static Arbitrary<String> argument(TermForm form) {
    FilterPrimitive primitive = form.primitive();
    Arbitrary<String> number = numbers(primitive).map(String::valueOf);
    Arbitrary<String> compared = compared(number);
    Arbitrary<String> single =
        switch (primitive.argument()) {
          case NOTHING -> Arbitraries.just("");
          case NUMBER -> number;
          case COMPARED_NUMBER -> compared;
          case CODE -> Arbitraries.oneOf(number, names(primitive));
          case COMPARED_CODE -> Arbitraries.oneOf(compared, names(primitive));
          case NAME -> names(primitive);
          case FLAGS ->
              Arbitraries.oneOf(
                  compared, Arbitraries.of("S", "SA", "=S", "=SA", "X", "FRPU", "EC", "'AS'"));
          case ADDRESS -> addresses();
          case NETWORK ->
              Arbitraries.oneOf(
                  networks(), Arbitraries.of("10.1.2.3 255.255.0.0", "10/8", "10.1/16"));
          case MAC -> Arbitraries.of("00:11:22:33:44:55", "0:11:22:33:44:56");
          case TIME ->
              Combinators.combine(
                      Arbitraries.of(COMPARISONS),
                      Arbitraries.of("2024-03-11T08:30:00.123", "2024", "'2024/03/11.08:30:05'"))
                  .as((sign, time) -> sign + " " + time);
          case TEXT -> Arbitraries.of(texts(primitive));
          case PATTERN -> Arbitraries.of("'get|POST'", "'get|POST' i", "'^.P'");
        };
    if (!primitive.takesLists()) {
      return single;
    }
    Arbitrary<String> item =
        primitive.argument() == ArgumentKind.ADDRESS
            ? Arbitraries.oneOf(addresses(), networks())
            : number;
    Arbitrary<String> list =
        Combinators.combine(item.list().ofMinSize(1).ofMaxSize(30), Arbitraries.of(" ", ",", " , "))
            .as((items, separator) -> "in [" + String.join(separator, items) + "]");
    return Arbitraries.oneOf(single, list);
  }

  private static List<String> texts(FilterPrimitive primitive) {
    return switch (primitive) {
      case TLS_VERSION -> List.of("1.0", "1.1", "1.2", "1.3");
      case SSL_VERSION -> List.of("3.0");
      case JA3 -> List.of(FilterTestFlows.JA3, "0123456789abcdef0123456789abcdef");
      case JA4 -> List.of("t13d1516h2_8daaf6152771_e5627efa2ab1");
      case DNS_ADDRESS -> List.of("192.0.2.1", "192.0.2");
      default -> List.of("alice", "'GET '", "\"HTTP/1.1\"", "em0");
    };
  }

  static Arbitrary<String> compared(Arbitrary<String> number) {
    return Combinators.combine(Arbitraries.of(COMPARISONS), number)
        .as((sign, value) -> sign + " " + value);
  }

  private static Arbitrary<String> addresses() {
    return Arbitraries.of(FilterTestFlows.ADDRESSES);
  }

  private static Arbitrary<String> networks() {
    return Combinators.combine(addresses(), Arbitraries.integers().between(0, 128))
        .as((address, length) -> address + "/" + (address.contains(":") ? length : length % 33));
  }

  private static Arbitrary<String> names(FilterPrimitive primitive) {
    return Arbitraries.of(primitive.names().names()).map(name -> "'" + name + "'");
  }

  static Arbitrary<Long> numbers(FilterPrimitive primitive) {
    return Arbitraries.oneOf(
            Arbitraries.longs().between(0, 4),
            Arbitraries.of(6L, 17L, 58L, 80L, 443L, 1024L, 769L, 65535L),
            Arbitraries.longs().between(0, 5000))
        .map(number -> Math.min(number, primitive.largest()));
  }
}
