package org.flowlake.jobs.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.TimeSpan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeWindowTest {
  @Test
  void startAloneHasNoEnd() {
    TimeWindow window = TimeWindow.parse("2024/03/12.09:00:00", ZoneOffset.UTC);
    assertThat(window.firstMillis()).isEqualTo(millis("2024-03-12T09:00:00Z"));
    assertThat(window.lastMillis()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void missingPartsAreTheStartOfTheirPeriodAtBothEnds() {
    TimeWindow window = TimeWindow.parse("2024/03-2024/04", ZoneOffset.UTC);
    assertThat(window.firstMillis()).isEqualTo(millis("2024-03-01T00:00:00Z"));
    assertThat(window.lastMillis()).isEqualTo(millis("2024-04-01T00:00:00Z"));
  }

  @Test
  void timesAreLocal() {
    TimeWindow window =
        TimeWindow.parse("2024/07/01.12:00-2024-07-01T12:00:01.250", ZoneId.of("Europe/Zurich"));
    assertThat(window.firstMillis()).isEqualTo(millis("2024-07-01T10:00:00Z"));
    assertThat(window.lastMillis()).isEqualTo(millis("2024-07-01T10:00:01.250Z"));
  }

  /**
   * A time that a clock skips is what the C library makes of it for nfdump; of one that it repeats,
   * which C leaves open, it is the earlier.
   */
  @ParameterizedTest
  @CsvSource({
    "2024/03/31.02:30:00, Europe/Zurich, 2024-03-31T01:30:00Z",
    "2024/03/31.03:00:00, Europe/Zurich, 2024-03-31T01:00:00Z",
    "2024/10/27.02:30:00, Europe/Zurich, 2024-10-27T00:30:00Z",
    "2024/10/27.03:00:00, Europe/Zurich, 2024-10-27T02:00:00Z",
    "2024/03/10.02:30:00, America/New_York, 2024-03-10T07:30:00Z",
    "2024/11/03.01:30:00, America/New_York, 2024-11-03T05:30:00Z"
  })
  void timesOfChangingClocks(String text, String zone, Instant expected) {
    assertThat(TimeWindow.parse(text, ZoneId.of(zone)).firstMillis())
        .isEqualTo(expected.toEpochMilli());
  }

  /** From the month to the millisecond any part may be left out, at both ends. */
  @ParameterizedTest
  @CsvSource({
    "2024, 2024-01-01T00:00:00Z",
    "2024/03, 2024-03-01T00:00:00Z",
    "2024/03/12, 2024-03-12T00:00:00Z",
    "2024/03/12.09, 2024-03-12T09:00:00Z",
    "2024/03/12.09:15, 2024-03-12T09:15:00Z",
    "2024/03/12.09:15:30, 2024-03-12T09:15:30Z",
    "2024/03/12.09:15:30.250, 2024-03-12T09:15:30.250Z"
  })
  void partsFromTheEndMayBeLeftOut(String text, Instant expected) {
    assertThat(TimeWindow.parse(text, ZoneOffset.UTC).firstMillis())
        .isEqualTo(expected.toEpochMilli());
    assertThat(TimeWindow.parse("2023/12/31-" + text, ZoneOffset.UTC).lastMillis())
        .isEqualTo(expected.toEpochMilli());
  }

  @Test
  void spanIsClipped() {
    assertThat(new TimeWindow(10, 20).clip(new TimeSpan(5, 15))).isEqualTo(new TimeSpan(10, 15));
  }

  @Test
  void otherTextNamesTheForm() {
    assertThatThrownBy(() -> TimeWindow.parse("yesterday", ZoneOffset.UTC))
        .isInstanceOf(QuestionException.class)
        .hasMessage(
            "Time string format error 'yesterday'; expected"
                + " YYYY/MM/DD.hh:mm:ss[-YYYY/MM/DD.hh:mm:ss]");
  }

  @Test
  void impossibleDateIsRefused() {
    assertThatThrownBy(() -> TimeWindow.parse("2024/02/30", ZoneOffset.UTC))
        .isInstanceOf(QuestionException.class)
        .hasMessageStartingWith("Time '2024/02/30': ");
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }
}
