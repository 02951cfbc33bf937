package org.flowlake.jobs.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.flowlake.jobs.question.QuestionException;
import org.flowlake.jobs.question.TimeSpan;
import org.junit.jupiter.api.Test;

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
