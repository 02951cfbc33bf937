package org.flowlake.jobs.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.derive.CountryText;
import org.flowlake.jobs.filter.BoundFilter.Compare;
import org.flowlake.jobs.filter.BoundFilter.CompareFields;
import org.flowlake.jobs.filter.BoundFilter.OneOf;
import org.flowlake.jobs.filter.BoundFilter.Present;
import org.flowlake.jobs.filter.FilterNode.Term;
import org.flowlake.jobs.filter.FlowNumber.Bits;
import org.flowlake.jobs.filter.FlowNumber.Stored;
import org.flowlake.udfs.flow.FirewallEvent;
import org.flowlake.udfs.flow.MacAddress;
import org.flowlake.udfs.flow.TcpFlags;
import org.flowlake.udfs.ip.IpPrefixSet;

/** Binds one term: checks its value and says which columns must hold what. */
final class TermBinder {
  private static final int MICROS_PER_MILLI = 1000;
  private static final Pattern IDENT = Pattern.compile("[A-Za-z0-9_-]{1,255}");

  private final FilterSettings settings;
  private final AddressBinder addresses;

  TermBinder(FilterSettings settings) {
    this.settings = settings;
    this.addresses = new AddressBinder(settings.hosts());
  }

  BoundFilter bind(Term term) {
    BoundFilter test =
        switch (term.form().primitive()) {
          case ANY -> BoundFilter.ALWAYS;
          case IPV4 -> equal(new Stored(FlowField.IP_VERSION), 4);
          case IPV6 -> equal(new Stored(FlowField.IP_VERSION), 6);
          case IP, NET -> {
            IpPrefixSet set = addresses.bind(term);
            yield eachSide(term, operand -> new BoundFilter.AddressIn(field(operand), set));
          }
          case TTL_EQUAL ->
              new CompareFields(FlowField.MIN_TTL, Comparison.EQUAL, FlowField.MAX_TTL);
          case PORT_IN_BLOCK -> eachSide(term, TermBinder::inPortBlock);
          case ASA_EVENT_DENIED -> asaEventDenied(term);
          case FLAGS -> flags(term);
          case FLOWS -> flows(term);
          case MAC -> mac(term);
          case MPLS_END -> mplsEnd(term);
          case FIRST_SEEN_TIME, LAST_SEEN_TIME -> time(term);
          case PAYLOAD_CONTENT ->
              eachSide(term, operand -> new BoundFilter.Contains(field(operand), text(term)));
          case PAYLOAD_REGEX -> regex(term);
          case LABEL, ASA_USER, PF_INTERFACE_NAME ->
              eachSide(term, operand -> new BoundFilter.TextIs(field(operand), text(term)));
          case IDENT -> new BoundFilter.IdentIs(ident(term));
          case GEO -> country(term);
          case TLS_DEFINED, TLS_VERSION, SSL_VERSION, TLS_SNI -> PayloadBinder.tls(term);
          case JA3_DEFINED, JA3, JA4_DEFINED, JA4, JA4S -> PayloadBinder.fingerprint(term);
          case DNS_DEFINED, DNS_NAME, DNS_ADDRESS -> PayloadBinder.dns(term);
          default -> number(term);
        };
    return withImpliedProtocol(term.form().primitive(), test);
  }

  private static BoundFilter withImpliedProtocol(FilterPrimitive primitive, BoundFilter test) {
    List<Integer> protocols = primitive.impliedProtocols();
    if (protocols.isEmpty()) {
      return test;
    }
    List<BoundFilter> any = new ArrayList<>();
    for (long protocol : protocols) {
      any.add(equal(new Stored(FlowField.PROTO), protocol));
    }
    return BoundFilter.allOf(List.of(BoundFilter.anyOf(any), test));
  }

  /** The test on any of the operands; with {@code src and dst}, on one of either side. */
  static BoundFilter eachSide(Term term, Function<FlowNumber, BoundFilter> test) {
    TermForm form = term.form();
    if (form.qualifier() == Qualifier.BOTH_SIDES) {
      return BoundFilter.allOf(
          List.of(
              anyOf(form.primitive().operands(Qualifier.SRC), test),
              anyOf(form.primitive().operands(Qualifier.DST), test)));
    }
    return anyOf(form.operands(), test);
  }

  private static BoundFilter anyOf(
      List<FlowNumber> operands, Function<FlowNumber, BoundFilter> test) {
    return BoundFilter.anyOf(operands.stream().map(test).toList());
  }

  private static BoundFilter equal(FlowNumber number, long value) {
    return new Compare(number, Comparison.EQUAL, value);
  }

  static FlowField field(FlowNumber operand) {
    return ((Stored) operand).field();
  }

  private BoundFilter number(Term term) {
    FilterPrimitive primitive = term.form().primitive();
    if (term.argument() instanceof Argument.NumberList list) {
      TreeSet<Long> values = new TreeSet<>();
      list.numbers().forEach(number -> values.add(inRange(primitive, number)));
      return eachSide(
          term,
          operand -> orAbsent(primitive, operand, values::contains, new OneOf(operand, values)));
    }
    Argument.Number number = numberOf(term);
    long value = inRange(primitive, number);
    return eachSide(
        term,
        operand ->
            orAbsent(
                primitive,
                operand,
                absent -> number.comparison().holds(absent, value),
                new Compare(operand, number.comparison(), value)));
  }

  /** Adds "or the field is missing" where a missing field counts as a number that passes. */
  private static BoundFilter orAbsent(
      FilterPrimitive primitive,
      FlowNumber operand,
      Function<Long, Boolean> passes,
      BoundFilter test) {
    if (!(operand instanceof Stored stored)) {
      return test;
    }
    OptionalLong absent = primitive.absentReadsAs(stored.field());
    return absent.isPresent() && passes.apply(absent.getAsLong())
        ? BoundFilter.anyOf(List.of(BoundFilter.not(new Present(stored.field())), test))
        : test;
  }

  /** The number of a term, or the one that its name stands for. */
  private static Argument.Number numberOf(Term term) {
    if (term.argument() instanceof Argument.Number number) {
      return number;
    }
    Argument.Word word = (Argument.Word) term.argument();
    NameTable names = term.form().primitive().names();
    OptionalInt number = names.number(word.text());
    if (number.isEmpty()) {
      throw new FilterValueException(
          "'"
              + word.text()
              + "' is no name that '"
              + term.form().words()
              + "' knows"
              + NearestWord.hint(word.text(), names.names()),
          word.span());
    }
    return new Argument.Number(Comparison.EQUAL, number.getAsInt(), word.span());
  }

  private static long inRange(FilterPrimitive primitive, Argument.Number number) {
    if (number.value() > primitive.largest()) {
      throw new FilterValueException(
          number.value() + " is out of range 0 to " + primitive.largest(), number.span());
    }
    return number.value();
  }

  /** A record without the counter, or with 0 in it, stands for one flow. */
  private BoundFilter flows(Term term) {
    Argument.Number number = numberOf(term);
    FlowNumber flows = new Stored(FlowField.FLOWS);
    BoundFilter isZero = equal(flows, 0);
    return number.comparison().holds(1, number.value())
        ? BoundFilter.anyOf(List.of(isZero, number(term)))
        : BoundFilter.allOf(List.of(BoundFilter.not(isZero), number(term)));
  }

  private BoundFilter flags(Term term) {
    if (!(term.argument() instanceof Argument.FlagLetters letters)) {
      return number(term);
    }
    int flags =
        TcpFlags.parse(letters.letters())
            .orElseThrow(
                () ->
                    new FilterValueException(
                        "'"
                            + letters.letters()
                            + "' are no TCP flags; expected upper-case letters of FSRPAUEC, each"
                            + " once, or X for FSRPAU",
                        letters.span()));
    return letters.exact()
        ? equal(new Stored(FlowField.TCP_FLAGS), flags)
        : equal(new Bits(FlowField.TCP_FLAGS, 0, flags), flags);
  }

  /** The event and, as its extended event, the reason. */
  private BoundFilter asaEventDenied(Term term) {
    BoundFilter denied =
        equal(new Stored(FlowField.FW_EVENT), FirewallEvent.code("DENIED").orElseThrow());
    return BoundFilter.allOf(List.of(denied, number(term)));
  }

  private static BoundFilter inPortBlock(FlowNumber port) {
    return BoundFilter.allOf(
        List.of(
            new CompareFields(field(port), Comparison.AT_LEAST, FlowField.PBLOCK_START),
            new CompareFields(field(port), Comparison.AT_MOST, FlowField.PBLOCK_END)));
  }

  private static BoundFilter mac(Term term) {
    Argument.Word word = (Argument.Word) term.argument();
    long mac;
    try {
      mac = MacAddress.parse(word.text());
    } catch (IllegalArgumentException e) {
      throw new FilterValueException(e.getMessage(), word.span(), e);
    }
    if (mac == 0) {
      throw new FilterValueException(
          "00:00:00:00:00:00 stands for no MAC address and cannot be asked for", word.span());
    }
    return eachSide(term, operand -> equal(operand, mac));
  }

  /** The first entry from the top with the bottom-of-stack bit is the one whose label counts. */
  private BoundFilter mplsEnd(Term term) {
    Argument.Number number = numberOf(term);
    List<BoundFilter> ends = new ArrayList<>();
    List<BoundFilter> noEndAbove = new ArrayList<>();
    for (FlowNumber label : term.form().operands()) {
      BoundFilter isEnd = equal(new Bits(label.fields().get(0), 0, 1), 1);
      List<BoundFilter> all = new ArrayList<>(noEndAbove);
      all.add(isEnd);
      all.add(new Compare(label, number.comparison(), number.value()));
      ends.add(BoundFilter.allOf(all));
      noEndAbove.add(BoundFilter.not(isEnd));
    }
    return BoundFilter.anyOf(ends);
  }

  /** Compares milliseconds, as nfdump does, whatever the column holds below them. */
  private BoundFilter time(Term term) {
    Argument.Time time = (Argument.Time) term.argument();
    long from;
    try {
      from = Math.multiplyExact(TimeText.millis(time.text(), settings.zone()), MICROS_PER_MILLI);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new FilterValueException(e.getMessage(), time.span(), e);
    }
    long to = from + MICROS_PER_MILLI;
    return eachSide(
        term,
        seen ->
            switch (time.comparison()) {
              case EQUAL ->
                  BoundFilter.allOf(
                      List.of(
                          new Compare(seen, Comparison.AT_LEAST, from),
                          new Compare(seen, Comparison.LESS, to)));
              case GREATER -> new Compare(seen, Comparison.AT_LEAST, to);
              case AT_MOST -> new Compare(seen, Comparison.LESS, to);
              default -> new Compare(seen, time.comparison(), from);
            });
  }

  static String text(Term term) {
    Argument.Word word = (Argument.Word) term.argument();
    if (word.text().isEmpty()) {
      throw new FilterValueException("the text is empty", word.span());
    }
    return word.text();
  }

  private static BoundFilter regex(Term term) {
    Argument.Pattern pattern = (Argument.Pattern) term.argument();
    if (!pattern.options().matches("[ims]*")) {
      throw new FilterValueException(
          "'" + pattern.options() + "' are no options; expected letters of i, m, s",
          pattern.span());
    }
    String flags = pattern.options().isEmpty() ? "" : "(?" + pattern.options() + ")";
    Pattern expression;
    try {
      expression = Pattern.compile(flags + pattern.expression());
    } catch (PatternSyntaxException e) {
      throw new FilterValueException(
          "not a regular expression: " + e.getDescription(), pattern.span(), e);
    }
    return eachSide(term, operand -> new BoundFilter.Matches(field(operand), expression));
  }

  /** The letters that nfdump allows, so that a misspelt ident is not just never found. */
  private static String ident(Term term) {
    Argument.Word word = (Argument.Word) term.argument();
    if (!IDENT.matcher(word.text()).matches()) {
      throw new FilterValueException(
          "'" + word.text() + "' is no ident; expected letters, digits, '_' and '-', 255 at most",
          word.span());
    }
    return word.text();
  }

  private BoundFilter country(Term term) {
    Argument.Word word = (Argument.Word) term.argument();
    if (!word.text().matches("[a-zA-Z]{2}")) {
      throw new FilterValueException(
          "'" + word.text() + "' is no country code; expected two letters such as CH", word.span());
    }
    if (settings.geo().isEmpty()) {
      throw new FilterValueException(
          "'"
              + term.form().words()
              + "' needs a database of countries: name one in MaxMind's format with -G FILE or in"
              + " the environment variable FLOWLAKE_GEODB",
          term.span());
    }
    String code = word.text().toUpperCase(Locale.ROOT);
    return eachSide(
        term,
        operand ->
            new BoundFilter.Derived(
                new CountryText(field(operand), settings.geo()), TextTest.EQUALS, code));
  }
}
