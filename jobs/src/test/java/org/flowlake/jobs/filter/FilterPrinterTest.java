package org.flowlake.jobs.filter;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterPrinterTest {

  @Provide
  Arbitrary<String> filters() {
    return FilterTexts.filters();
  }

  @Property(tries = 2000)
  void printedTextParsesToTheSameText(@ForAll("filters") String text) {
    String printed = print(text);
    assertThat(print(printed)).isEqualTo(printed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          PROTO TCP AND PORT 80 => proto TCP and port 80
          (proto tcp) => proto tcp
          not (not any) => any
          ((port 80 or port 443)) and any => (port 80 or port 443) and any
          port 80 or port 443 and any => port 80 or port 443 and any
          not (port 80 or port 443) => not (port 80 or port 443)
          ! port 80 && host 10.1.2.3 || any => not port 80 and ip 10.1.2.3 or any
          src or dst port == 80 => src or dst port 80
          src xip 1.2.3.4 => src nat ip 1.2.3.4
          port in[80,443 , 8080] => port in [80 443 8080]
          ip in [10.1.2.0/24, 8.8.8.8] => ip in [10.1.2.0/24 8.8.8.8]
          flags = SA => flags =SA
          flags = 27 => flags 27
          bytes>10k => bytes > 10000
          payload content "it's" => payload content "it's"
          payload content a=b => payload content 'a=b'
          net 10.0.0.0 255.0.0.0 => net 10.0.0.0 255.0.0.0
          mpls label2 > 5 => mpls label2 > 5
          engine type 3 => engine-type 3
          port=80 # the web => port 80
          """)
  void writesOneSpelling(String text, String canonical) {
    assertThat(print(text)).isEqualTo(canonical);
  }

  private static String print(String text) {
    return FilterPrinter.print(
        FilterParser.parse(new FilterSource("", text), IncludeReader.localFiles()));
  }
}
