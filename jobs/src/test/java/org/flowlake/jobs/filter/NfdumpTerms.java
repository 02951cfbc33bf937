package org.flowlake.jobs.filter;

import static java.util.Map.entry;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.flowlake.jobs.filter.FilterTexts.PhraseAndForm;
import org.flowlake.udfs.ip.IpAddress;
import org.flowlake.udfs.ip.IpPrefix;

/**
 * The part of the language in which one version of nfdump should decide as we do: the phrases that
 * it takes, and values where no known difference (docs/compatibility.md) hides others.
 */
final class NfdumpTerms {
  /**
   * Addresses that no nfdump takes for others: 1.7.1, and the lists of 1.7.8, hold {@code
   * ::a.b.c.d} and a.b.c.d for the same, and so {@code ::1} for a part of 0.0.0.0/8.
   */
  static final List<String> ADDRESSES =
      List.of(
          "10.1.2.3",
          "10.1.2.4",
          "10.200.0.1",
          "192.168.1.29",
          "8.8.8.8",
          "255.255.255.255",
          "2001:db8::1",
          "2001:db8:0:ff::5c",
          "fe80::1",
          "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");

  /** Primitives that no nfdump is asked for, and why. */
  static final Map<FilterPrimitive, String> NEVER_ASKED =
      Map.ofEntries(
          entry(FilterPrimitive.IDENT, "the text of a file's header, not of a flow: FlowQueryTest"),
          entry(FilterPrimitive.GEO, "needs a data base: GeoAnswersTest"),
          entry(FilterPrimitive.JA4S, "refused by all"));

  /** What 1.7.8 does not know or decides otherwise. */
  static final Map<FilterPrimitive, String> NOT_OF_LEVEL =
      Map.ofEntries(
          entry(FilterPrimitive.FLOWS, "a record without a count is not one flow there"),
          entry(FilterPrimitive.EXPORT_VERSION, "1.7.1 only"),
          entry(FilterPrimitive.LABEL, "1.7.1 only"),
          entry(FilterPrimitive.ASA_EVENT_DENIED, "1.7.1 only"));

  /** What 1.7.1 decides otherwise even where every flow has every field. */
  private static final Map<FilterPrimitive, String> NOT_OF_OLDER =
      Map.ofEntries(
          entry(FilterPrimitive.AS, "refused without a data base of countries"),
          entry(FilterPrimitive.VLAN, "does not know extension 38"),
          entry(FilterPrimitive.MPLS_END, "takes the last entry where none has the bit"),
          entry(FilterPrimitive.MPLS_ANY, "knows the label without the bits beside it only"),
          entry(FilterPrimitive.ASA_EVENT, "one field with the NAT event"),
          entry(FilterPrimitive.ACL, "compares other bytes"),
          entry(FilterPrimitive.PAYLOAD_CONTENT, "up to the first zero byte of the input payload"),
          entry(FilterPrimitive.PAYLOAD_REGEX, "up to the first zero byte of the input payload"),
          entry(FilterPrimitive.JA3, "of TLS with extensions only"),
          entry(FilterPrimitive.JA3_DEFINED, "of TLS with extensions only"));

  private static final Set<Qualifier> TAKES_LISTS =
      EnumSet.of(
          Qualifier.NONE,
          Qualifier.EITHER_SIDE,
          Qualifier.BOTH_SIDES,
          Qualifier.SRC,
          Qualifier.DST,
          Qualifier.NAT,
          Qualifier.SRC_NAT,
          Qualifier.DST_NAT,
          Qualifier.TUN,
          Qualifier.SRC_TUN,
          Qualifier.DST_TUN,
          Qualifier.NEXT);

  private static final Pattern MPLS = Pattern.compile("mpls (label|exp)(\\d+)");

  private final NfdumpProgram nfdump;
  private final List<PhraseAndForm> phrases;

  private NfdumpTerms(NfdumpProgram nfdump, List<PhraseAndForm> phrases) {
    this.nfdump = nfdump;
    this.phrases = phrases;
  }

  /** The phrases that this program takes, told by asking it each. */
  static NfdumpTerms of(NfdumpProgram nfdump, Path file) throws IOException {
    Map<FilterPrimitive, String> leftOut = nfdump.isLevel() ? NOT_OF_LEVEL : NOT_OF_OLDER;
    List<PhraseAndForm> taken = new ArrayList<>();
    for (PhraseAndForm phrase : FilterTexts.phrases()) {
      FilterPrimitive primitive = phrase.form().primitive();
      if (!NEVER_ASKED.containsKey(primitive)
          && !leftOut.containsKey(primitive)
          && !looksAtInputInstead(phrase.form())
          && takes(nfdump, file, phrase)) {
        taken.add(phrase);
      }
    }
    return new NfdumpTerms(nfdump, taken);
  }

  /** 1.7.8 looks for TLS in the input payload, whatever is asked. */
  private static boolean looksAtInputInstead(TermForm form) {
    return form.qualifier() == Qualifier.OUT
        && switch (form.primitive()) {
          case TLS_DEFINED, TLS_VERSION, SSL_VERSION, TLS_SNI -> true;
          case JA3_DEFINED, JA3, JA4_DEFINED, JA4 -> true;
          default -> false;
        };
  }

  private static boolean takes(NfdumpProgram nfdump, Path file, PhraseAndForm phrase)
      throws IOException {
    Random random = new Random(1);
    var arguments = argument(nfdump, phrase.form()).generator(1000, false);
    for (int attempt = 0; attempt < 12; attempt++) {
      String text = (phrase.words() + " " + arguments.next(random).value()).strip();
      if (nfdump.flows(file, text).isPresent()) {
        return true;
      }
    }
    return false;
  }

  Set<FilterPrimitive> primitives() {
    EnumSet<FilterPrimitive> primitives = EnumSet.noneOf(FilterPrimitive.class);
    phrases.forEach(phrase -> primitives.add(phrase.form().primitive()));
    return primitives;
  }

  /** Single terms in our spelling. */
  Arbitrary<String> terms() {
    return FilterTexts.terms(phrases, form -> argument(nfdump, form));
  }

  /** The filter as this nfdump spells it: 1.7.8 counts MPLS entries from 0. */
  String spelled(String filter) {
    return nfdump.isLevel()
        ? MPLS.matcher(filter)
            .replaceAll(found -> "mpls " + found.group(1) + (Integer.parseInt(found.group(2)) - 1))
        : filter;
  }

  private static Arbitrary<String> argument(NfdumpProgram nfdump, TermForm form) {
    return switch (form.primitive()) {
      case IP ->
          TAKES_LISTS.contains(form.qualifier())
              ? Arbitraries.oneOf(addresses().map(IpAddress::toString), list(4), list(6))
              : addresses().map(IpAddress::toString);
      case NET -> networks().map(IpPrefix::toString);
      case MPLS_ANY -> Arbitraries.longs().between(0, 40).map(String::valueOf);
      case ASA_EVENT, NAT_EVENT_CODE ->
          FilterTexts.compared(Arbitraries.integers().between(0, 5).map(String::valueOf));
      case PAYLOAD_REGEX -> Arbitraries.of("'get' i", "'(GET|POST) .'", "'HTTP.1'", "'^.P'");
      case FLAGS -> // 1.7.1's `not flags SA` is "neither S nor A"
          FilterTexts.argument(form)
              .filter(text -> !text.contains("'"))
              .filter(text -> nfdump.isLevel() || !text.matches("=?[A-Z]{2,}|=?X"));
      default -> FilterTexts.argument(form);
    };
  }

  private static Arbitrary<IpAddress> addresses() {
    return Arbitraries.of(ADDRESSES).map(IpAddress::parse);
  }

  /** Without the bits of the host, which 1.7.8 compares too. */
  private static Arbitrary<IpPrefix> networks() {
    return Combinators.combine(addresses(), Arbitraries.integers().between(8, 127))
        .as(
            (address, length) ->
                new IpPrefix(address, address.ipVersion() == 4 ? 1 + length % 31 : length));
  }

  /** Of one family and disjoint: 1.7.8 loses entries of other lists. */
  private static Arbitrary<String> list(int ipVersion) {
    return Arbitraries.oneOf(addresses().map(IpPrefix::of), networks())
        .filter(item -> item.ipVersion() == ipVersion && item.length() >= 8)
        .list()
        .ofMinSize(1)
        .ofMaxSize(30)
        .map(
            items -> {
              List<IpPrefix> disjoint = new ArrayList<>();
              for (IpPrefix item : items) {
                if (disjoint.stream().noneMatch(other -> overlap(item, other))) {
                  disjoint.add(item);
                }
              }
              return disjoint.stream().map(NfdumpTerms::item).collect(joining(" ", "in [", "]"));
            });
  }

  private static boolean overlap(IpPrefix one, IpPrefix other) {
    return one.contains(other.address()) || other.contains(one.address());
  }

  private static String item(IpPrefix item) {
    return item.range().isSingle() ? item.address().toString() : item.toString();
  }
}
