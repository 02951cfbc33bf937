package org.flowlake.jobs.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.flowlake.jobs.question.QuestionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregationParserTest {
  @Test
  void keysKeepTheirOrder() {
    assertThat(AggregationParser.parse("dstport,srcip4/24").keys())
        .containsExactly(
            new Aggregation.Key(AggregationKey.DSTPORT, OptionalInt.empty()),
            new Aggregation.Key(AggregationKey.SRCIP4, OptionalInt.of(24)));
  }

  @Test
  void formatShowsTheKeys() {
    assertThat(AggregationParser.parse("proto,dstport").lineFormat())
        .isEqualTo("%ts %td  %pr %dp  %pkt %byt %bps %bpp %fl");
    assertThat(AggregationParser.parse("proto").csvFormat())
        .isEqualTo("%ts,%td,%pr,%pkt,%byt,%bps,%bpp,%fl");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "srcip/24|Need src4/dst4 or src6/dst6 for IPv4 or IPv6 to aggregate with explicit netmask:"
            + " 'srcip/24'",
        "srcip4/33|Subnet mask length '33' out of range for IPv4, expected 1 to 32",
        "proto,proto|Duplicate aggregation element: proto",
        ",|No aggregation specified!"
      })
  void wrongKeysAreNamed(String keys, String message) {
    assertThatThrownBy(() -> AggregationParser.parse(keys))
        .isInstanceOf(QuestionException.class)
        .hasMessage(message);
  }

  @Test
  void tokenOfAnotherKeyIsRefused() {
    Aggregation aggregation = AggregationParser.parse("srcip4");
    assertThatThrownBy(() -> AggregationParser.outputFormat(aggregation, "fmt:%sa %da", "srcip4"))
        .isInstanceOf(QuestionException.class)
        .hasMessage("Output token %da not allowed with current aggregation srcip4");
  }

  @Test
  void namedLineIsRefused() {
    Aggregation aggregation = AggregationParser.parse("srcip4");
    assertThatThrownBy(() -> AggregationParser.outputFormat(aggregation, "long", "srcip4"))
        .isInstanceOf(QuestionException.class)
        .hasMessage("Invalid print format long to aggregate flows");
  }
}
