package org.flowlake.jobs.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names as nfcapd gives them: its man page, option {@code -S} and {@code -t} below a minute. */
class RawFileNameTest {
  @ParameterizedTest
  @CsvSource({
    "file:/flows/router1/nfcapd.202403110715, 2024-03-11T07:15",
    "file:/flows/router1/nfcapd.20240311071530, 2024-03-11T07:15:30",
    "file:/flows/2024/03/11/nfcapd.202403110715.lz4, 2024-03-11T07:15",
  })
  void timeIsTheLastNumberOfTwelveOrFourteenDigits(String path, LocalDateTime time) {
    assertThat(RawFileName.of(path).time()).contains(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:/flows/202403110715/incident.nfcapd",
        "file:/flows/nfcapd.current.1234",
        "file:/flows/nfcapd.202413110715",
        "file:/flows/nfcapd.2024031107151",
      })
  void otherNamesHaveNone(String path) {
    assertThat(RawFileName.of(path).time()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "file:/flows/router1/nfcapd.202403110715, file:/flows/router1",
    "file:/flows/router1/2024/03/11/nfcapd.202403110715, file:/flows/router1",
    "file:/flows/router1/2024/03/11/07/nfcapd.202403110715, file:/flows/router1",
    "file:/flows/router1/2024-03-11/nfcapd.202403110715, file:/flows/router1",
    "file:/flows/2024/router1/nfcapd.202403110715, file:/flows/2024/router1",
  })
  void foldersOfDatesAreNoPartOfACollector(String path, String folder) {
    assertThat(RawFileName.of(path).folder()).isEqualTo(folder);
  }

  @Test
  void aNameAloneHasNoFolder() {
    assertThat(RawFileName.of("nfcapd.202403110715").folder()).isEmpty();
  }
}
