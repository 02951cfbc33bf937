package org.flowlake.jobs.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.flowlake.jobs.question.QuestionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clocks in Zurich change at 01:00 UTC on the last Sundays of March and October (EU directive
 * 2000/84/EC, which Switzerland follows): in 2024 on 31 March and 27 October.
 */
class TimeExpressionTest {
  private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");
  private static final Instant NOW = Instant.parse("2024-03-31T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "now, 2024-03-31T12:00:00Z",
    "today, 2024-03-31T00:00:00Z",
    "yesterday, 2024-03-30T00:00:00Z",
    "tomorrow, 2024-04-01T00:00:00Z",
    "-90s, 2024-03-31T11:58:30Z",
    "-15m, 2024-03-31T11:45:00Z",
    "-6h, 2024-03-31T06:00:00Z",
    "-7d, 2024-03-24T12:00:00Z",
    "-2w, 2024-03-17T12:00:00Z",
    "2012, 2012-01-01T00:00:00Z",
    "2012-04, 2012-04-01T00:00:00Z",
    "2012-04-03, 2012-04-03T00:00:00Z",
    "2012-04-03T16:30, 2012-04-03T16:30:00Z",
    "2012-04-03T16:30:05.250, 2012-04-03T16:30:05.250Z",
    "2012-04-03T16:30:05Z, 2012-04-03T16:30:05Z",
    "2012-04-03T16:30:05+02:00, 2012-04-03T14:30:05Z",
    "2012-04-03T16:30:05-05:00, 2012-04-03T21:30:05Z",
    "2012/04/03.16:30:05, 2012-04-03T16:30:05Z",
    "2012/04/03, 2012-04-03T00:00:00Z"
  })
  void pointsAreReadInTheirZone(String text, Instant expected) {
    assertThat(new TimeExpression(ZoneOffset.UTC, NOW).point(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2012-04-03, 2012-04-03T00:00:00Z, 2012-04-04T00:00:00Z",
    "2012-02, 2012-02-01T00:00:00Z, 2012-03-01T00:00:00Z",
    "2012, 2012-01-01T00:00:00Z, 2013-01-01T00:00:00Z",
    "yesterday, 2024-03-30T00:00:00Z, 2024-03-31T00:00:00Z",
    "2012-04-03/2012-04-05, 2012-04-03T00:00:00Z, 2012-04-05T00:00:00Z",
    "-7d/now, 2024-03-24T12:00:00Z, 2024-03-31T12:00:00Z",
    "2012-04-03T10:00/PT6H, 2012-04-03T10:00:00Z, 2012-04-03T16:00:00Z",
    "P1D/2012-04-03, 2012-04-02T00:00:00Z, 2012-04-03T00:00:00Z",
    "2012/04/03, 2012-04-03T00:00:00Z, 2012-04-04T00:00:00Z"
  })
  void periodsHaveAStartAndAnEnd(String text, Instant start, Instant end) {
    assertThat(new TimeExpression(ZoneOffset.UTC, NOW).period(text))
        .isEqualTo(TimeWindow.ofFirstSeen(start.toEpochMilli(), end.toEpochMilli()));
  }

  @ParameterizedTest
  @CsvSource({
    "2024-03-31, 2024-03-30T23:00:00Z, PT23H",
    "2024-10-27, 2024-10-26T22:00:00Z, PT25H",
    "2024-03-30, 2024-03-29T23:00:00Z, PT24H"
  })
  void daysOfChangingClocksAreShorterOrLonger(String day, Instant start, Duration length) {
    TimeWindow window = new TimeExpression(ZURICH, NOW).period(day);
    assertThat(Instant.ofEpochMilli(window.firstMillis())).isEqualTo(start);
    assertThat(Duration.ofMillis(window.lastMillis() - window.firstMillis())).isEqualTo(length);
  }

  @Test
  void skippedTimeIsMovedOnAndRepeatedTimeIsTheEarlier() {
    TimeExpression times = new TimeExpression(ZURICH, NOW);
    assertThat(times.point("2024-03-31T02:30")).isEqualTo(Instant.parse("2024-03-31T01:30:00Z"));
    assertThat(times.point("2024-10-27T02:30")).isEqualTo(Instant.parse("2024-10-27T00:30:00Z"));
  }

  @Test
  void daysAgoAreCalendarDays() {
    assertThat(new TimeExpression(ZURICH, NOW).point("-1d"))
        .isEqualTo(Instant.parse("2024-03-30T13:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "noon", "2012-13-01", "2012-04-31", "-7", "-7x", "12", "2012-4-3"})
  void otherTextIsRefusedWithWhatIsExpected(String text) {
    assertThatThrownBy(() -> new TimeExpression(ZoneOffset.UTC, NOW).point(text))
        .isInstanceOf(QuestionException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("2012-04-03T16:30:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2012-04-03/2012-04-03", "2012-04-04/2012-04-03", "now", "-7d"})
  void emptyAndPointlikePeriodsAreRefused(String text) {
    assertThatThrownBy(() -> new TimeExpression(ZoneOffset.UTC, NOW).period(text))
        .isInstanceOf(QuestionException.class)
        .hasMessageContaining(text);
  }
}
