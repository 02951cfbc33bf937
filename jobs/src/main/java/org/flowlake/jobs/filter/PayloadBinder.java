package org.flowlake.jobs.filter;

import static org.flowlake.jobs.filter.TermBinder.eachSide;
import static org.flowlake.jobs.filter.TermBinder.field;
import static org.flowlake.jobs.filter.TermBinder.text;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flowlake.converters.flow.FlowField;
import org.flowlake.jobs.derive.Derivation;
import org.flowlake.jobs.derive.DnsText;
import org.flowlake.jobs.derive.TlsText;
import org.flowlake.jobs.filter.BoundFilter.Derived;
import org.flowlake.jobs.filter.BoundFilter.Present;
import org.flowlake.jobs.filter.FilterNode.Term;
import org.flowlake.udfs.flow.IpProtocol;

/**
 * Binds the terms that look into payloads. What can be told from columns comes first in each test,
 * so that few payloads are parsed.
 */
final class PayloadBinder {
  private static final Pattern VERSION = Pattern.compile("([0-9])\\.([0-9])");
  private static final Pattern JA3 = Pattern.compile("[0-9a-fA-F]{32}");
  private static final Pattern JA4 =
      Pattern.compile("[tq]..[di].{6}_[0-9a-fA-F]{12}_[0-9a-fA-F]{12}");
  private static final int DNS_PORT = 53;

  private PayloadBinder() {}

  static BoundFilter tls(Term term) {
    return switch (term.form().primitive()) {
      case TLS_DEFINED -> tls(term, TlsText.Part.VERSION, TextTest.EXISTS, "");
      case TLS_SNI -> tls(term, TlsText.Part.SERVER_NAME, TextTest.CONTAINS, text(term));
      case TLS_VERSION -> {
        // TLS 1.0 is 3.1 on the wire (RFC 2246, 6.2.1).
        int minor = version(term, 1, 3, "a TLS version; expected 1.0, 1.1, 1.2 or 1.3");
        yield version(term, 0x0301 + minor);
      }
      default -> {
        version(term, 3, 0, "an SSL version; expected 3.0");
        yield version(term, 0x0300);
      }
    };
  }

  private static BoundFilter version(Term term, int version) {
    return tls(term, TlsText.Part.VERSION, TextTest.EQUALS, Integer.toString(version));
  }

  /** The minor part of a version number of this major part. */
  private static int version(Term term, int major, int largestMinor, String expected) {
    String text = text(term);
    Matcher parts = VERSION.matcher(text);
    boolean known =
        parts.matches()
            && Integer.parseInt(parts.group(1)) == major
            && Integer.parseInt(parts.group(2)) <= largestMinor;
    if (!known) {
      throw malformed(term, text, expected);
    }
    return Integer.parseInt(parts.group(2));
  }

  static BoundFilter fingerprint(Term term) {
    return switch (term.form().primitive()) {
      case JA3_DEFINED -> tls(term, TlsText.Part.JA3, TextTest.EXISTS, "");
      case JA4_DEFINED -> tls(term, TlsText.Part.JA4, TextTest.EXISTS, "");
      case JA3 -> {
        String text = matching(term, JA3, "a JA3 fingerprint; expected 32 hexadecimal digits");
        yield tls(term, TlsText.Part.JA3, TextTest.EQUALS, text.toLowerCase(Locale.ROOT));
      }
      case JA4 -> {
        String text =
            matching(
                term,
                JA4,
                "a JA4 fingerprint; expected one like t13d1516h2_8daaf6152771_e5627efa2ab1");
        yield tls(term, TlsText.Part.JA4_OF_EITHER_KIND, TextTest.EQUALS, text);
      }
      default ->
          throw new FilterValueException(
              "'"
                  + term.form().words()
                  + "' is not supported: JA4S is under a licence of its own, and nfdump is built"
                  + " without it too; JA3 also knows servers ('payload ja3')",
              term.span());
    };
  }

  private static String matching(Term term, Pattern pattern, String expected) {
    String text = text(term);
    if (!pattern.matcher(text).matches()) {
      throw malformed(term, text, expected);
    }
    return text;
  }

  private static FilterValueException malformed(Term term, String text, String expected) {
    return new FilterValueException(
        "'" + text + "' is not " + expected, ((Argument.Word) term.argument()).span());
  }

  static BoundFilter dns(Term term) {
    return switch (term.form().primitive()) {
      case DNS_DEFINED -> dns(term, DnsText.Part.NAMES, TextTest.EXISTS, "");
      case DNS_NAME -> dns(term, DnsText.Part.NAMES, TextTest.CONTAINS, text(term));
      default -> dns(term, DnsText.Part.ADDRESSES, TextTest.CONTAINS, text(term));
    };
  }

  private static BoundFilter tls(Term term, TlsText.Part part, TextTest test, String text) {
    BoundFilter tcp = equal(FlowField.PROTO, IpProtocol.TCP);
    return eachSide(
        term,
        payload -> derived(tcp, new TlsText(field(payload), part), field(payload), test, text));
  }

  private static BoundFilter dns(Term term, DnsText.Part part, TextTest test, String text) {
    BoundFilter port =
        BoundFilter.anyOf(
            List.of(equal(FlowField.SRC_PORT, DNS_PORT), equal(FlowField.DST_PORT, DNS_PORT)));
    return eachSide(
        term,
        payload -> derived(port, new DnsText(field(payload), part), field(payload), test, text));
  }

  private static BoundFilter derived(
      BoundFilter first, Derivation value, FlowField payload, TextTest test, String text) {
    return BoundFilter.allOf(List.of(first, new Present(payload), new Derived(value, test, text)));
  }

  private static BoundFilter equal(FlowField field, long value) {
    return new BoundFilter.Compare(new FlowNumber.Stored(field), Comparison.EQUAL, value);
  }
}
