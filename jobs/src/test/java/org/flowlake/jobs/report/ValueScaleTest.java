package org.flowlake.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as C's printf and nfdump write them. */
class ValueScaleTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "999999, 999999",
    "1000000, 1.0 M",
    "1250000, 1.2 M",
    "1350000, 1.4 M",
    "999950000, 1000.0 M",
    "1000000000, 1.0 G",
    "3000000000000, 3.0 T"
  })
  void countsAreScaledByThousands(long value, String text) {
    assertThat(ValueScale.SCALED.compact(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, '    00:00:00.000'",
    "174143, '    00:02:54.143'",
    "214984077, ' 2d 11:43:04.077'",
    "464881812, ' 5d 09:08:01.812'"
  })
  void durationsAreSixteenWide(long millis, String text) {
    assertThat(ValueScale.SCALED.duration(millis)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, '           0.000'", "45847243, '       45847.243'"})
  void plainDurationsAreSeconds(long millis, String text) {
    assertThat(ValueScale.PLAIN.duration(millis)).isEqualTo(text);
  }
}
