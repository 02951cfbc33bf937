package org.flowlake.jobs.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.UnknownHostException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.flowlake.jobs.derive.GeoFiles;
import org.flowlake.udfs.ip.IpAddress;
import org.junit.jupiter.api.Test;

/** The exact text of messages: they are what a user has when a filter fails. */
class FilterExceptionTest {
  private static final FilterSettings SETTINGS =
      FilterSettings.local()
          .withGeo(GeoFiles.NONE)
          .withZone(ZoneOffset.UTC)
          .withHosts(
              name -> {
                throw new UnknownHostException(name);
              });

  @Test
  void bareProtocolNameNamesTheMissingWord() {
    assertSyntax(
        "udp",
        """
        line 1, position 1: expected a term such as 'proto tcp' or 'dst port 80', found 'udp'; write 'proto udp'
          udp
          ^^^\
        """);
  }

  @Test
  void misspeltWordNamesTheNearest() {
    assertSyntax(
        "proto tcp and prot 80",
        """
        line 1, position 15: expected a term such as 'proto tcp' or 'dst port 80', found 'prot'; did you mean 'proto'?
          proto tcp and prot 80
                        ^^^^\
        """);
    assertSyntax(
        "src prt 80",
        """
        line 1, position 5: expected one of 'and', 'as', 'geo', 'host', 'ip', 'mac', 'mask', 'nat', 'net', 'nip', 'nport', 'or' ... after 'src', found 'prt'; did you mean 'port'?
          src prt 80
              ^^^\
        """);
  }

  @Test
  void missingValueSaysWhatIsExpected() {
    assertSyntax(
        "dst port",
        """
        line 1, position 9: expected a number from 0 to 65535 or 'in [...]' after 'dst port', found the end of the filter
          dst port
                  ^\
        """);
    assertSyntax(
        "bytes > x",
        """
        line 1, position 9: expected a number after 'bytes', found 'x'
          bytes > x
                  ^\
        """);
  }

  @Test
  void unequalIsSpelledNot() {
    assertSyntax(
        "port != 80",
        """
        line 1, position 6: expected a number from 0 to 65535 or 'in [...]' after 'port', found '!'; there is no 'unequal', write 'not port ...'
          port != 80
               ^\
        """);
  }

  @Test
  void unclosedParenthesisAndListPointAtTheirOpening() {
    assertSyntax(
        "(proto tcp",
        """
        line 1, position 1: the parenthesis that opens here is never closed
          (proto tcp
          ^\
        """);
    assertSyntax(
        "port in [80 443",
        """
        line 1, position 9: the list that opens here is never closed with ']'
          port in [80 443
                  ^\
        """);
  }

  @Test
  void twoTermsNeedAWordBetweenThem() {
    assertSyntax(
        "any and\nproto tcp port 80",
        """
        line 2, position 11: expected 'and' or 'or' before the next term, found 'port'
          proto tcp port 80
                    ^^^^\
        """);
    assertSyntax(
        "proto tcp adn port 80",
        """
        line 1, position 11: expected 'and' or 'or' before the next term, found 'adn'; did you mean 'and'?
          proto tcp adn port 80
                    ^^^\
        """);
  }

  @Test
  void valuesOutOfRangeNameTheRange() {
    assertValue(
        "port 70000",
        """
        line 1, position 6: 70000 is out of range 0 to 65535
          port 70000
               ^^^^^\
        """);
    assertValue(
        "src net 10.0.0.0/33",
        """
        line 1, position 9: Prefix length 33 is out of range 0 to 32 for the IPv4 address 10.0.0.0
          src net 10.0.0.0/33
                  ^^^^^^^^^^^\
        """);
  }

  @Test
  void unknownNamesGetAHint() {
    assertValue(
        "fwdstat norout",
        """
        line 1, position 9: 'norout' is no name that 'fwdstat' knows; did you mean 'Noroute'?
          fwdstat norout
                  ^^^^^^\
        """);
    assertValue(
        "flags Z",
        """
        line 1, position 7: 'Z' are no TCP flags; expected upper-case letters of FSRPAUEC, each once, or X for FSRPAU
          flags Z
                ^\
        """);
  }

  @Test
  void countryWithoutADatabaseSaysHowToNameOne() {
    assertValue(
        "src geo CH",
        """
        line 1, position 1: 'src geo' needs a database of countries: name one in MaxMind's format with -G FILE or in the environment variable FLOWLAKE_GEODB
          src geo CH
          ^^^^^^^^^^\
        """);
  }

  @Test
  void malformedFingerprintsAndVersionsSayWhatTheyLookLike() {
    assertValue(
        "payload ja3 xyz",
        """
        line 1, position 13: 'xyz' is not a JA3 fingerprint; expected 32 hexadecimal digits
          payload ja3 xyz
                      ^^^\
        """);
    assertValue(
        "payload tls version 3.0",
        """
        line 1, position 21: '3.0' is not a TLS version; expected 1.0, 1.1, 1.2 or 1.3
          payload tls version 3.0
                              ^^^\
        """);
    assertValue(
        "payload ja4s t120400_c030_4e8089608790",
        """
        line 1, position 1: 'payload ja4s' is not supported: JA4S is under a licence of its own, and nfdump is built without it too; JA3 also knows servers ('payload ja3')
          payload ja4s t120400_c030_4e8089608790
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\
        """);
  }

  @Test
  void sidesThatATermDoesNotHaveAreRefused() {
    assertSyntaxStart("src flags S", "line 1, position 5: expected one of 'and', 'as',");
    assertSyntaxStart("in payload content 'GET '", "line 1, position 12: expected one of 'dns',");
  }

  @Test
  void labelsAndTorAreRefused() {
    assertSyntax(
        "(proto tcp) %web",
        """
        line 1, position 13: unexpected character '%'
          (proto tcp) %web
                      ^""");
    assertValue(
        "src ip tor",
        """
        line 1, position 8: 'ip tor' is not supported; list the exit nodes: 'ip in [ @include FILE ]'
          src ip tor
                 ^^^""");
  }

  @Test
  void unresolvedHostIsNamed() {
    assertValue(
        "src host nowhere.invalid",
        """
        line 1, position 10: the host name 'nowhere.invalid' cannot be resolved to an address
          src host nowhere.invalid
                   ^^^^^^^^^^^^^^^\
        """);
  }

  @Test
  void hostIsLookedUpOnceHoweverOftenItIsNamed() {
    List<String> lookedUp = new ArrayList<>();
    FilterSettings settings =
        SETTINGS.withHosts(
            name -> {
              lookedUp.add(name);
              return List.of(new byte[] {10, 1, 2, 3}, IpAddress.parse("2001:db8::1").toBytes());
            });

    FlowFilter filter =
        FlowFilter.parse("src host www.example or not ip in [www.example 8.8.8.8]", settings);

    assertThat(lookedUp).containsExactly("www.example");
    assertThat(filter.explained()).contains("10.1.2.3", "2001:db8::1");
  }

  @Test
  void missingIncludedFileIsNamed() {
    assertSyntax(
        "ip in [@include no-such-feed.txt]",
        """
        line 1, position 8: cannot read the included file 'no-such-feed.txt]': there is no such file
          ip in [@include no-such-feed.txt]
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^\
        """);
  }

  @Test
  void errorInIncludedFileNamesTheFile() {
    FilterSettings settings = SETTINGS.withIncludes(path -> "any or\nport x");
    FilterException error =
        catchThrowableOfType(
            FilterException.class, () -> FlowFilter.parse("@include feed.txt", settings));
    assertThat(error)
        .hasMessage(
            """
            file 'feed.txt', line 2, position 6: expected a number from 0 to 65535 or 'in [...]' after 'port', found 'x'
              port x
                   ^\
            """);
  }

  @Test
  void longLineIsShownAroundTheCaret() {
    FilterException error =
        catchThrowableOfType(
            FilterException.class,
            () -> FlowFilter.parse("any or ".repeat(1000) + "oops", SETTINGS));
    String[] lines = error.getMessage().split("\n");
    assertThat(lines[1]).startsWith("  ...").endsWith("any or oops").hasSizeLessThan(140);
    assertThat(lines[2].indexOf('^')).isEqualTo(lines[1].indexOf("oops"));
    assertThat(error.position()).isEqualTo(7001);
    assertThat(error.token()).isEqualTo("oops");
  }

  private static void assertSyntax(String text, String message) {
    assertThat(catchThrowableOfType(FilterException.class, () -> FlowFilter.parse(text, SETTINGS)))
        .isInstanceOf(FilterSyntaxException.class)
        .hasMessage(message);
  }

  private static void assertSyntaxStart(String text, String start) {
    assertThat(catchThrowableOfType(FilterException.class, () -> FlowFilter.parse(text, SETTINGS)))
        .isInstanceOf(FilterSyntaxException.class)
        .hasMessageStartingWith(start);
  }

  private static void assertValue(String text, String message) {
    assertThat(catchThrowableOfType(FilterException.class, () -> FlowFilter.parse(text, SETTINGS)))
        .isInstanceOf(FilterValueException.class)
        .hasMessage(message);
  }
}
