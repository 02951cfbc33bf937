package org.flowlake.converters.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flowlake.converters.source.FlowFileEntry;
import org.flowlake.converters.source.SourceFile;
import org.junit.jupiter.api.Test;

class DaysToComeTest {
  /** Files of ten flows each, by the hour of their earliest flow. */
  private static DaysToCome files(int... hours) {
    List<SourceFile> files = new ArrayList<>();
    for (int hour : hours) {
      files.add(
          new SourceFile(
              files.size(),
              10,
              TimeUnit.HOURS.toMillis(hour),
              new FlowFileEntry("file:/f" + hour, 1, 0)));
    }
    return new DaysToCome(files);
  }

  @Test
  void aDayIsToComeUntilTheLastFileThatBeginsInIt() {
    DaysToCome days = files(1, 23, 25, 49);

    assertThat(days.firstAfter(0)).isZero();
    assertThat(days.firstAfter(1)).isZero();
    assertThat(days.firstAfter(2)).isEqualTo(1);
    assertThat(days.firstAfter(3)).isEqualTo(2);
    assertThat(days.firstAfter(4)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aFileOutOfOrderHoldsBackWhatCameBefore() {
    assertThat(files(30, 50, 2, 80).firstAfter(2)).isZero();
  }

  @Test
  void timesBefore1970AreOfTheDayBefore() {
    assertThat(files(5, -1).firstAfter(1)).isEqualTo(-1);
  }

  @Test
  void makesRoomForTheLongestDayAndWhatAFileHasOfTheNext() {
    assertThat(files(1, 2, 25, 26, 27, 49).mostFlows()).isEqualTo(40);
    assertThat(files(1).mostFlows()).isEqualTo(10);
    assertThat(files().mostFlows()).isZero();
  }
}
