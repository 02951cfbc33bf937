package org.flowlake.jobs.extra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.flowlake.jobs.question.QuestionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bins of time. Clocks in Zurich change at 01:00 UTC on the last Sundays of March and October (EU
 * directive 2000/84/EC): in 2012 on 25 March and 28 October.
 */
class TimeBinTest {
  private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");

  @ParameterizedTest
  @CsvSource({
    // length, time, start and end of its bin, all in UTC
    "1d, 2012-03-25T12:00:00Z, 2012-03-24T23:00:00Z, 2012-03-25T22:00:00Z",
    "1d, 2012-10-28T12:00:00Z, 2012-10-27T22:00:00Z, 2012-10-28T23:00:00Z",
    "24h, 2012-10-28T12:00:00Z, 2012-10-27T22:00:00Z, 2012-10-28T23:00:00Z",
    "1h, 2012-10-28T00:30:00Z, 2012-10-28T00:00:00Z, 2012-10-28T01:00:00Z",
    "1h, 2012-10-28T01:30:00Z, 2012-10-28T01:00:00Z, 2012-10-28T02:00:00Z",
    "6h, 2012-03-25T21:59:59Z, 2012-03-25T17:00:00Z, 2012-03-25T22:00:00Z",
    "6h, 2012-10-28T22:30:00Z, 2012-10-28T22:00:00Z, 2012-10-28T23:00:00Z",
    "7h, 2012-04-03T21:59:59Z, 2012-04-03T19:00:00Z, 2012-04-03T22:00:00Z",
    "5m, 2012-04-03T00:05:00Z, 2012-04-03T00:05:00Z, 2012-04-03T00:10:00Z",
    "5m, 2012-04-03T00:04:59.999999Z, 2012-04-03T00:00:00Z, 2012-04-03T00:05:00Z",
    "30s, 1969-12-31T23:59:45Z, 1969-12-31T23:59:30Z, 1970-01-01T00:00:00Z",
    // 2012-04-02 was a Monday.
    "1w, 2012-04-04T12:00:00Z, 2012-04-01T22:00:00Z, 2012-04-08T22:00:00Z",
    "1w, 2012-04-01T21:59:59Z, 2012-03-25T22:00:00Z, 2012-04-01T22:00:00Z",
    // Day 15400 after 1970-01-01 is 2012-03-01.
    "100d, 2012-04-03T00:00:00Z, 2012-02-29T23:00:00Z, 2012-06-08T22:00:00Z"
  })
  void binsAreThoseOfTheZonesDays(String length, String time, String start, String end) {
    TimeBin bin = TimeBin.parse(length, ZURICH);
    assertThat(bin.start(micros(time))).isEqualTo(micros(start));
    assertThat(bin.end(micros(time))).isEqualTo(micros(end));
  }

  @Test
  void daysOfChangingClocksHave23And25Hours() {
    TimeBin hours = TimeBin.parse("1h", ZURICH);
    TimeBin days = TimeBin.parse("1d", ZURICH);
    for (String day : new String[] {"2012-03-25T12:00:00Z", "2012-10-28T12:00:00Z"}) {
      long start = days.start(micros(day));
      long end = days.end(micros(day));
      assertThat(hours.starts(start, end).numElements())
          .isEqualTo(day.startsWith("2012-03") ? 23 : 25);
    }
  }

  @Test
  void flowThatEndsWhereABinBeginsIsNotInIt() {
    TimeBin bin = TimeBin.parse("5m", ZoneOffset.UTC);
    long start = micros("2012-04-03T00:00:00Z");
    long five = 300_000_000;
    assertThat(bin.starts(start, start + five).toLongArray()).containsExactly(start);
    assertThat(bin.starts(start + five, start + five).toLongArray()).containsExactly(start + five);
    assertThat(bin.starts(start + 1, start + five + 1).toLongArray())
        .containsExactly(start, start + five);
  }

  @Test
  void flowOfTooManyBinsIsAnError() {
    TimeBin bin = TimeBin.parse("1s", ZoneOffset.UTC);
    assertThatThrownBy(() -> bin.starts(0, micros("2012-04-03T00:00:00Z")))
        .isInstanceOf(QuestionException.class)
        .hasMessage(
            "A flow from 1970-01-01T00:00:00Z to 2012-04-03T00:00:00Z lies in more than 1000000"
                + " bins of 1s: take longer bins, or --bin-by start");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "h", "0h", "1", "1 h", "-1h", "1y", "25h", "90000s", "1.5h"})
  void otherLengthsAreRefused(String text) {
    assertThatThrownBy(() -> TimeBin.parse(text, ZURICH))
        .isInstanceOf(QuestionException.class)
        .hasMessage(
            "Bin '"
                + text
                + "' is not understood: expected 30s, 5m, 1h, 1d or 1w (up to a day, or whole"
                + " days)");
  }

  private static long micros(String time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
  }
}
